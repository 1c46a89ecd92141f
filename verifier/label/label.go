// Package label reads what is printed on goods, however it was carried: an address, a GS1 element string as a scanner
// sends it, brackets as people write it. It is the one rule of the project; the phone's reader keeps to the same cases
// (testdata/labels.json). It is pure: it asks no database, and never says whether a code was issued.
package label

import (
	"errors"
	"regexp"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/seal"
)

// Kind says what a label turned out to hold.
type Kind string

// The kinds.
const (
	Unit    Kind = "unit"    // a unit's code, in an address of ours or as GS1 element string
	Product Kind = "product" // the product's barcode, or a code that stops at the lot
	Foreign Kind = "foreign" // an address of somebody else, or of an app
	Wrong   Kind = "wrong"   // meant as a unit's code, with a mistake in a field
	Other   Kind = "other"   // anything else
)

// Label is what was read off a label or typed from it. Path, of a unit, is made
// of the parts that were read, never copied. Field, where one is to blame, and
// Fault say what is wrong, by names for which verifier/web and gateway/service
// have the words. GTIN, Lot and Serial are a unit's.
type Label struct {
	Kind  Kind   `json:"kind"`
	Path  string `json:"path,omitempty"`
	Field string `json:"field,omitempty"`
	Fault string `json:"fault,omitempty"`

	GTIN   gs1.GTIN `json:"-"`
	Lot    string   `json:"-"`
	Serial string   `json:"-"`
}

// maxLabel bounds what is read; the largest QR code holds 4,296 characters.
const maxLabel = gs1.MaxLength

var (
	aimIdentifier = regexp.MustCompile(`^\][A-Za-z][0-9A-Za-z]`) // as hand scanners send it (ISO/IEC 15424)
	gs1Identifier = regexp.MustCompile(`^\](d2|Q3|C1|e0)`)
	elements      = regexp.MustCompile(`^(\x1d|01[0-9]{14})`)
	digitsOnly    = regexp.MustCompile(`^([0-9]{8}|[0-9]{12,14})$`)
	spaces        = regexp.MustCompile(`[\s-]`)
	serialAlone   = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{20}$`)
	withoutScheme = regexp.MustCompile(`(?i)^(([a-z0-9-]+\.)+[a-z][a-z0-9-]*(:[0-9]+)?|[a-z0-9.-]+:[0-9]+)(/|$)`)
	anyScheme     = regexp.MustCompile(`(?i)^[a-z][a-z0-9+.-]*:`)
	webAddress    = regexp.MustCompile(`(?i)^(https?)://([a-z0-9.:-]+)(/[^?#]*)?([?#]|$)`)
	uriCharacters = regexp.MustCompile(`^[-.0-9A-Z_a-z~:/?#\[\]@!$&'()*+,;=%]*$`)
)

// Read judges what a label holds. The phone does the same in
// reader-judge.js; both are tested with testdata/labels.json.
func Read(text string, own ...string) Label {
	text = strings.TrimSpace(text)
	if len(text) > maxLabel {
		return Label{Kind: Other}
	}
	gs1Coded := gs1Identifier.MatchString(text)
	text = aimIdentifier.ReplaceAllString(text, "")
	packed := spaces.ReplaceAllString(text, "")
	switch {
	case gs1Coded || elements.MatchString(text):
		es, err := gs1.ParseElementString("^"+strings.ReplaceAll(strings.Trim(text, "\x1d"), "\x1d", "^"), gs1.Options{UnknownAIs: true})
		return fromElements(es, err, Label{Kind: Other})
	case strings.HasPrefix(text, "("):
		es, err := gs1.ParseBracketed(strings.Join(strings.Fields(text), ""), gs1.Options{UnknownAIs: true})
		return fromElements(es, err, Label{Kind: Other})
	case digitsOnly.MatchString(packed):
		if _, err := gs1.ParseGTIN(packed); err != nil {
			return wrong("gtin", "gtinCheck")
		}
		return Label{Kind: Product}
	case serialAlone.MatchString(seal.Normalise(packed)):
		return wrong("gtin", "gtinMissing")
	}
	return readAddress(text, own)
}

func wrong(field, fault string) Label { return Label{Kind: Wrong, Field: field, Fault: fault} }

// readAddress judges an address. Whatever is not plainly one of our own is
// somebody else's.
func readAddress(text string, own []string) Label {
	switch {
	case strings.HasPrefix(text, "//"):
		text = "https:" + text
	case withoutScheme.MatchString(text):
		text = "https://" + text
	case !anyScheme.MatchString(text):
		return Label{Kind: Other}
	}
	m := webAddress.FindStringSubmatch(text)
	if m == nil || !uriCharacters.MatchString(text) || !isOwnHost(m[1], m[2], own) {
		return Label{Kind: Foreign}
	}
	es, err := gs1.ParseLink("https://x"+m[3], gs1.Options{ZeroSuppressedGTIN: true, ConvenienceAlphas: true})
	return fromElements(es, err, wrong("", "addressShort"))
}

func isOwnHost(scheme, host string, own []string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), map[string]string{"https": ":443", "http": ":80"}[strings.ToLower(scheme)])
	for _, o := range own {
		if host == strings.ToLower(o) {
			return true
		}
	}
	return false
}

// fromElements finds the unit among elements. otherwise is the answer where
// there is no barcode number among them, or where they cannot be read at all.
func fromElements(es gs1.Elements, err error, otherwise Label) Label {
	if err != nil {
		return faultOf(err, otherwise)
	}
	gtin, lot, serial := es.Value("01"), es.Value("10"), es.Value("21")
	switch {
	case gtin == "":
		return otherwise
	case serial == "":
		return Label{Kind: Product}
	case lot == "":
		return wrong("lot", "lotMissing")
	}
	parsed, err := gs1.ParseGTIN(gtin)
	if err != nil {
		return wrong("gtin", "gtinForm")
	}
	serial = seal.Normalise(serial)
	return Label{Kind: Unit, Path: UnitPath(parsed, lot, serial), GTIN: parsed, Lot: lot, Serial: serial}
}

func faultOf(err error, otherwise Label) Label {
	var e *gs1.Error
	if !errors.As(err, &e) {
		return otherwise
	}
	switch {
	case e.Field == "AI (01)" && errors.Is(err, gs1.ErrCheckDigit):
		return wrong("gtin", "gtinCheck")
	case e.Field == "AI (01)":
		return wrong("gtin", "gtinForm")
	case e.Field == "AI (10)":
		return wrong("lot", "lotForm")
	case e.Field == "AI (21)":
		return wrong("serial", "serialForm")
	}
	return otherwise
}

// UnitPath is the path of a unit's page.
func UnitPath(gtin gs1.GTIN, lot, serial string) string {
	return gs1.UnitURI("HTTPS://X", gtin, lot, serial)[len("HTTPS://X"):]
}
