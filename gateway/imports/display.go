package imports

import (
	"cmp"
	"crypto/rand"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// maxWork bounds the work of showing a file's numbers, in characters of their
// formats: more than a hundred thousand different days, of which a century has 36,525.
const maxWork = 2_000_000

var errTooVaried = refuse(trace.FieldInvalid, "file",
	"formats")

// display says what cells show. The library shows a number by its format anew
// for each cell, which takes it a thousand times as long as to read the cell; so
// it is asked once for each number and format, and not at all where a number is
// shown as it is stored.
type display struct {
	book    *excelize.File
	sheet   string // a sheet of our own, whose first cell shows one value after the other
	styled  int    // that cell's style
	formats map[int]string
	shown   map[styled]string
	work    int
}

type styled struct {
	style int
	value string
}

func newDisplay(book *excelize.File) (*display, error) {
	name := "display"
	for slices.ContainsFunc(book.GetSheetList(), func(other string) bool { return strings.EqualFold(name, other) }) {
		name = rand.Text()
	}
	_, err := book.NewSheet(name)
	return &display{book: book, sheet: name, formats: map[int]string{}, shown: map[styled]string{}}, err
}

// Numbers that are shown as they are stored: by General, in a cell with a style
// too, those of eleven digits at most with no zero before or behind them; by the format 0
// whole ones.
var (
	plainly = regexp.MustCompile(`^(?:0|[1-9][0-9]{0,10}|(?:0|[1-9][0-9]{0,4})[.][0-9]{0,4}[1-9])$`)
	wholly  = regexp.MustCompile(`^(?:0|[1-9][0-9]{0,14})$`)
)

// of gives what a cell shows that stores a value.
func (d *display) of(m mark, stored string) (string, error) {
	format := d.format(m.style)
	asStored := false
	switch {
	case m.truth:
		return map[string]string{"1": "TRUE", "0": "FALSE"}[stored], nil
	case m.kind == text: // a format has a part for text, or says nothing of it
		asStored = format == "@" || !strings.Contains(format, "@") && strings.Count(format, ";") < 3
	case format == "":
		asStored = plainly.MatchString(stored)
	case format == "0":
		asStored = wholly.MatchString(stored)
	}
	if stored == "" || m.kind == failed || asStored {
		return stored, nil
	}
	return d.ask(styled{m.style, stored}, len(format))
}

func (d *display) ask(c styled, length int) (string, error) {
	if shown, known := d.shown[c]; known {
		return shown, nil
	}
	const least = 8
	if d.work += least + length; d.work > maxWork {
		return "", errTooVaried
	}
	if c.style != d.styled {
		if err := d.book.SetCellStyle(d.sheet, "A1", "A1", c.style); err != nil {
			return c.value, nil //nolint:nilerr // there is no such style: the value is shown as it is
		}
		d.styled = c.style
	}
	if err := d.book.SetCellDefault(d.sheet, "A1", c.value); err != nil {
		return "", err
	}
	shown, err := d.book.GetCellValue(d.sheet, "A1")
	d.shown[c] = shown
	return shown, err
}

// format gives a style's number format; "" is General.
func (d *display) format(style int) string {
	if format, known := d.formats[style]; known {
		return format
	}
	format := ""
	if s, err := d.book.GetStyle(style); err == nil && s != nil {
		switch {
		case s.CustomNumFmt != nil:
			format = *s.CustomNumFmt
		case s.NumFmt != 0:
			format = cmp.Or(builtin[s.NumFmt], "yyyy/m/d hh:mm") // none of the others is longer, or has a part for text
		}
	}
	d.formats[style] = format
	return format
}

// builtin are the number formats with a number and no text (ECMA-376, 18.8.30)
// that are common, or have a part for text.
var builtin = map[int]string{1: "0", 41: accounting, 42: accounting, 43: accounting, 44: accounting, 49: "@"}

const accounting = `_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`
