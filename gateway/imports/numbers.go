package imports

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

var (
	plainNumber = regexp.MustCompile(`^[0-9]+$`)
	grouped     = regexp.MustCompile(`^[0-9]{1,3}([, ])[0-9]{3}(?:[, ][0-9]{3})*$`)
	fraction    = regexp.MustCompile(`[.]00?$`)
	// javaNumber is how Java and JavaScript write large numbers, with all the digits that they have.
	javaNumber = regexp.MustCompile(`^([0-9])(?:[.]([0-9]+))?[eE]([0-9]{1,2})$`)
	// scientific is how spreadsheets show numbers that are too long for them.
	scientific = regexp.MustCompile(`^[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+$`)
	valueUnit  = regexp.MustCompile(`^([0-9][0-9,. ]*?(?:[eE][0-9]+)?) ?([^0-9,. ].*)?$`)
)

// wholeNumber reads a number whose value is sure: plain digits, groups of
// exactly three, or a whole number as programs write it (24.0, 2.0261002E7).
// Signs, a comma as decimal point and exponents that cut off digits are not.
func wholeNumber(s string) (int64, bool) {
	if m := javaNumber.FindStringSubmatch(s); m != nil {
		exponent, _ := strconv.Atoi(m[3])
		digits := strings.TrimRight(m[2], "0")
		if exponent > 15 || len(digits) > exponent {
			return 0, false
		}
		s = m[1] + digits + strings.Repeat("0", exponent-len(digits))
	}
	s = fraction.ReplaceAllString(s, "")
	if m := grouped.FindStringSubmatch(s); m != nil &&
		strings.Count(s, m[1]) == strings.Count(s, ",")+strings.Count(s, " ") {
		s = strings.ReplaceAll(s, m[1], "")
	}
	if !plainNumber.MatchString(s) || len(s) > 15 {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}

// unit is what a number counts.
type unit int

const (
	noUnit   unit = iota
	oneUnit       // single units, such as bottles
	packUnit      // what holds or multiplies units: boxes, dozens, ten thousands
	days
	weeks
	months
	years
)

var units = map[unit][]string{
	oneUnit: {
		"件",
		"个",
		"個",
		"瓶",
		"盒",
		"支",
		"袋",
		"罐",
		"包",
		"只",
		"条",
		"双",
		"套",
		"台",
		"片",
		"枚",
		"份",
		"块",
		"张",
		"本",
		"把",
		"桶",
		"管",
		"粒",
		"pcs",
		"pc",
		"piece",
		"pieces",
		"unit",
		"units",
		"ea",
		"each",
		"bottle",
		"bottles",
	},
	packUnit: {
		"箱",
		"托",
		"托盘",
		"打",
		"组",
		"批",
		"十",
		"百",
		"千",
		"万",
		"万件",
		"千件",
		"百件",
		"万个",
		"千个",
		"万瓶",
		"吨",
		"公斤",
		"千克",
		"克",
		"斤",
		"kg",
		"g",
		"t",
		"carton",
		"cartons",
		"case",
		"cases",
		"box",
		"boxes",
		"pallet",
		"pallets",
		"dozen",
		"dozens",
		"k",
		"thousand",
		"thousands",
	},
	days:   {"天", "日", "d", "day", "days"},
	weeks:  {"周", "星期", "week", "weeks"},
	months: {"月", "个月", "個月", "月数", "mo", "month", "months"},
	years:  {"年", "y", "yr", "yrs", "year", "years"},
}

func unitWord(s string) unit {
	for u, words := range units {
		for _, w := range words {
			if w == s {
				return u
			}
		}
	}
	return noUnit
}

// counted reads a number with the unit behind it.
func counted(s string) (n int64, word string, ok bool) {
	m := valueUnit.FindStringSubmatch(strings.TrimPrefix(s, "'"))
	if m == nil {
		return 0, "", false
	}
	n, ok = wholeNumber(strings.TrimSpace(m[1]))
	return n, strings.ToLower(strings.Trim(m[2], " .")), ok
}

// numberOf reads a cell's number. A worksheet's number is what is stored, and
// what is shown must not say something else.
func (c cell) numberOf() (n int64, word string, ok bool) {
	shown := strings.Join(strings.Fields(c.plain()), " ")
	if c.kind != number {
		return counted(shown)
	}
	f, err := strconv.ParseFloat(c.raw, 64)
	if err != nil || math.Abs(f-math.Round(f)) > 1e-6 || math.Abs(f) >= 1e15 {
		return 0, "", false
	}
	n = int64(math.Round(f))
	if seen, word, ok := counted(shown); ok {
		return n, word, seen == n
	}
	return n, "", true
}

// quantity reads a number of single units.
func (l *line) quantity() int64 {
	c, ok := l.cell(fQuantity)
	if !ok {
		return 0
	}
	invalid := refuse(trace.QuantityInvalid, string(fQuantity), "whole_units", "most", trace.MaxIndex)
	n, word, ok := c.numberOf()
	switch {
	case c.kind == day || c.kind == partOf:
		l.blame(fQuantity, invalid, &fixes.quantityDay)
	case c.merged > 1:
		l.blame(fQuantity, invalid, &fixes.mergedQuantity)
	case ok && word != "" && unitWord(word) != oneUnit:
		l.blame(fQuantity, invalid, &fixes.unknownUnit)
	case !ok || n < 1 || n > trace.MaxIndex:
		l.blame(fQuantity, invalid, nil)
	default:
		return n
	}
	return 0
}

// daysOf is the rule for shelf lives in other units than days: a year has 365
// days and twelve months; a part of a day does not count.
func daysOf(n int64, u unit) int64 {
	return map[unit]int64{days: n, weeks: 7 * n, months: n * 365 / 12, years: 365 * n}[u]
}

// shelfLife reads a number of days, 0 where the cell is empty. A number without
// a unit has that of the heading.
func (l *line) shelfLife() int {
	c, ok := l.cell(fShelfLife)
	if !ok || c.text() == "" {
		return 0
	}
	heading := l.table.columns[fShelfLife].unit
	n, word, ok := c.numberOf()
	if word == "" {
		word = heading
	}
	u := unitWord(word)
	if word == "" {
		u = days
	}
	whole := daysOf(min(n, 1_000_000), u)
	if !ok || c.kind == day || c.kind == partOf || u < days || whole < 1 || whole > trace.MaxShelfLifeDays {
		l.blame(fShelfLife, refuse(trace.ShelfLife, string(fShelfLife), "whole_days"), nil)
		return 0
	}
	switch {
	case u != days:
		l.remarkOn(fShelfLife, shelfLifeRule, "value", shorten(c.text()), "days", strconv.FormatInt(whole, 10))
	case word == "" && n < 60:
		l.remarkOn(fShelfLife, readAsDays, "value", shorten(c.text()), "days", strconv.FormatInt(whole, 10))
	}
	return int(whole)
}
