// Package replay runs a scan log through scanrisk, line by line, as the
// verifier would have seen it. It knows CSV and JSON and nothing of how a risk
// comes about.
package replay

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/touchstone-trace/touchstone/verifier/scanrisk"
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
	r := run{lines: newLines(in), history: scanrisk.NewHistory()}
	if err := r.heading(); err != nil {
		return err
	}
	for n := 1; ; n++ {
		line, whole, err := r.next()
		if errors.Is(err, io.EOF) {
			return r.result(n - 1)
		}
		if err != nil {
			return fmt.Errorf("row %d: read: %w", n, err)
		}
		if _, err := w.Write(r.answer(n, line, whole)); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
}

var tooLong = wrong("", "more than %d bytes", maxLine)

// run is one replay under way.
type run struct {
	lines
	parser
	history   *scanrisk.History
	malformed int
	buffer    []byte
}

func (r *run) heading() error {
	line, whole, err := r.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("heading: read: %w", err)
	}
	wrong := tooLong
	var names []string
	if whole {
		names, wrong = r.split(string(bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))))
	}
	if wrong == nil {
		r.columns, wrong = newHeading(names)
	}
	if wrong != nil {
		return fmt.Errorf("heading: %w", wrong)
	}
	return nil
}

func (r *run) answer(n int, line []byte, whole bool) []byte {
	var parsed row
	wrong := tooLong
	if whole {
		parsed, wrong = r.parse(string(line))
	}
	var score scanrisk.Score
	if wrong == nil {
		score = r.history.Observe(parsed.batch, parsed.event)
	} else {
		r.malformed++
		score = r.history.Assess(parsed.batch, parsed.event.Unit)
	}
	r.buffer = appendScore(r.buffer[:0], n, parsed.serial, score, wrong)
	return r.buffer
}

func (r *run) result(rows int) error {
	if r.malformed > 0 {
		return fmt.Errorf("%w: %d of %d", ErrRows, r.malformed, rows)
	}
	return nil
}
