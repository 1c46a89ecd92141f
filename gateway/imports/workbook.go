package imports

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// readWorkbook reads the sheet that its user saw: the active one, or else the
// first visible one that holds headings of ours. Hidden ones are passed over.
func readWorkbook(file []byte, wanted func([]cell) int) (sheet, error) {
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return sheet{}, errWorkbook
	}
	if err := checkArchive(archive); err != nil {
		return sheet{}, err
	}
	book, err := excelize.OpenReader(
		bytes.NewReader(file),
		excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxXML,
			ShortDatePattern: "yyyy/m/d"},
	) // as Chinese programs show it
	if err != nil {
		return sheet{}, errWorkbook
	}
	defer func() { _ = book.Close() }()
	if err := checkFormats(book); err != nil {
		return sheet{}, err
	}
	names, remarks := visibleSheets(book)
	shows, err := newDisplay(book)
	if err != nil {
		return sheet{}, errWorkbook
	}
	var first sheet
	for i, name := range names[:min(maxSheets, len(names))] {
		s, err := readWorksheet(book, archive, name, shows)
		if err != nil {
			return sheet{}, err
		}
		if i == 0 {
			first = s
		}
		if headings := bestHeading(s, wanted); headings >= 2 {
			s.remarks = append(append(remarks, notRead(names, name)...), s.remarks...)
			return s, nil
		}
	}
	first.remarks = append(remarks, first.remarks...)
	return first, nil
}

var errWorkbook = refuse(FileUnreadable, "file", "workbook")

// visibleSheets gives the sheets that are shown, the active one first, and a remark on those that are not.
func visibleSheets(book *excelize.File) (names []string, remarks []Remark) {
	var hidden []string
	for _, name := range book.GetSheetList() {
		if shown, err := book.GetSheetVisible(name); err == nil && !shown {
			hidden = append(hidden, name)
			continue
		}
		names = append(names, name)
	}
	if active := book.GetSheetName(book.GetActiveSheetIndex()); slices.Contains(names, active) {
		names = append([]string{active}, slices.DeleteFunc(names, func(n string) bool { return n == active })...)
	}
	if len(hidden) > 0 {
		remarks = append(remarks, remark(hiddenSheets, "names", listed(hidden)))
	}
	return names, remarks
}

func notRead(names []string, read string) []Remark {
	others := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == read })
	if len(others) == 0 {
		return nil
	}
	return []Remark{remark(otherSheets, "name", read, "names", listed(others))}
}

func bestHeading(s sheet, wanted func([]cell) int) (most int) {
	for _, r := range s.records[:min(headingRows, len(s.records))] {
		most = max(most, wanted(r.cells))
	}
	return most
}

// readWorksheet reads each cell as it is shown and as it is stored. What a
// number means, a day above all, its style says.
func readWorksheet(book *excelize.File, archive *zip.Reader, name string, shows *display) (sheet, error) {
	unreadable := refuse(FileUnreadable, "file", "sheet", "sheet", trace.Quoted(40, name))
	form, err := readLayout(book, archive, name)
	if trace.CodeOf(err) != "" {
		return sheet{}, err
	}
	if err != nil {
		return sheet{}, unreadable
	}
	raw, err := book.Rows(name)
	if err != nil {
		return sheet{name: name}, nil // a chart
	}
	defer func() { _ = raw.Close() }()
	s := sheet{name: name, trimmed: true, hidden: form.hiddenColumns}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		s.date1904 = *props.Date1904
	}
	var hidden []int
	for number := 1; raw.Next(); number++ {
		stored, err := raw.Columns(excelize.Options{RawCellValue: true})
		if err != nil || len(stored) > maxColumns || number > 4*MaxRows {
			return sheet{}, tooLong(number, unreadable)
		}
		cells, err := form.cells(number, stored, shows)
		if err != nil {
			return sheet{}, err
		}
		r := rec{number, cells}
		switch {
		case r.blank():
			continue
		case form.hiddenRows[number]:
			hidden = append(hidden, number)
			continue
		}
		if s.records = append(s.records, r); len(s.records) > MaxRows+headingRows+1 {
			return sheet{}, errTooLong
		}
	}
	if err := form.fillMerged(&s); err != nil {
		return sheet{}, err
	}
	if len(hidden) > 0 {
		s.remarks = append(s.remarks, remark(hiddenRows, "rows", spans(hidden)))
	}
	return s, nil
}

func tooLong(number int, otherwise error) error {
	if number > 4*MaxRows {
		return errTooLong
	}
	return otherwise
}

// failures are the results of formulas that failed, as Excel, WPS and
// LibreOffice write them in the languages they come in.
var failures = []string{
	"#N/A",
	"#REF!",
	"#VALUE!",
	"#DIV/0!",
	"#NAME?",
	"#NULL!",
	"#NUM!",
	"#SPILL!",
	"#CALC!",
	"#GETTING_DATA",
	"#FIELD!",
	"#BLOCKED!",
	"#UNKNOWN!",
	"#CONNECT!",
	"#BUSY!",
	"#EXTERNAL!",
	"#PYTHON!",
	"#TIMEOUT!",
	"#NV",
	"#BEZUG!",
	"#WERT!",
	"#ÜBERLAUF!",
	"#ZAHL!",
	"#N/D",
	"#VALEUR!",
	"#NOMBRE!",
	"#NOM?",
	"#REF",
	"#VALUE",
	"#DIV/0",
	"#NAME",
}

// hasFailed tells a cell whose formula has no result, or whose column was too narrow to show it.
func (c cell) hasFailed() bool {
	s := strings.ToUpper(c.plain())
	return c.kind == failed || slices.Contains(failures, s) || len(s) >= 2 && strings.Trim(s, "#") == "" ||
		strings.HasPrefix(s, "ERR:5") && len(s) == 7
}
