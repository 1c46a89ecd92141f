package imports

import (
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// cures says for the reasons that a row is commonly refused for what to do
// about it. What is wrong is the code's own title.
var cures = trace.Table[trace.Code](
	texts, "cure", trace.GTINMissing, trace.GTINInvalid, trace.GTINCheckDigit, trace.SpreadsheetNumber,
	trace.DuplicateInFile, trace.ColumnsMissing, trace.NameMissing, trace.NameTooLong, trace.ShelfLife,
	trace.PrefixNotOwned, trace.ProductExists, trace.ProductUnknown, trace.BatchExists, trace.LotInvalid,
	trace.QuantityInvalid, trace.DateInvalid, trace.PartyLapsed, trace.RowsIncomplete,
)

// fixes are the cures that belong to how a cell was spoilt rather than to the
// rule it breaks.
var fixes = struct {
	formula, across, becameDay, asText, yesOrNo, partOfDay, noSuchDay, yearOut, quantityDay, mergedQuantity, unknownUnit, noSerial trace.Text
}{
	formula:        say("fix.formula"),
	across:         say("fix.across"),
	becameDay:      say("fix.becameDay"),
	asText:         say("fix.asText"),
	yesOrNo:        say("fix.yesOrNo"),
	partOfDay:      say("fix.partOfDay"),
	noSuchDay:      say("fix.noSuchDay"),
	yearOut:        say("fix.yearOut"),
	quantityDay:    say("fix.quantityDay"),
	mergedQuantity: say("fix.mergedQuantity"),
	noSerial:       say("fix.noSerial"),
	unknownUnit:    say("fix.unknownUnit"),
}

// How a refusal is told: the rule that is broken, then what to do or what is wrong.
var (
	toldWithCure = say("told.cure")
	toldOfRow    = say("told.row")
	toldOfField  = say("told.field")
	toldSentence = say("told.sentence")
	cellEmpty    = say("cell.empty")
	cellHolds    = say("cell.holds")
)

// Fault is why a cell is refused: its column, what stands in it, the rule it
// breaks, and the cure. Letter is empty where the row as a whole is at fault.
type Fault struct {
	Letter, Heading, Field, Value string
	Err                           *trace.Error
	cure                          *trace.Text
}

// Text says in both languages which cell is wrong, what stands in it, and how to mend it.
func (f Fault) Text() trace.Text {
	text := Explain(f.Err)
	if f.cure != nil {
		text = toldWithCure.With(wording.Args{"title": f.Err.Code.Title(), "cure": *f.cure})
		if f.Err.Code == trace.FieldInvalid {
			text = *f.cure
		}
	}
	cell := wording.Args{"heading": f.Heading, "letter": f.Letter, "value": f.Value, "text": text}
	switch {
	case f.Letter == "":
		return text
	case f.Value == "":
		return cellEmpty.With(cell)
	}
	return cellHolds.With(cell)
}

func (l *line) fault(f Fault) { l.row.Faults = append(l.row.Faults, f) }

// blame refuses the row for what stands under a field.
func (l *line) blame(f field, e *trace.Error, cure *trace.Text) {
	fault := l.row.Refused(e.At(string(f)))
	fault.cure = cure
	l.fault(fault)
}

// Refused gives a refusal the cell of the row that it is about.
func (r Row) Refused(e *trace.Error) Fault {
	fault := Fault{Field: e.Field, Err: e}
	if c, known := r.columns[field(e.Field)]; known {
		fault.Letter, fault.Heading, fault.Value = c.Letter, shorten(c.Heading), shorten(r.rec.at(c.index).text())
	}
	return fault
}

// shorten keeps what is quoted from a file within a line.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}

// Explain says in both languages what is wrong with a row and how to mend it.
func Explain(e *trace.Error) trace.Text {
	facts := wording.Args{"title": e.Code.Title(), "field": e.Field}
	if cure, known := cures[e.Code]; known {
		facts["cure"] = cure
		return toldWithCure.With(facts)
	}
	facts["cure"] = toldSentence.With(wording.Args{"sentence": e.Detail()})
	if e.Field != "" {
		return toldOfField.With(facts)
	}
	return toldOfRow.With(facts)
}
