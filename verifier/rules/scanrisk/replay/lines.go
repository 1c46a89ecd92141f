package replay

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

const maxLine = 64 << 10 // bytes

// lines reads lines of any length, of which it keeps maxLine bytes.
type lines struct{ in *bufio.Reader }

func newLines(in io.Reader) lines { return lines{bufio.NewReaderSize(in, maxLine)} }

// next gives a line without its end, valid until the next call, and whether it
// is whole. It ends with io.EOF.
func (l lines) next() (line []byte, whole bool, err error) {
	line, err = l.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return nil, false, l.skip()
	}
	if errors.Is(err, io.EOF) && len(line) > 0 {
		err = nil
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r")), true, err
}

// skip reads on to the end of the line.
func (l lines) skip() error {
	for {
		_, err := l.in.ReadSlice('\n')
		if err == nil || errors.Is(err, io.EOF) {
			return nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}
