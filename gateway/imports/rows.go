package imports

import (
	"errors"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// reader reads the rows of one table. seen gives the row in which a GTIN, or a
// GTIN with its lot, stood first; alike the lot as it was spelt by one that
// people take for the same.
type reader struct {
	kind  Kind
	table table
	sheet sheet
	seen  map[string]int
	alike map[string]string
}

// line is a row while it is read: its cells by field, and what is found in them.
type line struct {
	*reader
	rec rec
	row Row
}

func (r *reader) row(record rec) Row {
	l := line{reader: r, rec: record, row: Row{Number: record.number, rec: record, columns: r.table.columns}}
	if l.checkWidth(); len(l.row.Faults) > 0 {
		return l.row
	}
	switch r.kind {
	case Products:
		l.product()
	case Serials:
		l.unit()
	default:
		l.batch()
	}
	l.checkSeen()
	return l.row
}

// checkWidth tells a row that was cut off, or that an unquoted separator tore
// apart. A worksheet leaves out empty cells at the end of a row; a CSV does not.
func (l *line) checkWidth() {
	width := len(l.sheet.records[l.table.heading].cells)
	have := len(l.rec.cells)
	switch {
	case have < width && !l.sheet.trimmed:
		l.fault(Fault{Err: refuse(trace.ColumnsMissing, "", "columns", "have", have, "want", width)})
	case have > width && !(rec{cells: l.rec.cells[width:]}).blank() && !l.sheet.trimmed:
		l.fault(
			Fault{
				Err: refuse(trace.FieldInvalid, "", "columns_quoted", "have", have, "want", width),
			},
		)
	}
}

// checkSeen refuses what an earlier good row has said.
func (l *line) checkSeen() {
	if len(l.row.Faults) > 0 {
		return
	}
	id := l.row.identity()
	if first, seen := l.seen[id]; seen {
		refused := refuse(trace.DuplicateInFile, "gtin", "same_as_row", "row", first, "same", l.kind)
		l.blame(identities[l.kind], refused, nil)
		return
	}
	l.seen[id] = l.row.Number
	if l.kind != Batches {
		return
	}
	alike := l.row.GTIN + "|" + strings.ReplaceAll(strings.ToUpper(l.row.Lot), "O", "0")
	if other, seen := l.alike[alike]; seen {
		l.remarkOn(fLot, lotAlike, "value", l.row.Lot, "other", other)
	}
	l.alike[alike] = l.row.Lot
}

// identities says where that stands which no two rows of a kind may have in common.
var identities = map[Kind]field{Products: fGTIN, Batches: fGTIN, Serials: fSerial}

// identity is what no other row may say: the product, the lot, or the unit's
// serial as it may be typed, which is one unit of the product in whatever lot.
func (r Row) identity() string {
	if r.Serial != "" {
		return r.GTIN + "|" + seal.Normalise(r.Serial)
	}
	return r.GTIN + "|" + r.Lot
}

// product reads the row as a product.
func (l *line) product() {
	p := &trace.Product{}
	l.row.Product = p
	p.GTIN = l.gtin()
	l.row.GTIN = p.GTIN
	p.Name = trace.Text{ZhCN: l.text(fName), En: l.text(fNameEn)}
	p.Brand, p.Category, p.Specification, p.Origin = l.text(fBrand), l.text(fCategory), l.text(fSpec), l.text(fOrigin)
	if p.Name.ZhCN == "" && !l.blamed(fName) {
		l.blame(fName, trace.Refuse(trace.NameMissing, string(fName), "no_chinese_name"), nil)
	}
	p.ShelfLifeDays = l.shelfLife()
	p.InspectionRequired = l.flag(fInspection)
	checked := *p
	checked.Owner = "importer" // the caller's party, which is not known here
	l.check(checked.Check())
}

// batch reads the row as a batch. Rules that need today's date or the product
// are left to the registration.
func (l *line) batch() {
	b := &trace.Batch{}
	l.row.Batch = b
	b.GTIN = l.gtin()
	b.Lot = l.lot()
	l.row.GTIN, l.row.Lot = b.GTIN, b.Lot
	b.Quantity = l.quantity()
	l.dated(b)
}

// unit reads the row as one unit of a batch.
func (l *line) unit() {
	b := &trace.Batch{Quantity: 1}
	l.row.Batch = b
	b.GTIN = l.gtin()
	b.Lot = l.lot()
	l.row.GTIN, l.row.Lot = b.GTIN, b.Lot
	l.row.Serial = l.serial()
	l.dated(b)
}

// dated reads what a batch says of itself beside its name and size.
func (l *line) dated(b *trace.Batch) {
	b.ProducedOn = l.date(fProducedOn)
	b.ExpiresOn = l.date(fExpiresOn)
	b.Origin, b.Line = l.text(fOrigin), l.text(fLine)
	if b.ProducedOn == "" && !l.blamed(fProducedOn) {
		l.blame(fProducedOn, refuse(trace.DateInvalid, string(fProducedOn), "production_day"), nil)
	}
	l.check(b.CheckTexts())
}

// check takes a rule's refusal over, unless its cell has been refused already.
func (l *line) check(err error) {
	var e *trace.Error
	if !errors.As(err, &e) || l.blamed(field(e.Field)) || e.Field == "name" && l.blamed(fName) {
		return
	}
	l.blame(field(e.Field), e, nil)
}

func (l *line) blamed(f field) bool {
	for _, fault := range l.row.Faults {
		if fault.Field == string(f) {
			return true
		}
	}
	return false
}

// cell gives the row's cell of a field, or refuses it: where it is a formula
// that failed, or one merged across columns.
func (l *line) cell(f field) (c cell, ok bool) {
	column, known := l.table.columns[f]
	if !known {
		return cell{}, false
	}
	c = l.rec.at(column.index)
	switch {
	case c.hasFailed():
		l.blame(f, refuse(trace.FieldInvalid, string(f), "formula_failed"), &fixes.formula)
		return c, false
	case c.across && l.acrossKnown(column.index):
		l.blame(f, refuse(trace.FieldInvalid, string(f), "merged"), &fixes.across)
		return c, false
	}
	if c.merged > 1 && f != fQuantity && c.text() != "" {
		l.remarkOn(f, mergedCell, "value", shorten(c.text()))
	}
	return c, true
}

// acrossKnown tells whether a cell that is merged with its neighbours has one of ours among them.
func (l *line) acrossKnown(index int) bool {
	for _, other := range l.table.columns {
		near := other.index == index-1 || other.index == index+1
		if near && l.rec.at(other.index).across {
			return true
		}
	}
	return false
}

// text reads a field of words. A number is given as it is shown; one that is
// shown as a day was something else when it was typed.
func (l *line) text(f field) string {
	c, ok := l.cell(f)
	switch {
	case !ok:
		return ""
	case c.kind == day || c.kind == partOf:
		l.blame(f, refuse(trace.FieldInvalid, string(f), "made_date"), &fixes.becameDay)
		return ""
	case c.kind == number && scientific.MatchString(c.plain()):
		l.blame(f, refuse(trace.FieldInvalid, string(f), "made_number"), &fixes.asText)
		return ""
	}
	return strings.Join(
		strings.FieldsFunc(c.text(), func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " ",
	)
}

var yes = map[string]bool{
	"是":     true,
	"需":     true,
	"需要":    true,
	"有":     true,
	"yes":   true,
	"y":     true,
	"true":  true,
	"1":     true,
	"√":     true,
	"✓":     true,
	"✔":     true,
	"否":     false,
	"不需":    false,
	"不需要":   false,
	"无":     false,
	"无需":    false,
	"no":    false,
	"n":     false,
	"false": false,
	"0":     false,
	"":      false,
	"×":     false,
	"✗":     false,
	"-":     false,
	"/":     false,
}

func (l *line) flag(f field) bool {
	c, ok := l.cell(f)
	if !ok {
		return false
	}
	v, known := yes[strings.ToLower(strings.Join(strings.Fields(c.plain()), ""))]
	if !known {
		l.blame(f, refuse(trace.FieldInvalid, string(f), "yes_or_no"), &fixes.yesOrNo)
	}
	return v
}
