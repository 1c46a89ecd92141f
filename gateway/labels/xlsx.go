package labels

import (
	"io"
	"iter"

	"github.com/xuri/excelize/v2"
)

// xlsxRows is how many codes a workbook holds: a sheet's 1,048,576 rows less the heading, in a round number.
const xlsxRows = 1_000_000

// writeXLSX writes what a CSV file has into a workbook. Every cell is text and says so, so that a
// PIN like 36547E83 stays what it is. Rows go through a file of the library's own and not through
// memory.
func writeXLSX(w io.Writer, job Job, units iter.Seq2[Unit, error]) (err error) {
	book := excelize.NewFile()
	defer func() {
		if e := book.Close(); err == nil {
			err = e
		}
	}()
	text, err := book.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	rows, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	columns := job.columns()
	cells := make([]any, len(columns))
	for i, c := range columns {
		cells[i] = c.heading
	}
	if err := rows.SetColWidth(1, len(columns), 26); err != nil {
		return err
	}
	number := 1
	if err := rows.SetRow("A1", cells); err != nil {
		return err
	}
	for u, err := range units {
		if err != nil {
			return err
		}
		for i, c := range columns {
			value, err := c.of(u)
			if err != nil {
				return err
			}
			cells[i] = excelize.Cell{StyleID: text, Value: value}
		}
		number++
		at, err := excelize.CoordinatesToCellName(1, number)
		if err != nil {
			return err
		}
		if err := rows.SetRow(at, cells); err != nil {
			return err
		}
	}
	if err := rows.Flush(); err != nil {
		return err
	}
	_, err = book.WriteTo(w)
	return err
}
