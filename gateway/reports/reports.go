// Package reports writes what an auditor takes along as a file: tables as CSV and XLSX, and a PDF with pictures and the
// transactions that prove each line. It is given words and rows, and knows nothing of the ledger, SQL or HTTP.
package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Format is how a report is written.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	PDF  Format = "pdf"
)

// ContentTypes are the formats' types.
var ContentTypes = map[Format]string{
	CSV:  "text/csv; charset=utf-8",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	PDF:  "application/pdf",
}

// Report is what is told. Facts stand above the tables, Pictures (JPEG) beside them in a PDF, Closing below everything.
type Report struct {
	Title    string
	Facts    [][2]string
	Pictures [][]byte
	Tables   []Table
	Closing  string
}

// Table is a titled list. A PDF gives each column its share of the width.
type Table struct {
	Title   string
	Columns []string
	Shares  []float64
	Rows    [][]string
}

// Write writes a report whole, or gives an error.
func Write(w io.Writer, f Format, r Report) error {
	switch f {
	case CSV:
		return writeCSV(w, r)
	case XLSX:
		return writeXLSX(w, r)
	case PDF:
		return writePDF(w, r)
	}
	return fmt.Errorf("reports: no format %q", f)
}

// writeCSV writes the tables one below the other, with a mark that tells spreadsheets that it is UTF-8.
func writeCSV(w io.Writer, r Report) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	for _, f := range r.Facts {
		_ = out.Write([]string{neutral(f[0]), neutral(f[1])})
	}
	for _, t := range r.Tables {
		_ = out.Write([]string{""})
		_ = out.Write([]string{neutral(t.Title)})
		_ = out.Write(t.Columns)
		for _, row := range t.Rows {
			_ = out.Write(neutrals(row))
		}
	}
	out.Flush()
	return out.Error()
}

// neutral keeps a spreadsheet from taking a cell for a formula (OWASP, CSV injection).
func neutral(cell string) string {
	if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
		return "'" + cell
	}
	return cell
}

func neutrals(row []string) []string {
	all := make([]string, len(row))
	for i, cell := range row {
		all[i] = neutral(cell)
	}
	return all
}

// writeXLSX gives each table a sheet; every cell is text, so that nothing is taken for a number or a formula.
func writeXLSX(w io.Writer, r Report) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // it only removes temporary files
	facts := Table{Title: r.Title, Columns: []string{r.Title, ""}}
	for _, x := range r.Facts {
		facts.Rows = append(facts.Rows, x[:])
	}
	for i, t := range append([]Table{facts}, r.Tables...) {
		name := fmt.Sprintf("%d", i+1)
		if i > 0 {
			name = t.Title
		}
		if err := writeSheet(f, i, name, t); err != nil {
			return err
		}
	}
	return f.Write(w)
}

func writeSheet(f *excelize.File, i int, name string, t Table) error {
	if i == 0 {
		if err := f.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else if _, err := f.NewSheet(name); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	_ = out.SetColWidth(1, max(1, len(t.Columns)), 22)
	for n, row := range append([][]string{t.Columns}, t.Rows...) {
		cells := make([]any, len(row))
		for c, cell := range row {
			cells[c] = cell
		}
		at, err := excelize.CoordinatesToCellName(1, n+1)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, cells); err != nil {
			return err
		}
	}
	return out.Flush()
}
