package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// ExportVersion names the format of an exported read model: lines of JSON, the first an Exported, then every row of
// every table, tables in the order of the comparison, rows in that of their keys.
const ExportVersion = "touchstone/read-model/v1"

// Exported heads an export.
type Exported struct {
	Version  string `json:"version"`
	Channel  string `json:"channel"`
	Next     uint64 `json:"nextBlock"`
	LastHash []byte `json:"lastHash"`
}

type exportedRow struct {
	Table string `json:"table"`
	record.Row
}

// Write exports a read model.
func Write(ctx context.Context, w io.Writer, at record.Checkpoint, tables []string, model Model) error {
	out := bufio.NewWriter(w)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	if err := lines.Encode(Exported{ExportVersion, at.Channel, at.NextBlock, at.LastHash}); err != nil {
		return err
	}
	for _, table := range tables {
		for row, err := range model.Rows(ctx, table) {
			if err == nil {
				err = lines.Encode(exportedRow{table, row})
			}
			if err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// Export is a read model in a file, which is read once, from table to table.
type Export struct {
	Head  Exported
	lines *json.Decoder
	next  *exportedRow // read and of a later table
}

// ReadExport reads the head.
func ReadExport(r io.Reader) (*Export, error) {
	e := &Export{lines: json.NewDecoder(bufio.NewReader(r))}
	if err := e.lines.Decode(&e.Head); err != nil || e.Head.Version != ExportVersion {
		return nil, fmt.Errorf("not an export of a read model (%s): %w", ExportVersion, err)
	}
	return e, nil
}

// Rows gives the rows of the next table.
func (e *Export) Rows(_ context.Context, table string) iter.Seq2[record.Row, error] {
	return func(yield func(record.Row, error) bool) {
		for {
			if e.next == nil {
				e.next = &exportedRow{}
				if err := e.lines.Decode(e.next); err == io.EOF {
					e.next = &exportedRow{} // of no table
				} else if err != nil {
					yield(record.Row{}, err)
					return
				}
			}
			if e.next.Table != table {
				return
			}
			row := e.next.Row
			e.next = nil
			if !yield(row, nil) {
				return
			}
		}
	}
}

// Rest says whether there are rows of tables that nobody asked for, or that are out of order.
func (e *Export) Rest() error {
	if e.next != nil && e.next.Table != "" || e.next == nil && e.lines.More() {
		return fmt.Errorf("the export has rows of another table, or tables out of order")
	}
	return nil
}
