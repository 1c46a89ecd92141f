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

const maxLine = 64 << 10 // bytes

// ErrRows says that some lines were not understood. Each has its error in the output.
var ErrRows = errors.New("some rows are malformed")

// Run reads a log (see Columns) and writes one JSON line for each line after
// the heading: {"row","serial","risk","verdict","reasons"}, or {"row","error":
// {"field","message"}} for a malformed one, which changes nothing. An empty
// line is malformed too. Lines of more than 64 kB end the run. Memory grows
// with the units and devices of the log, see scanrisk.History, not with its length.
func Run(in io.Reader, out io.Writer) (err error) {
	w := bufio.NewWriterSize(out, 1<<18)
	defer func() { err = errors.Join(err, w.Flush()) }()
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, maxLine), maxLine)
	var p parser
	if err := p.heading(lines); err != nil {
		return err
	}
	history, malformed := scanrisk.NewHistory(), 0
	var answer []byte
	n := 0
	for lines.Scan() {
		n++
		r, wrong := p.parse(lines.Text())
		if wrong != nil {
			malformed++
			answer = appendError(answer[:0], n, wrong)
		} else {
			answer = appendScore(answer[:0], n, r.serial, history.Observe(r.batch, r.event))
		}
		if _, err := w.Write(answer); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("row %d: read: %w", n+1, err)
	}
	if malformed > 0 {
		return fmt.Errorf("%w: %d of %d", ErrRows, malformed, n)
	}
	return nil
}

func (p *parser) heading(lines *bufio.Scanner) error {
	if !lines.Scan() {
		if err := lines.Err(); err != nil {
			return fmt.Errorf("heading: %w", err)
		}
		return fmt.Errorf("heading: missing; it must be %s", strings.Join(Columns, ","))
	}
	names, err := p.split(string(bytes.TrimPrefix(lines.Bytes(), []byte("\xef\xbb\xbf"))))
	if err != nil || !slices.Equal(names, Columns) {
		return fmt.Errorf("heading: must be %s", strings.Join(Columns, ","))
	}
	return nil
}
