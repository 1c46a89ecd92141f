package importing

import (
	"errors"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/gateway/imports"
)

// ImportRow is what became of a row; Number counts as the spreadsheet does, the
// first row being 1. Reason is a code in lower case, nil where OK; it and the
// message are those of Cells, which are the refused ones. Read says what the
// row was read as, as far as it could be read, whether or not it was registered.
type ImportRow struct {
	Number   int               `json:"row"`
	OK       bool              `json:"ok"`
	Reason   *string           `json:"reason"`
	Message  string            `json:"message"`
	Messages *trace.Text       `json:"messages,omitempty"`
	GTIN     string            `json:"gtin,omitempty"`
	Lot      string            `json:"lot,omitempty"`
	Read     *ImportRead       `json:"read,omitempty"`
	Cells    []ImportCell      `json:"cells,omitempty"`
	Values   map[string]string `json:"values,omitempty"` // of a refused row: what stands in its cells, by field
	Remarks  []ImportRemark    `json:"remarks,omitempty"`
}

// ImportRead is what a row was read as.
type ImportRead struct {
	GTIN          string      `json:"gtin,omitempty"`
	Name          *trace.Text `json:"name,omitempty"`
	Brand         string      `json:"brand,omitempty"`
	Category      string      `json:"category,omitempty"`
	Specification string      `json:"specification,omitempty"`
	Origin        string      `json:"origin,omitempty"`
	ShelfLifeDays int         `json:"shelfLifeDays,omitempty"`
	Inspection    *bool       `json:"inspectionRequired,omitempty"`
	Lot           string      `json:"lot,omitempty"`
	Quantity      int64       `json:"quantity,omitempty"`
	ProducedOn    trace.Date  `json:"producedOn,omitempty"`
	ExpiresOn     trace.Date  `json:"expiresOn,omitempty"`
	Line          string      `json:"line,omitempty"`
	Serial        string      `json:"serial,omitempty"`
}

// ImportCell is a refused cell: its column's letter, heading and meaning, what
// stands in it, and why it is refused. Column is empty where it is the row as a whole.
type ImportCell struct {
	Column   string     `json:"column,omitempty"`
	Heading  string     `json:"heading,omitempty"`
	Field    string     `json:"field,omitempty"`
	Value    string     `json:"value"`
	Reason   string     `json:"reason"`
	Message  string     `json:"message"`
	Messages trace.Text `json:"messages"`
}

// ImportRemark is what the owner of the file should know although it is no fault.
type ImportRemark struct {
	Row      int        `json:"row,omitempty"`
	Column   string     `json:"column,omitempty"`
	Field    string     `json:"field,omitempty"`
	Message  string     `json:"message"`
	Messages trace.Text `json:"messages"`
}

// ImportColumn is a column that was read, with the field it was taken for.
type ImportColumn struct {
	Column  string   `json:"column"`
	Heading string   `json:"heading"`
	Field   string   `json:"field,omitempty"`
	Samples []string `json:"samples,omitempty"`
}

// ImportSheet is what of a file was read.
type ImportSheet struct {
	Sheet      string         `json:"sheet,omitempty"`
	HeadingRow int            `json:"headingRow,omitempty"`
	Columns    []ImportColumn `json:"columns,omitempty"`
	Remarks    []ImportRemark `json:"remarks,omitempty"`
}

// nothingWritten is what a dry run says of itself.
var nothingWritten = text("nothingWritten")

// maxFileRemarks bounds the remarks on a file; each of them is about a row that was passed over.
const maxFileRemarks = 100

func sheetOf(f imports.File) ImportSheet {
	s := ImportSheet{
		Sheet:      f.Sheet,
		HeadingRow: f.HeadingRow,
		Remarks:    remarksOf(f.Remarks[:min(maxFileRemarks, len(f.Remarks))]),
	}
	for _, c := range f.Columns {
		s.Columns = append(
			s.Columns, ImportColumn{Column: c.Letter, Heading: c.Heading, Field: c.Field, Samples: c.Samples},
		)
	}
	return s
}

func remarksOf(all []imports.Remark) (out []ImportRemark) {
	for _, r := range all {
		out = append(out, ImportRemark{Row: r.Row, Column: r.Letter, Field: r.Field, Messages: r.Text})
	}
	return out
}

func readOf(row imports.Row) *ImportRead {
	switch {
	case row.Product != nil:
		p := row.Product
		return &ImportRead{
			GTIN:          p.GTIN,
			Name:          &p.Name,
			Brand:         p.Brand,
			Category:      p.Category,
			Specification: p.Specification,
			Origin:        p.Origin,
			ShelfLifeDays: p.ShelfLifeDays,
			Inspection:    &p.InspectionRequired,
		}
	case row.Batch != nil:
		b := row.Batch
		return &ImportRead{
			GTIN:       b.GTIN,
			Lot:        b.Lot,
			Quantity:   b.Quantity,
			ProducedOn: b.ProducedOn,
			ExpiresOn:  b.ExpiresOn,
			Origin:     b.Origin,
			Line:       b.Line,
			Serial:     row.Serial,
		}
	}
	return nil
}

// rowResult joins what the file and what the ledger say of a row.
func rowResult(row imports.Row, remark *trace.Text, err error) ImportRow {
	r := ImportRow{
		Number:  row.Number,
		OK:      err == nil,
		GTIN:    row.GTIN,
		Lot:     row.Lot,
		Read:    readOf(row),
		Remarks: remarksOf(row.Remarks),
	}
	if remark != nil {
		r.Remarks = append(r.Remarks, ImportRemark{Row: row.Number, Messages: *remark})
	}
	faults := row.Faults
	if refused, ok := errors.AsType[*trace.Error](err); ok && len(faults) == 0 {
		faults = []imports.Fault{row.Refused(refused)}
	}
	var texts []trace.Text
	for _, f := range faults {
		text := f.Text()
		texts = append(texts, text)
		r.Cells = append(r.Cells, ImportCell{Column: f.Letter, Heading: f.Heading, Field: f.Field, Value: f.Value,
			Reason: strings.ToLower(string(f.Err.Code)), Messages: text})
	}
	if len(r.Cells) > 0 {
		r.Reason = &r.Cells[0].Reason
		if r.Values = row.Values(); len(r.Values) == 0 && r.Read != nil {
			r.Values = r.Read.values()
		}
	}
	for _, m := range r.Remarks {
		texts = append(texts, m.Messages)
	}
	r.Messages = sentences(texts)
	return r
}

var andThen = text("andThen")

func sentences(texts []trace.Text) *trace.Text {
	if len(texts) == 0 {
		return nil
	}
	all := texts[0]
	for _, t := range texts[1:] {
		all = andThen.With(wording.Args{"before": all, "next": t})
	}
	return &all
}

// In gives every message in a language.
func (v Import) In(language string) Import {
	if v.Notes != nil {
		v.Note = v.Notes.In(language)
	}
	inLanguage(v.Remarks, language)
	for i := range v.Rows {
		row := &v.Rows[i]
		if row.Messages != nil {
			row.Message = row.Messages.In(language)
		}
		for j := range row.Cells {
			row.Cells[j].Message = row.Cells[j].Messages.In(language)
		}
		inLanguage(row.Remarks, language)
	}
	return v
}

func inLanguage(remarks []ImportRemark, language string) {
	for i := range remarks {
		remarks[i].Message = remarks[i].Messages.In(language)
	}
}
