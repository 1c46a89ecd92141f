// Package imports reads the spreadsheets that merchants really send: CSV in
// UTF-8, UTF-16 or GB18030 with whatever separator, or XLSX, with Chinese or
// English headings in any order. It turns each row into a product or a batch
// that satisfies every rule that can be checked without the ledger, or into the
// reasons why not, cell by cell. What a program may have changed without its
// user's knowledge is read as what was surely meant, or refused.
//
// It is pure: bytes in, rows out. It knows nothing of HTTP, jobs or the ledger.
package imports

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Kind is what the rows of a file are.
type Kind string

// The kinds.
const (
	Products Kind = "products"
	Batches  Kind = "batches"
	Serials  Kind = "serials" // a unit in each row, with the serial that its factory has printed
)

// Kinds lists every kind.
var Kinds = []Kind{Products, Batches, Serials}

// Reasons for refusing a file as a whole.
const (
	FileUnreadable trace.Code = "FILE_UNREADABLE"
	HeadingTwice   trace.Code = "HEADING_TWICE"
)

// MaxRows bounds a file, its heading not counted.
const MaxRows = 100_000

// File is a file as it was read: the sheet's name, empty for a CSV, the number
// of the row that holds the headings, and every column that is shown.
type File struct {
	Sheet      string
	HeadingRow int
	Columns    []Column
	Remarks    []Remark
	Rows       []Row
}

// Row is one row of a file. Number counts as the spreadsheet does, the first
// row being 1. Product or Batch says what was read, as far as it could be read
// where there are Faults; owners and roots are left empty. A row of Serials is
// one unit of its Batch.
type Row struct {
	Number  int
	GTIN    string
	Lot     string
	Serial  string
	Product *trace.Product
	Batch   *trace.Batch
	Faults  []Fault
	Remarks []Remark

	rec     rec
	columns columns
}

// ReadMapped reads a file whose headings mean what m says, where it says anything. Blank
// and hidden rows, totals and notes are left out, with a remark. Errors, for the file as a
// whole: FILE_UNREADABLE, COLUMNS_MISSING where a required heading was not found,
// HEADING_TWICE where two mean the same field, QUANTITY_INVALID where the heading counts
// packs, and FIELD_INVALID where there are more than MaxRows rows. With an error about
// headings the columns are given all the same.
func ReadMapped(kind Kind, file []byte, m Mapping) (File, error) {
	if err := m.check(kind); err != nil {
		return File{}, err
	}
	sheet, err := readSheet(file, known)
	if err != nil {
		return File{}, err
	}
	if len(sheet.records) == 0 {
		return File{}, refuse(FileUnreadable, "file", "no_rows")
	}
	t, err := findTable(kind, sheet, m)
	f := File{
		Sheet:      sheet.name,
		HeadingRow: sheet.records[t.heading].number,
		Columns:    t.sampled(sheet),
		Remarks:    sheet.remarks,
	}
	if err != nil {
		return f, err
	}
	if len(sheet.hidden) > 0 {
		f.Remarks = append(f.Remarks, hiddenColumnsRemark(sheet, t))
	}
	data, passed := dataRows(kind, t, sheet.records[t.heading+1:])
	f.Remarks = append(f.Remarks, passed...)
	if len(data) > MaxRows {
		return File{}, errTooLong
	}
	reader := reader{kind: kind, table: t, sheet: sheet, seen: map[string]int{}, alike: map[string]string{}}
	for _, r := range data {
		f.Rows = append(f.Rows, reader.row(r))
	}
	return f, nil
}

func hiddenColumnsRemark(s sheet, t table) Remark {
	var names []string
	for i := range maxColumns {
		if s.hidden[i] {
			if heading := shorten(s.records[t.heading].at(i).text()); heading != "" {
				names = append(names, letter(i)+" "+heading)
			}
		}
	}
	return remark(hiddenColumns, "columns", listed(names))
}
