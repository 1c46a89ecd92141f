package replay

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Reader reads a log, see Columns.
type Reader struct {
	lines
	parser
}

// NewReader reads the heading, or says what is wrong with it.
func NewReader(in io.Reader) (*Reader, error) {
	r := &Reader{lines: newLines(in)}
	line, whole, err := r.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("heading: read: %w", err)
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
		return nil, fmt.Errorf("heading: %w", wrong)
	}
	return r, nil
}

// Next reads a line, or says what is wrong with it; of a malformed one the row
// has what can be told of the unit. It ends with io.EOF.
func (r *Reader) Next() (row Row, wrong *FieldError, err error) {
	line, whole, err := r.next()
	if err != nil {
		return row, nil, err
	}
	if !whole {
		return row, tooLong, nil
	}
	row, wrong = r.parse(string(line))
	return row, wrong, nil
}

var tooLong = wrong("", "more than %d bytes", maxLine)
