package labels

import (
	"encoding/csv"
	"io"
	"iter"
	"strconv"
	"strings"
)

// writeCSV writes index, serial, uri and, where asked for, pin, under a heading.
func writeCSV(w io.Writer, job Job, units iter.Seq2[Unit, error]) error {
	out := csv.NewWriter(w)
	heading := []string{"index", "serial", "uri", "pin"}
	columns := 3
	if job.PIN {
		columns = 4
	}
	if err := out.Write(heading[:columns]); err != nil {
		return err
	}
	for u, err := range units {
		if err != nil {
			return err
		}
		row := []string{strconv.FormatInt(u.Index, 10), neutral(u.Serial), neutral(u.URI), neutral(u.PIN)}
		if err := out.Write(row[:columns]); err != nil {
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
