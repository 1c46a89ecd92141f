package imports

import (
	"bytes"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Bounds on what a worksheet may unpack to and how wide it may be, so that a
// small file cannot fill the memory.
const (
	maxUnzipped = 128 << 20
	maxXML      = 16 << 20
	maxColumns  = 200
)

// readWorkbook reads the first sheet that has rows. Cells are given as they are
// stored: a number keeps its digits whatever its format shows.
func readWorkbook(file []byte) (sheet, error) {
	book, err := excelize.OpenReader(bytes.NewReader(file),
		excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxXML})
	if err != nil {
		return sheet{}, trace.Errorf(FileUnreadable, "file", "not a readable .xlsx file; open it, save it again, and take away its password if it has one")
	}
	defer func() { _ = book.Close() }()
	for _, name := range book.GetSheetList() {
		records, err := readWorksheet(book, name)
		if err != nil || len(records) > 0 {
			return sheet{records: records, numeric: true, trimmed: true}, err
		}
	}
	return sheet{}, nil
}

func readWorksheet(book *excelize.File, name string) ([]rec, error) {
	rows, err := book.Rows(name)
	if err != nil {
		return nil, trace.Errorf(FileUnreadable, "file", "sheet %.40q cannot be read", name)
	}
	defer func() { _ = rows.Close() }()
	var records []rec
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil || len(cells) > maxColumns {
			return nil, trace.Errorf(FileUnreadable, "file", "row %d of sheet %.40q cannot be read", number, name)
		}
		if r := (rec{number, cells}); !r.blank() {
			records = append(records, r)
		}
		if len(records) > MaxRows+1 || number > 4*MaxRows {
			return nil, errTooLong
		}
	}
	return records, nil
}
