package label

import (
	"errors"
	"maps"
	"net/url"
	"regexp"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// values are the values of application identifiers in one reading; the first
// one counts where one is given twice.
type values map[string]string

// maxReadings bounds what a text can mean; each reading costs a check of its tag.
const maxReadings = 8

// maxSteps bounds the search for readings.
const maxSteps = 400

var (
	alphabet = regexp.MustCompile(`^[0-9A-TV-Za-tv-z]{20}`)
	// runOn is a whole serial with something behind it that no serial holds: the
	// full stop of a sentence, a parameter of a web server.
	runOn = regexp.MustCompile(`^([0-9A-TV-Za-tv-z]{20})[^0-9A-Za-z]`)
	dated = regexp.MustCompile(`^1[1-7][0-9]{6}`)
	keyed = regexp.MustCompile(`^(10|21|1[1-7][0-9]{6}|01[0-9]{14})`)
)

// unit gives the unit that a reading names, where it names a whole one.
func (v values) unit() (Reading, bool) {
	gtin, err := gs1.ParseGTIN(v["01"])
	serial := v["21"]
	if m := runOn.FindStringSubmatch(serial); m != nil {
		serial = m[1]
	}
	if err != nil || gs1.ValidateLot(v["10"]) != nil || gs1.ValidateSerial(serial) != nil {
		return Reading{}, false
	}
	return Reading{GTIN: gtin, Lot: v["10"], Serial: seal.Normalise(serial)}, true
}

// fault says what keeps a reading from naming a unit.
func (v values) fault(cut bool) Label {
	_, err := gs1.ParseGTIN(v["01"])
	lot, hasLot := v["10"]
	serial, hasSerial := v["21"]
	switch {
	case errors.Is(err, gs1.ErrCheckDigit):
		return wrong("gtin", "gtinCheck")
	case err != nil:
		return wrong("gtin", "gtinForm")
	case hasLot && gs1.ValidateLot(lot) != nil && cut:
		return wrong("", "incomplete")
	case hasLot && gs1.ValidateLot(lot) != nil:
		return wrong("lot", "lotForm")
	case !hasSerial:
		return Label{Kind: Product}
	case gs1.ValidateSerial(serial) != nil:
		return wrong("serial", "serialForm")
	}
	return wrong("lot", "lotMissing")
}

// The digits of an application identifier follow from its first two, and so
// does the length of those values that end without a separator (General
// Specifications 7.8.5).
var (
	threeDigits = regexp.MustCompile(`^(23|24|25|40|41|42|71)`)
	fourDigits  = regexp.MustCompile(`^(3[1-69]|43|7[02]|8[0-2])`)
	predefined  = map[string]int{
		"00": 18,
		"01": 14,
		"02": 14,
		"03": 14,
		"04": 16,
		"11": 6,
		"12": 6,
		"13": 6,
		"14": 6,
		"15": 6,
		"16": 6,
		"17": 6,
		"18": 6,
		"19": 6,
		"20": 2,
		"31": 6,
		"32": 6,
		"33": 6,
		"34": 6,
		"35": 6,
		"36": 6,
		"41": 13,
	}
)

// search collects readings.
type search struct {
	found []values
	steps int
}

func (s *search) with(v values, ai, value string) values {
	v = maps.Clone(v)
	if _, given := v[ai]; !given {
		v[ai] = value
	}
	return v
}

// percents undoes what the alphanumeric mode of a GS1 QR code does to its text: % is the separator there, and %% a
// percent sign (ISO/IEC 18004, 7.4.8.3). Some readers hand both on as they stand.
var percents = strings.NewReplacer("%%", "%", "%", "\x1d")

func readElements(text string) []values {
	s := &search{}
	if !strings.Contains(text, "\x1d") && strings.Contains(text, "%") {
		s.elements(percents.Replace(text), values{})
	}
	s.elements(text, values{})
	return s.found
}

// elements reads one element and goes on with what is behind it, in every way
// that is possible where a separator may have been lost.
func (s *search) elements(rest string, v values) {
	rest = strings.TrimLeft(rest, "\x1d")
	if s.steps++; s.steps > maxSteps {
		return
	}
	if rest == "" {
		s.found = append(s.found, v)
		return
	}
	digits := 2
	switch {
	case fourDigits.MatchString(rest):
		digits = 4
	case threeDigits.MatchString(rest):
		digits = 3
	}
	if len(rest) < digits || strings.Trim(rest[:digits], "0123456789") != "" {
		if len(v) > 0 {
			s.found = append(s.found, v) // what cannot be read behind the rest does not spoil it
		}
		return
	}
	ai, body := rest[:digits], rest[digits:]
	for _, n := range lengths(ai, body) {
		s.elements(body[n:], s.with(v, ai, body[:n]))
	}
}

// lengths gives how long the value at the front of body can be, the likeliest first.
func lengths(ai, body string) []int {
	end := strings.IndexByte(body+"\x1d", '\x1d')
	if fixed, ok := predefined[ai[:2]]; ok {
		all := []int{min(fixed, end)}
		if ai == "01" && end > 13 && keyed.MatchString(body[13:]) {
			all = append(all, 13) // an EAN-13 without the zero before it
		}
		return all
	}
	all := []int{end}
	for n := 1; n < end && n <= 20; n++ {
		tail := body[n:]
		lot := ai == "10" &&
			(strings.HasPrefix(tail, "21") && alphabet.MatchString(tail[2:]) || dated.MatchString(tail))
		serial := ai == "21" && n == 20 && alphabet.MatchString(body) && keyed.MatchString(tail)
		if lot || serial {
			all = append(all, n)
		}
	}
	return all
}

var bracket = regexp.MustCompile(`\([0-9]{2,4}\)`)

func readBracketed(text string) []values {
	s := &search{}
	s.bracketed(text, values{})
	return s.found
}

// bracketed reads one element in brackets. Brackets may stand in a lot as well,
// so a lot can go on behind the next one.
func (s *search) bracketed(rest string, v values) {
	if s.steps++; s.steps > maxSteps {
		return
	}
	if rest == "" {
		s.found = append(s.found, v)
		return
	}
	m := bracket.FindStringIndex(rest)
	if m == nil || m[0] != 0 {
		return
	}
	ai, body := rest[1:m[1]-1], rest[m[1]:]
	first := true
	for _, end := range append(bracket.FindAllStringIndex(body, -1), []int{len(body)}) {
		if escaped := end[0] > 0 && body[end[0]-1] == '\\'; escaped || !first && ai != "10" {
			continue
		}
		first = false
		s.bracketed(body[end[0]:], s.with(v, ai, strings.ReplaceAll(body[:end[0]], `\(`, "(")))
	}
}

// aliases are the names that version 1.0 of the Digital Link standard allowed in place of identifiers.
var aliases = map[string]string{"gtin": "01", "lot": "10", "ser": "21", "cpv": "22"}

func segmentAI(s string) string {
	if ai, known := aliases[strings.ToLower(s)]; known {
		return ai
	}
	if len(s) < 2 || len(s) > 4 || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

// readPath reads the path of an address from its GTIN on, whatever stands
// before, and the query for what the path does not say. dense leaves out empty segments.
func readPath(path, query string, dense bool) []values {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	if dense {
		segments = strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	}
	s := &search{}
	for i := len(segments) - 2; i >= 0 && len(s.found) == 0; i-- {
		if segmentAI(segments[i]) == "01" {
			s.path(segments[i:], values{})
		}
	}
	attributes, _ := url.ParseQuery(strings.TrimPrefix(query, "?"))
	for _, v := range s.found {
		for _, ai := range []string{"10", "21"} {
			if _, given := v[ai]; !given && attributes.Get(ai) != "" {
				v[ai] = attributes.Get(ai)
			}
		}
	}
	return s.found
}

// path reads one pair of segments. A lot whose slash was not escaped, or was
// unescaped on the way, takes more than one.
func (s *search) path(segments []string, v values) {
	if s.steps++; s.steps > maxSteps {
		return
	}
	if len(segments) < 2 || segmentAI(segments[0]) == "" {
		if len(segments) == 0 || v["21"] != "" {
			s.found = append(s.found, v)
		}
		return
	}
	ai := segmentAI(segments[0])
	most := 2
	if ai == "10" {
		most = min(len(segments), 21)
	}
	for n := 2; n <= most; n++ {
		value := strings.Join(segments[1:n], "/")
		if decoded, err := url.PathUnescape(value); err == nil {
			value = decoded
		}
		if next := v["01"] == "" || n == 2 || n == len(segments) || segmentAI(segments[n]) != ""; next {
			s.path(segments[n:], s.with(v, ai, value))
		}
	}
}
