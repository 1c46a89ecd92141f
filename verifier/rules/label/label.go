// Package label reads what is printed on goods, however it was carried: an address, a GS1 element string as a scanner
// sends it, brackets as people write it. It is the one rule of the project; the phone's reader keeps to the same cases
// (testdata/labels.json). It is pure: it asks no database, and never says whether a code was issued.
//
// Genuine labels arrive spoilt: separators lost or spelt out, elements in another order, a stem before the path, 13
// digits for 14. Whatever can be meant is a reading; where there are several, only the code's tag can tell which is
// right.
package label

import (
	"regexp"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Kind says what a label turned out to hold.
type Kind string

// The kinds.
const (
	Unit    Kind = "unit"    // a unit's code, in an address of ours or as GS1 element string
	Product Kind = "product" // the product's barcode, or a code that stops at the lot
	Box     Kind = "box"     // the label of a box or pallet (SSCC)
	Foreign Kind = "foreign" // an address of somebody else, or of an app
	Wrong   Kind = "wrong"   // meant as a unit's code, with a mistake in a field, or cut short
	Other   Kind = "other"   // anything else
)

// Label is what was read off a label or typed from it. Path, of a unit, is made
// of the parts that were read, never copied; Others are the paths of the other
// units that the same text can mean, most often none. Field, where one is to
// blame, and Fault say what is wrong, by names for which verifier/internal/web and
// gateway/service have the words. GTIN, Lot and Serial are a unit's.
type Label struct {
	Kind   Kind     `json:"kind"`
	Path   string   `json:"path,omitempty"`
	Others []string `json:"others,omitempty"`
	Field  string   `json:"field,omitempty"`
	Fault  string   `json:"fault,omitempty"`

	Reading  `          json:"-"`
	Readings []Reading `json:"-"` // all that the text can mean, the likeliest first
}

// Reading is one unit that a text can mean.
type Reading struct {
	GTIN   gs1.GTIN
	Lot    string
	Serial string
}

// Path is the path of the unit's page.
func (r Reading) path() string { return UnitPath(r.GTIN, r.Lot, r.Serial) }

// maxLabel bounds what is read; the largest QR code holds 4,296 characters.
const maxLabel = gs1.MaxLength

var (
	aimIdentifier = regexp.MustCompile(`^\][A-Za-z][0-9A-Za-z]`) // as hand scanners send it (ISO/IEC 15424)
	gs1Identifier = regexp.MustCompile(`^\](d2|Q3|C1|e0)`)
	elements      = regexp.MustCompile(`^(1[1-7][0-9]{6})*01[0-9]{13}`)
	containerCode = regexp.MustCompile(`^(00|\(00\))?([0-9]{18})$`)
	digitsOnly    = regexp.MustCompile(`^([0-9]{8}|[0-9]{12,14})$`)
	spaces        = regexp.MustCompile(`[\s-]`)
	serialAlone   = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{20}$`)
	withoutScheme = regexp.MustCompile(`(?i)^(([a-z0-9-]+\.)+[a-z][a-z0-9-]*(:[0-9]+)?|[a-z0-9.-]+:[0-9]+)(/|$)`)
	anyScheme     = regexp.MustCompile(`(?i)^[a-z][a-z0-9+.-]*:`)
	webAddress    = regexp.MustCompile(`(?i)^(https?)://([a-z0-9.:-]+)(/[^?#]*)?([?][^#]*)?(#|$)`)
	uriCharacters = regexp.MustCompile(`^[-.0-9A-Z_a-z~:/?#\[\]@!$&'()*+,;=%]*$`)
)

// separators are what scanners and programs send in place of the separator
// (GS, which is FNC1 within a symbol). None of them can stand in a lot or a serial but as part of these.
var separators = regexp.MustCompile(
	`(?i)<GS>|\{GS\}|\[GS\]|<FNC1>|\{FNC1\}|<0x1D>|\^\]|_x001D_|\\x1D|\\u001D|\x{241d}|&#(29|x1D);|%1D|[|^]`,
)

// Read judges what a label holds; own are the hosts whose addresses are ours.
// The phone does the same in reader-judge.js; both are tested with testdata/labels.json.
func Read(text string, own ...string) Label {
	return read(text, func(scheme, host string) bool { return isOwnHost(scheme, host, own) })
}

// Code reads a unit's code wherever its address leads: it is the code that counts.
func Code(text string) Label { return read(text, func(string, string) bool { return true }) }

func read(text string, isOwn func(scheme, host string) bool) Label {
	text = strings.TrimSpace(text)
	if len(text) > maxLabel {
		return Label{Kind: Other}
	}
	gs1Coded := gs1Identifier.MatchString(text)
	text = aimIdentifier.ReplaceAllString(text, "")
	packed := spaces.ReplaceAllString(text, "")
	marked := text
	if !strings.Contains(text, "://") {
		marked = separators.ReplaceAllString(text, "\x1d")
	}
	switch {
	case isContainer(packed):
		return Label{Kind: Box}
	case gs1Coded || strings.Contains(marked, "\x1d") || elements.MatchString(text):
		return fromReadings(readElements(marked), Label{Kind: Other}, len(marked) > 36)
	case strings.HasPrefix(text, "("):
		return fromReadings(readBracketed(strings.Join(strings.Fields(text), "")), Label{Kind: Other}, false)
	case digitsOnly.MatchString(packed):
		if _, err := gs1.ParseGTIN(packed); err != nil {
			return wrong("gtin", "gtinCheck")
		}
		return Label{Kind: Product}
	case serialAlone.MatchString(seal.Normalise(packed)):
		return wrong("gtin", "gtinMissing")
	}
	return readAddress(text, isOwn)
}

func isContainer(packed string) bool {
	m := containerCode.FindStringSubmatch(packed)
	if m == nil {
		return false
	}
	_, err := gs1.ParseSSCC(m[2])
	return err == nil
}

func wrong(field, fault string) Label { return Label{Kind: Wrong, Field: field, Fault: fault} }

// readAddress judges an address. Whatever is not plainly one of our own is
// somebody else's.
func readAddress(text string, isOwn func(scheme, host string) bool) Label {
	switch {
	case strings.HasPrefix(text, "//"):
		text = "https:" + text
	case withoutScheme.MatchString(text):
		text = "https://" + text
	case !anyScheme.MatchString(text):
		return Label{Kind: Other}
	}
	m := webAddress.FindStringSubmatch(text)
	if m == nil || !uriCharacters.MatchString(text) || !isOwn(m[1], m[2]) {
		return Label{Kind: Foreign}
	}
	if strings.HasPrefix(m[3], "/00/") && isContainer(strings.Trim(m[3][4:], "/")) {
		return Label{Kind: Box}
	}
	l := fromReadings(readPath(m[3], m[4], false), wrong("", "addressShort"), false)
	if l.Kind != Unit && strings.Contains(m[3], "//") {
		if whole := fromReadings(readPath(m[3], m[4], true), l, false); whole.Kind == Unit {
			return whole
		}
	}
	return l
}

func isOwnHost(scheme, host string, own []string) bool {
	host = strings.TrimSuffix(
		strings.ToLower(host), map[string]string{"https": ":443", "http": ":80"}[strings.ToLower(scheme)],
	)
	for _, o := range own {
		if host == strings.ToLower(o) {
			return true
		}
	}
	return false
}

// fromReadings finds the units among what a text can mean. otherwise is the
// answer where there is no barcode number in it. cut says that the text goes on
// behind its barcode number, so that whatever is missing was lost on the way.
func fromReadings(all []values, otherwise Label, cut bool) Label {
	var units []Reading
	for _, v := range all {
		if r, ok := v.unit(); ok && len(units) < maxReadings && !contains(units, r) {
			units = append(units, r)
		}
	}
	if len(units) > 0 {
		l := Label{Kind: Unit, Path: units[0].path(), Reading: units[0], Readings: units}
		for _, u := range units[1:] {
			l.Others = append(l.Others, u.path())
		}
		return l
	}
	if len(all) == 0 {
		return otherwise
	}
	if _, given := all[0]["01"]; !given {
		return otherwise
	}
	return all[0].fault(cut)
}

func contains(units []Reading, r Reading) bool {
	for _, u := range units {
		if u == r {
			return true
		}
	}
	return false
}

// UnitPath is the path of a unit's page.
func UnitPath(gtin gs1.GTIN, lot, serial string) string {
	return gs1.UnitURI("HTTPS://X", gtin, lot, serial)[len("HTTPS://X"):]
}
