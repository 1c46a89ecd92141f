package imports

import (
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Mapping is what somebody says of a file whose headings are not known. Columns
// gives a field for a column's letter, empty for none, and needs HeadingRow, the
// number of the row below which the data begin. Headings gives a field for a
// heading as Fold writes it: what was said of other files before.
type Mapping struct {
	HeadingRow int               `json:"headingRow,omitempty"`
	Columns    map[string]string `json:"columns,omitempty"`
	Headings   map[string]string `json:"headings,omitempty"`
}

// Field is something that a row of a kind may say. Name is as in the interface.
type Field struct {
	Name     string
	Title    trace.Text
	Required bool
	Rule     trace.Text
	Example  string
}

// Fields gives the fields of a kind in the template's order.
func Fields(kind Kind) (all []Field) {
	for _, f := range fieldsOf[kind] {
		all = append(all, Field{string(f), titles[f], slices.Contains(required[kind], f), rules[f], examples[f]})
	}
	return all
}

// Fold writes a heading without case, width, blanks and signs: equal headings
// are equal then.
func Fold(heading string) string { return fold(heading) }

// check refuses fields that the kind does not have.
func (m Mapping) check(kind Kind) error {
	if len(m.Columns) > 0 && m.HeadingRow == 0 {
		return refuse(trace.FieldInvalid, "mapping.headingRow", "heading_row")
	}
	for letter, name := range m.Columns {
		if name != "" && !slices.Contains(fieldsOf[kind], field(name)) {
			return refuse(
				trace.FieldInvalid, "mapping.columns", "no_field",
				"field", trace.Quoted(40, name), "column", trace.Beginning(5, letter),
			)
		}
	}
	return nil
}

// meaning tells which field a column means: what is said of this file first,
// then what is said of such headings, then what everybody knows.
func (m Mapping) meaning(letter string, heading cell) (field, bool) {
	if name, said := m.Columns[letter]; said {
		return field(name), name != ""
	}
	if name, said := m.Headings[fold(heading.plain())]; said {
		return field(name), name != ""
	}
	return meaning(heading)
}

// sampleRows is how many values of a column are shown.
const sampleRows = 3

// sampled gives the columns with what stands first in each.
func (t table) sampled(s sheet) []Column {
	columns := slices.Clone(t.all)
	for i := range columns {
		for _, r := range s.records[t.heading+1:] {
			if v := shorten(r.at(columns[i].index).text()); v != "" {
				columns[i].Samples = append(columns[i].Samples, v)
			}
			if len(columns[i].Samples) == sampleRows {
				break
			}
		}
	}
	return columns
}
