package imports

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// layout is what a worksheet says beside its values: which cells are text,
// numbers, days or formulas without a result, what is hidden, what is merged.
// It is read from the worksheet's own XML, as a stream, because the library
// gives it only with the whole sheet unpacked in memory.
type layout struct {
	marks         map[int][]mark // by row, from 1
	hiddenRows    map[int]bool
	hiddenColumns map[int]bool
	merged        []string
}

// mark is what a worksheet says of a cell beside its value; truth, that it is
// true or false.
type mark struct {
	style int
	kind  kind
	truth bool
}

// xmlCell is the part of a cell (ECMA-376, 18.3.1.4) that tells what it holds.
type xmlCell struct {
	ref, kind               string
	style                   int
	formula, valued, filled bool
}

func readLayout(book *excelize.File, archive *zip.Reader, name string) (layout, error) {
	l := layout{marks: map[int][]mark{}, hiddenRows: map[int]bool{}, hiddenColumns: map[int]bool{}}
	file, err := archive.Open(sheetPart(archive, name))
	if err != nil {
		return l, err
	}
	defer func() { _ = file.Close() }()
	styles := map[int]kind{}
	d := xml.NewDecoder(io.LimitReader(file, maxUnzipped))
	row, column := 0, 0
	var cells tally
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		if err != nil {
			return l, err
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch element.Name.Local {
		case "col":
			l.column(element)
		case "row":
			row, column = number1(attr(element, "r"), row+1), 0
			if isHidden(element, "ht") {
				l.hiddenRows[row] = true
			}
		case "mergeCell":
			if l.merged = append(l.merged, attr(element, "ref")); len(l.merged) > MaxRows {
				return l, errTooLong
			}
		case "c":
			c, err := readCell(d, element)
			if err != nil {
				return l, err
			}
			switch column = columnOf(c.ref, column+1); {
			case column > maxColumns:
				return l, errTooWide
			case row > 4*MaxRows:
				return l, errTooLong
			}
			if err := cells.add(l.note(row, column, c.mark(book, styles))); err != nil {
				return l, err
			}
		}
	}
}

// readCell reads a cell to its end.
func readCell(d *xml.Decoder, cell xml.StartElement) (c xmlCell, err error) {
	c.ref, c.kind = attr(cell, "r"), attr(cell, "t")
	if s := attr(cell, "s"); s != "" {
		if c.style, err = strconv.Atoi(s); err != nil {
			return c, err
		}
	}
	inside := ""
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return c, err
		}
		switch x := token.(type) {
		case xml.StartElement:
			depth, inside = depth+1, x.Name.Local
			c.formula, c.valued = c.formula || inside == "f", c.valued || inside == "v"
		case xml.CharData:
			c.filled = c.filled || inside == "v" && len(x) > 0
		case xml.EndElement:
			depth, inside = depth-1, ""
		}
	}
	return c, nil
}

// note keeps what a cell is, and says by how many its row became wider.
func (l *layout) note(row, column int, m mark) (wider int) {
	marks := l.marks[row]
	before := len(marks)
	for len(marks) < column {
		marks = append(marks, mark{})
	}
	marks[column-1] = m
	l.marks[row] = marks
	return len(marks) - before
}

func (l *layout) column(e xml.StartElement) {
	if !isHidden(e, "width") {
		return
	}
	for i := number1(attr(e, "min"), 1); i <= min(number1(attr(e, "max"), 1), maxColumns); i++ {
		l.hiddenColumns[i-1] = true
	}
}

// isHidden also knows rows and columns that were drawn together until nothing was left.
func isHidden(e xml.StartElement, size string) bool {
	h := attr(e, "hidden")
	return h == "1" || h == "true" || attr(e, size) == "0"
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func number1(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return n
	}
	return otherwise
}

func columnOf(ref string, otherwise int) int {
	if c, _, err := excelize.CellNameToCoordinates(ref); err == nil {
		return c
	}
	return otherwise
}

func (c xmlCell) mark(book *excelize.File, styles map[int]kind) mark {
	m := mark{style: c.style, kind: text, truth: c.kind == "b"}
	switch {
	case c.kind == "e", c.formula && (!c.valued || c.kind != "str" && !c.filled):
		m.kind = failed
	case (c.kind == "" || c.kind == "n") && c.valued:
		known := false
		if m.kind, known = styles[c.style]; !known {
			m.kind = kindOfStyle(book, c.style)
			styles[c.style] = m.kind
		}
	}
	return m
}

func kindOfStyle(book *excelize.File, id int) kind {
	style, err := book.GetStyle(id)
	if err != nil || style == nil {
		return number
	}
	if style.CustomNumFmt != nil {
		return kindOfFormat(*style.CustomNumFmt)
	}
	return kindOfBuiltin(style.NumFmt)
}

// kindOfBuiltin knows the formats that have a number and no text (ECMA-376,
// 18.8.30), with those of Chinese programs.
func kindOfBuiltin(id int) kind {
	switch id {
	case 14, 15, 22, 30, 31:
		return day
	case 16, 17, 18, 19, 20, 21, 27, 28, 29, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58:
		return partOf
	}
	return number
}

// quotedFormat is what stands in a number format to be shown as it is.
var quotedFormat = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.|\*.|(?i:general|am/pm|a/p|上午/下午)`)

// kindOfFormat tells whether a number format shows days, and whether it shows
// all of a day: a program that was given only a month or a year has made up the rest.
func kindOfFormat(format string) kind {
	format, _, _ = strings.Cut(format, ";")
	bare := strings.ToLower(quotedFormat.ReplaceAllString(format, ""))
	year, month, date := strings.ContainsAny(bare, "ye"), strings.Contains(bare, "m"), strings.Contains(bare, "d")
	if strings.ContainsAny(bare, "0#?") && !strings.ContainsAny(bare, "ymdhs") {
		return number
	}
	switch {
	case year && month && date:
		return day
	case year || month || date || strings.ContainsAny(bare, "hs"):
		return partOf
	}
	return number
}

// cells joins what a row stores with what that is and what it shows.
func (l layout) cells(row int, stored []string, d *display) (cells []cell, err error) {
	cells = make([]cell, max(len(stored), len(l.marks[row])))
	for i := range cells {
		m := mark{kind: text}
		if i < len(l.marks[row]) {
			m = l.marks[row][i]
		}
		cells[i].kind = m.kind
		if i < len(stored) {
			cells[i].raw = stored[i]
			if cells[i].shown, err = d.of(m, stored[i]); err != nil {
				return nil, err
			}
		}
		if m.kind == failed && cells[i].shown == "" {
			cells[i].shown = "="
		}
	}
	return cells, nil
}

// fillMerged gives each cell of a merged area what the area shows, down its
// first column. The others are marked, for nobody can tell whose value it is.
func (l layout) fillMerged(s *sheet) error {
	var filled tally
	at := map[int]int{}
	for i, r := range s.records {
		at[r.number] = i
	}
	for _, ref := range l.merged {
		from, to, _ := strings.Cut(ref, ":")
		left, top, err1 := excelize.CellNameToCoordinates(from)
		right, bottom, err2 := excelize.CellNameToCoordinates(to)
		first, shown := at[top]
		if err1 != nil || err2 != nil || !shown || right > maxColumns || bottom > 4*MaxRows {
			continue
		}
		if err := filled.add((bottom - top + 1) * (right - left + 1)); err != nil {
			return err
		}
		value := s.records[first].at(left - 1)
		value.merged, value.across = int32(bottom-top+1), right > left
		for row := top; row <= bottom; row++ {
			if i, found := at[row]; found {
				s.records[i].cells = widened(s.records[i].cells, right)
				s.records[i].cells[left-1] = value
				for c := left; c < right; c++ {
					s.records[i].cells[c].across = true
				}
			}
		}
	}
	return nil
}

func widened(cells []cell, width int) []cell {
	for len(cells) < width {
		cells = append(cells, cell{kind: text})
	}
	return cells
}

// sheetPart gives the name of a sheet's file in the archive.
func sheetPart(archive *zip.Reader, name string) string {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if unmarshal(archive, "xl/workbook.xml", &book) != nil ||
		unmarshal(archive, "xl/_rels/workbook.xml.rels", &relations) != nil {
		return ""
	}
	for _, s := range book.Sheets {
		for _, r := range relations.All {
			if s.Name != name || r.ID != s.ID {
				continue
			}
			if absolute, found := strings.CutPrefix(r.Target, "/"); found {
				return absolute
			}
			return path.Join("xl", r.Target)
		}
	}
	return ""
}

func unmarshal(archive *zip.Reader, part string, into any) error {
	file, err := archive.Open(part)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	return xml.NewDecoder(io.LimitReader(file, maxXML)).Decode(into)
}
