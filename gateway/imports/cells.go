package imports

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// cells is one row, by field.
type cells struct {
	columns columns
	values  []string
	numeric bool
}

// text gives a cell without the blanks around it, including those that cannot be seen.
func (c cells) text(f field) string {
	i, ok := c.columns[f]
	if !ok || i >= len(c.values) {
		return ""
	}
	return strings.TrimFunc(c.values[i], func(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' })
}

// plain is text with full-width characters, which Chinese input methods type,
// made plain, and without the blanks and the apostrophe that spreadsheets add
// to numbers.
func (c cells) plain(f field) string {
	s := strings.TrimPrefix(norm.NFKC.String(c.text(f)), "'")
	return strings.Join(strings.Fields(s), "")
}

var scientific = regexp.MustCompile(`^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$`)

// gtin gives the 14-digit form. A worksheet's numbers have all their digits; in
// a CSV the program has rounded them away.
func (c cells) gtin() (string, error) {
	s := c.plain(fGTIN)
	if scientific.MatchString(s) || strings.HasSuffix(s, ".0") {
		n, err := strconv.ParseFloat(s, 64)
		if !c.numeric || err != nil || n != float64(int64(n)) || n >= 1e15 {
			return "", trace.Errorf(trace.SpreadsheetNumber, "gtin", "%.20s is a number that lost its digits: set the column to text and enter the barcode again", s)
		}
		s = strconv.FormatInt(int64(n), 10)
	}
	return trace.ParseGTIN(s)
}

// days gives a shelf life, 0 where the cell is empty.
func (c cells) days() (int, error) {
	s := strings.TrimRight(strings.ToLower(c.plain(fShelfLife)), "天日days")
	if c.plain(fShelfLife) == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0, trace.Errorf(trace.ShelfLife, string(fShelfLife), "write a whole number of days, like 540, or leave it empty")
	}
	return n, nil
}

// count gives a quantity; "20,000" is a usual way to write one.
func (c cells) count() (int64, error) {
	n, err := strconv.ParseInt(strings.ReplaceAll(c.plain(fQuantity), ",", ""), 10, 64)
	if err != nil || n < 1 || n > trace.MaxIndex {
		return 0, trace.Errorf(trace.QuantityInvalid, string(fQuantity), "write a whole number of units from 1 to %d", trace.MaxIndex)
	}
	return n, nil
}

var yes = map[string]bool{"是": true, "需": true, "需要": true, "有": true, "yes": true, "y": true, "true": true, "1": true,
	"否": false, "不需": false, "不需要": false, "无": false, "no": false, "n": false, "false": false, "0": false, "": false}

func (c cells) flag(f field) (bool, error) {
	v, known := yes[strings.ToLower(c.plain(f))]
	if !known {
		return false, trace.Errorf(trace.FieldInvalid, string(f), "write 是 or 否 (yes or no)")
	}
	return v, nil
}

var dateForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102", "2006-1-215:04:05", "2006/1/20:00:00"}

// date gives a day, "" where the cell is empty. Worksheets store days as numbers.
func (c cells) date(f field) (trace.Date, error) {
	s := c.plain(f)
	if s == "" {
		return "", nil
	}
	for _, form := range dateForms {
		if t, err := time.Parse(form, s); err == nil {
			return trace.Date(t.Format("2006-01-02")), nil
		}
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && c.numeric && n >= 1 && n < 100_000 {
		if t, err := excelize.ExcelDateToTime(n, false); err == nil {
			return trace.Date(t.Format("2006-01-02")), nil
		}
	}
	return "", trace.Errorf(trace.DateInvalid, string(f), "%.20q is not a date; write it as 2026-10-02", s)
}
