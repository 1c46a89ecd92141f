package imports

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// writtenDay is a day with all four digits of its year first, and perhaps a
// time behind it, in no zone or in ours. Other orders cannot be told apart.
var writtenDay = regexp.MustCompile(
	`^([0-9]{4})(?: ?([-/.]) ?([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2})|年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]|([0-9]{2})([0-9]{2}))` +
		`(?: ?(?:星期|周)[一二三四五六日天])?(?:(?:[T ]|$) ?(?:上午|下午)? ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?(?: ?[AaPp][Mm])?(?:[+]08:?00)?)?$`,
)

// date reads a day, "" where the cell is empty.
func (l *line) date(f field) trace.Date {
	c, ok := l.cell(f)
	if !ok || c.text() == "" {
		return ""
	}
	d, err, fix := l.dayOf(c, f)
	if err != nil {
		l.blame(f, err, fix)
		return ""
	}
	return d
}

func (l *line) dayOf(c cell, f field) (trace.Date, *trace.Error, *trace.Text) {
	unsure := trace.Refuse(trace.DateInvalid, string(f), "no_date", "value", trace.Quoted(20, c.text()))
	if c.kind == partOf {
		return "", unsure, &fixes.partOfDay
	}
	if c.kind == day || c.kind == number {
		if d, ok := serialDay(c, l.sheet.date1904); ok {
			return inRange(d, f, unsure)
		}
	}
	s := strings.Join(strings.Fields(strings.TrimPrefix(c.plain(), "'")), " ")
	if c.kind == number {
		s = c.raw
	}
	if n, ok := wholeNumber(s); ok && len(s) != 8 {
		s = strconv.FormatInt(n, 10)
	}
	m := writtenDay.FindStringSubmatch(s)
	if m == nil || m[2] != m[4] {
		return "", unsure, nil
	}
	d := m[1] + "-" + twoDigits(m[3]+m[6]+m[8]) + "-" + twoDigits(m[5]+m[7]+m[9])
	t, err := time.Parse(time.DateOnly, d)
	if err != nil || !rightWeekday(s, t) {
		return "", unsure, &fixes.noSuchDay
	}
	return inRange(trace.Date(d), f, unsure)
}

// serialDay reads the number by which a worksheet stores a day. A number that
// is not shown as a day must be one of our years.
func serialDay(c cell, date1904 bool) (trace.Date, bool) {
	n, err := strconv.ParseFloat(c.raw, 64)
	if err != nil || n < 1 || n >= 3_000_000 {
		return "", false
	}
	t, err := excelize.ExcelDateToTime(n, date1904)
	if err != nil || c.kind != day && (t.Year() < 2000 || t.Year() > 2100) {
		return "", false
	}
	return trace.Date(t.Format(time.DateOnly)), true
}

func inRange(d trace.Date, f field, unsure *trace.Error) (trace.Date, *trace.Error, *trace.Text) {
	if err := d.Check(string(f)); err != nil {
		return "", unsure, &fixes.yearOut
	}
	return d, nil, nil
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// rightWeekday holds a weekday that stands behind a day against the day.
func rightWeekday(s string, t time.Time) bool {
	for i, w := range []string{"日", "一", "二", "三", "四", "五", "六"} {
		for _, name := range []string{"星期" + w, "周" + w} {
			if strings.Contains(s, name) && int(t.Weekday()) != i {
				return false
			}
		}
	}
	return !strings.Contains(s, "天") || t.Weekday() == time.Sunday
}
