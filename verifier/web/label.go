package web

import (
	"errors"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/seal"
)

// labelKind says what a label turned out to hold.
type labelKind string

const (
	labelUnit    labelKind = "unit"    // a unit's code, in an address of ours or as GS1 element string
	labelProduct labelKind = "product" // the product's barcode, or a code that stops at the lot
	labelForeign labelKind = "foreign" // an address of somebody else, or of an app
	labelWrong   labelKind = "wrong"   // meant as a unit's code, with a mistake in a field
	labelOther   labelKind = "other"   // anything else
)

// label is what was read off a label or typed from it. Path, of a unit, is made
// of the parts that were read, never copied. Field, where one is to blame, and
// Fault, a name of texts.go, say what is wrong.
type label struct {
	Kind  labelKind `json:"kind"`
	Path  string    `json:"path,omitempty"`
	Field string    `json:"field,omitempty"`
	Fault string    `json:"fault,omitempty"`
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

// readLabel judges what a label holds. The phone does the same in
// reader-judge.js; both are tested with testdata/labels.json.
func readLabel(text string, own ...string) label {
	text = strings.TrimSpace(text)
	if len(text) > maxLabel {
		return label{Kind: labelOther}
	}
	gs1Coded := gs1Identifier.MatchString(text)
	text = aimIdentifier.ReplaceAllString(text, "")
	packed := spaces.ReplaceAllString(text, "")
	switch {
	case gs1Coded || elements.MatchString(text):
		es, err := gs1.ParseElementString("^"+strings.ReplaceAll(strings.Trim(text, "\x1d"), "\x1d", "^"), gs1.Options{UnknownAIs: true})
		return fromElements(es, err, label{Kind: labelOther})
	case strings.HasPrefix(text, "("):
		es, err := gs1.ParseBracketed(strings.Join(strings.Fields(text), ""), gs1.Options{UnknownAIs: true})
		return fromElements(es, err, label{Kind: labelOther})
	case digitsOnly.MatchString(packed):
		if _, err := gs1.ParseGTIN(packed); err != nil {
			return wrong("gtin", "gtinCheck")
		}
		return label{Kind: labelProduct}
	case serialAlone.MatchString(seal.Normalise(packed)):
		return wrong("gtin", "gtinMissing")
	}
	return readAddress(text, own)
}

func wrong(field, fault string) label { return label{Kind: labelWrong, Field: field, Fault: fault} }

// readAddress judges an address. Whatever is not plainly one of our own is
// somebody else's.
func readAddress(text string, own []string) label {
	switch {
	case strings.HasPrefix(text, "//"):
		text = "https:" + text
	case withoutScheme.MatchString(text):
		text = "https://" + text
	case !anyScheme.MatchString(text):
		return label{Kind: labelOther}
	}
	m := webAddress.FindStringSubmatch(text)
	if m == nil || !uriCharacters.MatchString(text) || !isOwnHost(m[1], m[2], own) {
		return label{Kind: labelForeign}
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
func fromElements(es gs1.Elements, err error, otherwise label) label {
	if err != nil {
		return faultOf(err, otherwise)
	}
	gtin, lot, serial := es.Value("01"), es.Value("10"), es.Value("21")
	switch {
	case gtin == "":
		return otherwise
	case serial == "":
		return label{Kind: labelProduct}
	case lot == "":
		return wrong("lot", "lotMissing")
	}
	parsed, err := gs1.ParseGTIN(gtin)
	if err != nil {
		return wrong("gtin", "gtinForm")
	}
	return label{Kind: labelUnit, Path: unitPath(parsed, lot, seal.Normalise(serial))}
}

func faultOf(err error, otherwise label) label {
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

// readTyped reads what was typed in the fields of typing.html: an address, or
// barcode, lot and serial one by one. It answers the unit's path, or what is
// wrong by field.
func readTyped(q url.Values, own ...string) (path string, faults map[string]string) {
	if uri := norm.NFKC.String(q.Get("uri")); strings.TrimSpace(uri) != "" {
		switch l := readLabel(uri, own...); l.Kind {
		case labelUnit:
			return l.Path, nil
		case labelWrong:
			return "", map[string]string{"uri": l.Fault}
		default:
			return "", map[string]string{"uri": string(l.Kind)}
		}
	}
	faults = map[string]string{}
	blame := func(field, fault string) {
		if fault != "" {
			faults[field] = fault
		}
	}
	typed := func(field string) string { return strings.Join(strings.Fields(norm.NFKC.String(q.Get(field))), "") }
	gtin, fault := typedGTIN(typed("gtin"))
	blame("gtin", fault)
	lot := typed("lot")
	blame("lot", typedLot(lot))
	serial := seal.Normalise(typed("serial"))
	blame("serial", typedSerial(serial))
	if len(faults) > 0 {
		return "", faults
	}
	return unitPath(gtin, lot, serial), nil
}

func typedGTIN(s string) (gtin gs1.GTIN, fault string) {
	if s == "" {
		return "", "gtinMissing"
	}
	gtin, err := gs1.ParseGTIN(seal.Normalise(s))
	switch {
	case errors.Is(err, gs1.ErrCheckDigit):
		return "", "gtinCheck"
	case err != nil:
		return "", "gtinForm"
	}
	return gtin, ""
}

func typedLot(s string) (fault string) {
	switch {
	case s == "":
		return "lotMissing"
	case gs1.ValidateLot(s) != nil:
		return "lotForm"
	}
	return ""
}

func typedSerial(s string) (fault string) {
	switch {
	case s == "":
		return "serialMissing"
	case strings.Trim(s, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") != "":
		return "serialLetters"
	case len(s) != seal.SerialLength:
		return "serialLength"
	}
	return ""
}

// ownHost is the host whose addresses are ours: the one on the labels, whatever
// host a request names.
func (h *handler) ownHost() string {
	_, host, found := strings.Cut(h.Base, "://")
	if !found {
		host = h.Base
	}
	return strings.ToLower(strings.TrimSuffix(host, "/"))
}
