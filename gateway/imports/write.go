package imports

import (
	csvfile "encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Format is a kind of spreadsheet file.
type Format string

// The formats that are written.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// ContentType is a format's media type.
func (f Format) ContentType() string {
	if f == CSV {
		return "text/csv; charset=utf-8"
	}
	return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}

// Refused is a row that was not registered: what stood in it, and why not.
type Refused struct {
	Values
	Reasons string
}

// tableTexts are what our own tables say beside their fields.
var tableTexts = trace.Table[string](
	texts, "table", "column", "required", "must", "rule", "sample", "sampleOf", "data", "notes", "rowBefore",
	"refusedWhy",
)

// WriteTemplate writes an empty table of a kind: its headings, an example that
// is not read as data, and notes on each column, in a language.
func WriteTemplate(w io.Writer, kind Kind, format Format, language string) error {
	in := func(key string) string { return tableTexts[key].In(language) }
	var head, sample []string
	notes := [][]string{{in("column"), in("required"), in("rule"), in("sample")}}
	for _, f := range Fields(kind) {
		must := ""
		if f.Required {
			must = in("must")
		}
		head, sample = append(head, f.Title.In(language)), append(sample, f.Example)
		notes = append(notes, []string{f.Title.In(language), must, f.Rule.In(language), f.Example})
	}
	sample[0] = in("sampleOf") + sample[0]
	if format == CSV {
		return writeCSV(w, [][]string{head, sample})
	}
	return writeXLSX(w, []page{{in("data"), [][]string{head, sample}}, {in("notes"), notes}})
}

// WriteRefused writes rows as the template has them, the reason behind each, so
// that the file can be mended and handed in again.
func WriteRefused(w io.Writer, kind Kind, format Format, language string, rows []Refused) error {
	in := func(key string) string { return tableTexts[key].In(language) }
	var head []string
	for _, f := range Fields(kind) {
		head = append(head, f.Title.In(language))
	}
	lines := [][]string{append(head, in("rowBefore"), in("refusedWhy"))}
	for _, r := range rows {
		var line []string
		for _, f := range Fields(kind) {
			line = append(line, r.Values.Values[f.Name])
		}
		lines = append(lines, append(line, strconv.Itoa(r.Number), r.Reasons))
	}
	if format == CSV {
		return writeCSV(w, lines)
	}
	return writeXLSX(w, []page{{in("data"), lines}})
}

// inert puts an apostrophe before what a spreadsheet would compute.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func writeCSV(w io.Writer, lines [][]string) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csvfile.NewWriter(w)
	for _, line := range lines {
		cells := make([]string, len(line))
		for i, s := range line {
			cells[i] = inert(s)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

type page struct {
	name  string
	lines [][]string
}

// writeXLSX writes every cell as text, in columns that stay text when they are
// filled in. Text cells are never computed.
func writeXLSX(w io.Writer, pages []page) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	asText, err := book.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	for i, p := range pages {
		if i == 0 {
			err = book.SetSheetName(book.GetSheetName(0), p.name)
		} else {
			_, err = book.NewSheet(p.name)
		}
		if err == nil {
			err = writePage(book, p, asText)
		}
		if err != nil {
			return err
		}
	}
	return book.Write(w)
}

func writePage(book *excelize.File, p page, asText int) error {
	out, err := book.NewStreamWriter(p.name)
	if err != nil {
		return err
	}
	if err := out.SetColStyle(1, len(p.lines[0]), asText); err != nil {
		return err
	}
	if err := out.SetColWidth(1, len(p.lines[0]), 20); err != nil {
		return err
	}
	for i, line := range p.lines {
		cells := make([]any, len(line))
		for j, s := range line {
			cells[j] = excelize.Cell{StyleID: asText, Value: s}
		}
		if err := out.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}
