// Package imports reads the spreadsheets that merchants really send: CSV in
// UTF-8, UTF-16 or GB18030 with whatever separator, or XLSX, with Chinese or
// English headings in any order. It turns each row into a product or a batch
// that satisfies every rule that can be checked without the ledger, or into the
// reason why not.
//
// It is pure: bytes in, rows out. It knows nothing of HTTP, jobs or the ledger.
package imports

import (
	"errors"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Kind is what the rows of a file are.
type Kind string

// The kinds.
const (
	Products Kind = "products"
	Batches  Kind = "batches"
)

// FileUnreadable is the reason for refusing a file as a whole.
const FileUnreadable trace.Code = "FILE_UNREADABLE"

// MaxRows bounds a file, its heading not counted.
const MaxRows = 50_000

// Row is one row of a file. Number counts as the spreadsheet does, the heading
// being row 1. Exactly one of Product, Batch and Err is set; GTIN and Lot are
// given as far as they could be read. Owners and roots are left empty.
type Row struct {
	Number  int
	GTIN    string
	Lot     string
	Product *trace.Product
	Batch   *trace.Batch
	Err     *trace.Error
}

// Read reads a file. Blank rows are left out. Errors, for the file as a whole:
// FILE_UNREADABLE, COLUMNS_MISSING where a required heading was not found, and
// FIELD_INVALID where there are more than MaxRows rows.
func Read(kind Kind, file []byte) ([]Row, error) {
	sheet, err := readSheet(file)
	if err != nil {
		return nil, err
	}
	if len(sheet.records) == 0 {
		return nil, trace.Errorf(FileUnreadable, "file", "the file has no rows; its first row must hold the headings")
	}
	columns, err := findColumns(kind, sheet.records[0].cells)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	rows := make([]Row, 0, len(sheet.records))
	for _, r := range sheet.records[1:] {
		if !r.blank() {
			rows = append(rows, readRow(kind, columns, sheet, r, seen))
		}
	}
	return rows, nil
}

// readRow reads one row and marks its product or batch as seen.
func readRow(kind Kind, columns columns, sheet sheet, r rec, seen map[string]bool) Row {
	row := Row{Number: r.number}
	width := len(sheet.records[0].cells)
	if err := checkWidth(sheet, r, width); err != nil {
		row.Err = err
		return row
	}
	var err error
	c := cells{columns: columns, values: r.cells, numeric: sheet.numeric}
	if kind == Products {
		row.Product, err = c.product(&row)
	} else {
		row.Batch, err = c.batch(&row)
	}
	if id := row.GTIN + "|" + row.Lot; err == nil {
		if seen[id] {
			err = trace.Errorf(trace.DuplicateInFile, "gtin", "an earlier row of the file has the same %s", map[Kind]string{Products: "GTIN", Batches: "GTIN and lot"}[kind])
		}
		seen[id] = true
	}
	if err != nil {
		row.Product, row.Batch, row.Err = nil, nil, asError(err)
	}
	return row
}

// checkWidth tells a row that was cut off, or that an unquoted separator tore
// apart. A worksheet leaves out empty cells at the end of a row; a CSV does not.
func checkWidth(sheet sheet, r rec, width int) *trace.Error {
	if len(r.cells) < width && !sheet.trimmed {
		return trace.Errorf(trace.ColumnsMissing, "", "%d columns where the heading has %d", len(r.cells), width)
	}
	if len(r.cells) > width && strings.TrimSpace(strings.Join(r.cells[width:], "")) != "" {
		return trace.Errorf(trace.FieldInvalid, "", "%d columns where the heading has %d: put text that contains the separator in double quotes", len(r.cells), width)
	}
	return nil
}

func asError(err error) *trace.Error {
	var e *trace.Error
	if errors.As(err, &e) {
		return e
	}
	return trace.Errorf(trace.FieldInvalid, "", "%v", err)
}
