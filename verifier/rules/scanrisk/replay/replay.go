// Package replay runs a scan log through scanrisk, line by line, as the
// verifier would have seen it. It knows CSV and JSON and nothing of how a risk
// comes about.
package replay

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// ErrRows says that some lines were not understood. Each has its error in the output.
var ErrRows = errors.New("some rows are malformed")

// Run reads a log (see Columns) and writes one JSON line for each line after
// the heading: {"row","serial","risk","verdict","reasons"}. A malformed line, an
// empty or an overlong one too, changes nothing; its answer says how the unit
// stands, as far as the line names one, and has an "error": {"field","message"}.
// Memory grows with the units and devices of the log, see scanrisk.History, not
// with its length.
func Run(in io.Reader, out io.Writer) (err error) {
	w := bufio.NewWriterSize(out, 1<<18)
	defer func() { err = errors.Join(err, w.Flush()) }()
	log, err := NewReader(in)
	if err != nil {
		return err
	}
	r := run{Reader: log, history: scanrisk.NewHistory()}
	for n := 1; ; n++ {
		row, wrong, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r.result(n - 1)
		}
		if err != nil {
			return fmt.Errorf("row %d: read: %w", n, err)
		}
		if _, err := w.Write(r.answer(n, &row, wrong)); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
}

// run is one replay under way.
type run struct {
	*Reader
	history   *scanrisk.History
	malformed int
	buffer    []byte
}

func (r *run) answer(n int, row *Row, wrong *FieldError) []byte {
	event := row.event()
	var score scanrisk.Score
	if wrong == nil {
		score = r.history.Observe(row.batch(), event)
	} else {
		r.malformed++
		score = r.history.Assess(row.batch(), event.Unit)
	}
	r.buffer = appendScore(r.buffer[:0], n, row.Serial, score, wrong)
	return r.buffer
}

func (r *run) result(rows int) error {
	if r.malformed > 0 {
		return fmt.Errorf("%w: %d of %d", ErrRows, r.malformed, rows)
	}
	return nil
}
