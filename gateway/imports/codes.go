package imports

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// gtin reads a barcode number and gives its 14-digit form, or "".
func (l *line) gtin() string {
	c, ok := l.cell(fGTIN)
	if !ok {
		return ""
	}
	s := strings.Join(strings.Fields(strings.TrimPrefix(c.plain(), "'")), "")
	lost := refuse(trace.SpreadsheetNumber, "gtin", "lost_digits", "value", trace.Beginning(20, s))
	exact, whole := wholeNumber(s)
	stored, err := strconv.ParseFloat(c.raw, 64)
	switch {
	case c.kind == day || c.kind == partOf:
		l.blame(fGTIN, lost, nil)
		return ""
	case c.kind == number && err == nil && stored == float64(int64(stored)) && stored < 1e15:
		if !plainNumber.MatchString(s) { // otherwise what is shown may have the zeros that a number has not
			s = strconv.FormatInt(int64(stored), 10)
		}
	case whole && javaNumber.MatchString(s) && len(strings.TrimRight(strconv.FormatInt(exact, 10), "0")) >= 10,
		whole && fraction.MatchString(s):
		s = strconv.FormatInt(exact, 10)
	case scientific.MatchString(s) || c.kind == number:
		l.blame(fGTIN, lost, nil)
		return ""
	}
	g, e := trace.ParseGTIN(s)
	if e != nil {
		if c.kind == number && strings.HasSuffix(s, "00000") {
			e = lost
		}
		l.check(e)
		return ""
	}
	return g
}

var (
	lotNumber = regexp.MustCompile(`^[0-9]+(?:[.,][0-9]+)?[eE][+-][0-9]+$|^[0-9][.][0-9]+[eE][0-9]+$`)
	// lotDay is text that a spreadsheet would make a day of, or has.
	lotDay = regexp.MustCompile(
		`(?i)^[0-9]{1,4}[-/][0-9]{1,2}([-/][0-9]{1,4})?$|^[0-9]{1,4}[.][0-9]{1,2}[.][0-9]{1,4}$|^([0-9]{1,2}-)?(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*-[0-9]{1,4}$|^[0-9]{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*$`,
	)
	cutOff    = regexp.MustCompile(`^[0-9]{15}0+$`)
	quoteText = regexp.MustCompile(`^'[0-9]+$`)
)

// serial reads a serial as the sheet shows it.
func (l *line) serial() string {
	c, ok := l.cell(fSerial)
	if !ok {
		return ""
	}
	s := c.text()
	stored, _ := strconv.ParseFloat(c.raw, 64)
	spoilt := refuse(trace.FieldInvalid, "serial", "serial_changed")
	switch {
	case c.kind == day || c.kind == partOf:
		l.blame(fSerial, spoilt, &fixes.becameDay)
		return ""
	case c.kind == number && stored >= 1e15,
		c.kind == written && cutOff.MatchString(s),
		lotNumber.MatchString(c.plain()),
		c.kind == number && scientific.MatchString(c.plain()):
		l.blame(fSerial, spoilt, &fixes.asText)
		return ""
	case quoteText.MatchString(s):
		s = s[1:]
	}
	if gs1.ValidateSerial(s) != nil || s == "." || s == ".." {
		l.blame(
			fSerial,
			refuse(trace.FieldInvalid, "serial", "no_serial", "serial", trace.Quoted(40, s)),
			&fixes.noSerial,
		)
	}
	return s
}

// lot reads a lot as the sheet shows it.
func (l *line) lot() string {
	c, ok := l.cell(fLot)
	if !ok {
		return ""
	}
	s := c.text()
	bad := func(fix *trace.Text) string {
		l.blame(fLot, refuse(trace.LotInvalid, "lot", "lot_changed"), fix)
		return ""
	}
	stored, _ := strconv.ParseFloat(c.raw, 64)
	switch {
	case c.kind == day || c.kind == partOf:
		return bad(&fixes.becameDay)
	case c.kind == number && stored >= 1e15,
		c.kind == written && cutOff.MatchString(s),
		lotNumber.MatchString(c.plain()),
		c.kind == number && scientific.MatchString(c.plain()):
		return bad(&fixes.asText)
	case c.kind == number && stored >= 1e11:
		l.remarkOn(fLot, longNumber, "value", s)
	case quoteText.MatchString(s):
		s = s[1:]
	case lotDay.MatchString(s):
		l.remarkOn(fLot, lotLooksLikeDay, "value", s)
	}
	l.check(trace.CheckLot(s))
	return s
}
