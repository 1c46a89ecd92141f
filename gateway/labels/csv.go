package labels

import (
	"encoding/csv"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// column is one of a CSV file: what stands over it, and what it says of a unit.
type column struct {
	heading string
	of      func(Unit) (string, error)
}

// columns are index, serial and uri, then, where asked for, what a DataMatrix holds, in brackets, and the PIN.
func (j Job) columns() []column {
	all := []column{
		{"index", func(u Unit) (string, error) { return strconv.FormatInt(u.Index, 10), nil }},
		{"serial", func(u Unit) (string, error) { return u.Serial, nil }},
		{"uri", func(u Unit) (string, error) { return u.URI, nil }},
	}
	if j.Symbol == DataMatrix {
		all = append(all, column{"gs1", func(u Unit) (string, error) {
			elements, err := gs1.ParseLink(u.URI, gs1.Options{})
			return elements.Bracketed(), err
		}})
	}
	if j.PIN {
		all = append(all, column{"pin", func(u Unit) (string, error) { return u.PIN, nil }})
	}
	return all
}

func writeCSV(w io.Writer, job Job, units iter.Seq2[Unit, error]) error {
	out, columns := csv.NewWriter(w), job.columns()
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.heading
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for u, err := range units {
		if err != nil {
			return err
		}
		for i, c := range columns {
			cell, err := c.of(u)
			if err != nil {
				return err
			}
			row[i] = neutral(cell)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// neutral keeps a spreadsheet from taking a cell for a formula (OWASP, CSV injection): an apostrophe goes before it.
func neutral(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
