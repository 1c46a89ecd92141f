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
	"slices"
	"strings"

	"github.com/touchstone-trace/touchstone/verifier/scanrisk"
)

// ErrRows says that some lines were not understood. Each has its error in the output.
var ErrRows = errors.New("some rows are malformed")

// Run reads a log (see Columns) and writes one JSON line for each line after
// the heading: {"row","serial","risk","verdict","reasons"}, or {"row","error":
// {"field","message"}} for a malformed one, which changes nothing. An empty or
// an overlong line is malformed too. Memory grows with the units and devices of
// the log, see scanrisk.History, not with its length.
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
	names, wrong := r.split(string(bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))))
	if !whole || wrong != nil || !slices.Equal(names, Columns) {
		return fmt.Errorf("heading: must be %s", strings.Join(Columns, ","))
	}
	return nil
}

func (r *run) answer(n int, line []byte, whole bool) []byte {
	var parsed row
	wrong := tooLong
	if whole {
		parsed, wrong = r.parse(string(line))
	}
	if wrong != nil {
		r.malformed++
		r.buffer = appendError(r.buffer[:0], n, wrong)
	} else {
		r.buffer = appendScore(r.buffer[:0], n, parsed.serial, r.history.Observe(parsed.batch, parsed.event))
	}
	return r.buffer
}

func (r *run) result(rows int) error {
	if r.malformed > 0 {
		return fmt.Errorf("%w: %d of %d", ErrRows, r.malformed, rows)
	}
	return nil
}
