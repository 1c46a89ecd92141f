package imports

import (
	"regexp"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// total is how a row of sums begins, note how a line below the table does.
var (
	total = regexp.MustCompile(
		`(?i)^(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|汇\s*总|总数|本页合计|(sub|grand)?[\s-]*totals?|sum)\s*[:：(（]?`,
	)
	note = regexp.MustCompile(
		`(?i)^[*※]?\s*(注|备\s*注|说\s*明|附注|提示|制\s*表|填\s*表|审\s*核|复\s*核|核\s*对|负责人|经办|以上|以下空白|打印|导出|日期|签\s*[名字]|notes?|remarks?|prepared|printed|checked|approved|exported|source|end of)`,
	)
	example = regexp.MustCompile(`(?i)^(示例|example )`)
	digit   = regexp.MustCompile(`[0-9]`)
)

// dataRows takes out what is no row of data: rows of sums, notes below the
// table, and headings that are repeated. All of it is told in remarks.
func dataRows(kind Kind, t table, records []rec) (data []rec, passed []Remark) {
	end := len(records)
	for end > 0 && !t.isData(kind, records[end-1]) {
		end--
	}
	for _, r := range records[:end] {
		switch {
		case len(headingsOf(r, nil, Mapping{}).missing(kind)) == 0:
			passed = append(passed, rowRemark(r, repeatedHeading))
		case len(r.filled()) > 0 && example.MatchString(r.filled()[0]):
			passed = append(passed, rowRemark(r, exampleRow))
		case t.isTotal(r):
			passed = append(passed, rowRemark(r, totalRow))
		default:
			data = append(data, r)
		}
	}
	for _, r := range records[end:] {
		passed = append(passed, rowRemark(r, totalOrNote))
	}
	return data, passed
}

func rowRemark(r rec, words trace.Text) Remark {
	m := remark(words, "text", shorten(strings.Join(r.filled(), " ")))
	m.Row = r.number
	return m
}

// isTotal tells a row of sums anywhere in the table.
func (t table) isTotal(r rec) bool {
	for i, c := range r.cells {
		if c.text() == "" {
			continue
		}
		return total.MatchString(c.text()) &&
			(i >= t.columns[fGTIN].index || !digit.MatchString(r.at(t.columns[fGTIN].index).text()))
	}
	return false
}

// isData tells a row of the table from the sums and notes below it. A row that
// has a barcode, or names a lot or goods without being a note, is data, however wrong.
func (t table) isData(kind Kind, r rec) bool {
	filled := r.filled()
	switch {
	case len(filled) == 0, t.isTotal(r):
		return false
	case digit.MatchString(r.at(t.columns[fGTIN].index).plain()) && !note.MatchString(filled[0]):
		return true
	case note.MatchString(filled[0]), len(filled) == 1:
		return false
	}
	return t.names(r, fGTIN) || kind != Products && (t.names(r, fLot) || t.names(r, fProducedOn)) ||
		kind == Products && t.names(r, fName)
}

func (t table) names(r rec, f field) bool {
	c, known := t.columns[f]
	return known && r.at(c.index).text() != ""
}
