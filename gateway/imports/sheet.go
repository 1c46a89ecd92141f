package imports

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// sheet is a file as rows of cells, as far down as anything stands in it.
// trimmed says that empty cells at the end of a row are left out, as in
// worksheets. span gives the area of merged cells that a cell is in, across
// more than one column.
type sheet struct {
	name     string
	records  []rec
	trimmed  bool
	date1904 bool
	hidden   map[int]bool // columns that are not shown, from 0
	remarks  []Remark
}

// rec is one row with its number in the file.
type rec struct {
	number int
	cells  []cell
}

// kind says what a cell holds, as far as the file says.
type kind byte

const (
	written kind = iota // text of a CSV, which may have been anything
	text                // text of a worksheet
	number              // a number of a worksheet
	day                 // a number that is shown as a date with year, month and day
	partOf              // a number that is shown as a part of a date, such as 2-Oct
	failed              // a formula that has no result
)

// cell is what a cell shows and, for numbers of a worksheet, how it is stored.
// merged is how many rows it was merged over; across, over several columns.
type cell struct {
	shown, raw string
	merged     int32
	kind       kind
	across     bool
}

func (r rec) blank() bool {
	for _, c := range r.cells {
		if c.text() != "" {
			return false
		}
	}
	return true
}

// filled gives what stands in the cells that are not empty.
func (r rec) filled() (all []string) {
	for _, c := range r.cells {
		if s := c.text(); s != "" {
			all = append(all, s)
		}
	}
	return all
}

func (r rec) at(i int) cell {
	if i >= len(r.cells) {
		return cell{}
	}
	return r.cells[i]
}

// text gives what the cell shows without the blanks around it, including those that cannot be seen.
func (c cell) text() string {
	return strings.TrimFunc(c.shown, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
}

// plain is text with full-width characters, which Chinese input methods type,
// made plain, and without marks that cannot be seen anywhere in it.
func (c cell) plain() string {
	visible := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, c.shown)
	return strings.TrimSpace(norm.NFKC.String(visible))
}

// readSheet reads the sheet that is meant: wanted judges how many headings of ours a row holds.
func readSheet(file []byte, wanted func([]cell) int) (sheet, error) {
	if what := foreign(file); what != nil {
		return sheet{}, what
	}
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		return readWorkbook(file, wanted)
	}
	text, err := decode(file)
	if err != nil {
		return sheet{}, err
	}
	records, err := readCSV(text, wanted)
	return sheet{records: records}, err
}
