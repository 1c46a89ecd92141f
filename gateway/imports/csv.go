package imports

import (
	"strings"
)

// readCSV reads records and numbers them as a spreadsheet would show them:
// blank lines count, line breaks within quotes do not.
//
// It is our own because encoding/csv either refuses a file for one stray
// quotation mark or, lazily, lets a cell that begins with one swallow the rows
// behind it without an error.
func readCSV(text string, wanted func([]cell) int) ([]rec, error) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	c := csv{rest: text, separator: separator(text, wanted)}
	if declared, after, found := strings.Cut(text, "\n"); found && declaration(declared) != 0 {
		c.rest, c.number = after, 1
	}
	var records []rec
	var cells tally
	for c.rest != "" {
		r := c.record()
		if len(r.cells) > maxColumns {
			return nil, errTooWide
		}
		c.width = max(c.width, len(r.cells))
		if r.blank() {
			continue
		}
		if err := cells.add(len(r.cells)); err != nil {
			return nil, err
		}
		if records = append(records, r); len(records) > MaxRows+headingRows+1 {
			return nil, errTooLong
		}
	}
	return records, nil
}

// csv is a file while it is read. width is that of the widest row so far.
type csv struct {
	rest          string
	separator     byte
	number, width int
}

// record cuts the next row. Of one that is wider than may be the rest is passed
// over, and empty cells behind the widest column do not count.
func (c *csv) record() rec {
	c.number++
	r := rec{number: c.number}
	for {
		if len(r.cells) == maxColumns {
			c.rest = strings.TrimLeft(c.rest, string(c.separator))
		}
		value, more := c.field(r)
		if len(r.cells) < maxColumns || value != "" {
			r.cells = append(r.cells, cell{shown: value})
		}
		if more && len(r.cells) > maxColumns {
			more = c.advance(len(c.rest) - len(strings.TrimLeftFunc(c.rest, func(r rune) bool { return r != '\n' })))
		}
		if !more {
			return r
		}
	}
}

// field cuts the next cell and tells whether another one follows in its row.
func (c *csv) field(before rec) (value string, more bool) {
	if strings.HasPrefix(c.rest, `"`) {
		if value, end, ok := quoted(c.rest, c.separator); ok && !c.swallows(before, value, end) {
			return value, c.advance(end)
		}
	}
	end := strings.IndexAny(c.rest, string(c.separator)+"\n")
	if end < 0 {
		end = len(c.rest)
	}
	value = c.rest[:end]
	return value, c.advance(end)
}

func (c *csv) advance(end int) (more bool) {
	more = end < len(c.rest) && c.rest[end] == c.separator
	c.rest = c.rest[min(end+1, len(c.rest)):]
	return more
}

// quoted reads a cell in quotation marks. It is none where something other
// than the separator or the end of the row follows the closing mark: then the
// mark was part of the text.
func quoted(s string, separator byte) (value string, end int, ok bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			b.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		end = i + 1 + len(s[i+1:]) - len(strings.TrimLeft(s[i+1:], " "))
		return b.String(), end, end == len(s) || s[end] == '\n' || s[end] == separator
	}
	return "", 0, false
}

// swallows tells a mark that opens by mistake and is closed rows later: read
// without it, every line that the cell covers is a whole row.
func (c *csv) swallows(before rec, value string, end int) bool {
	if !strings.Contains(value, "\n") || c.width < 2 {
		return false
	}
	line := c.rest
	if after := strings.IndexByte(c.rest[end:], '\n'); after >= 0 {
		line = c.rest[:end+after]
	}
	for i, l := range strings.Split(line, "\n") {
		columns := strings.Count(l, string(c.separator)) + 1
		if i == 0 {
			columns += len(before.cells)
		}
		if columns != c.width {
			return false
		}
	}
	return true
}

// declaration reads Excel's own "sep=;" in the first line, 0 where there is none.
func declaration(line string) byte {
	line = strings.ToLower(strings.Trim(strings.TrimSpace(line), `"`))
	if s, found := strings.CutPrefix(line, "sep="); found && len(s) == 1 {
		return s[0]
	}
	return 0
}

// headingLength is as much of a line as is looked at for headings, in bytes.
const headingLength = 64 << 10

// separator is the one by which a row among the first has most headings that
// we know; where none has, the one that the first line has most of.
func separator(text string, wanted func([]cell) int) byte {
	lines := strings.SplitN(strings.TrimLeft(text, "\n"), "\n", headingRows+1)
	if s := declaration(lines[0]); s != 0 {
		return s
	}
	best, most := byte(','), 0
	for _, s := range []byte(",;\t|") {
		for i, line := range lines {
			if i == headingRows {
				break
			}
			one := csv{rest: line[:min(len(line), headingLength)], separator: s}
			if n := wanted(one.record().cells) * 1000; n > most {
				best, most = s, n
			}
			if n := strings.Count(line, string(s)); i == 0 && n > most {
				best, most = s, n
			}
		}
	}
	return best
}
