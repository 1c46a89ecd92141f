package gs1

import (
	"errors"
	"strings"
	"testing"
)

func TestParseLinkBeyondTheVectors(t *testing.T) {
	for _, c := range []struct{ name, uri, want string }{
		{"port", "https://a:8443/01/09520123456788", "^0109520123456788"},
		{"capital scheme", "HTTPS://A/01/09520123456788", "^0109520123456788"},
		{"key in the stem", "https://a/00/x/01/09520123456788", "^0109520123456788"},
		{"plus is a plus in the path", "https://a/01/09520123456788/10/A+B", "^010952012345678810A+B"},
		{"short GTIN in the query", "https://a/8004/9520A?01=9520123456788", "^80049520A^0109520123456788"},
		{"lot as attribute beside another alternative", "https://a/01/09520123456788/235/X?10=B", "^0109520123456788235X^10B"},
	} {
		es, err := ParseLink(c.uri, Options{})
		if err != nil || es.ElementString() != c.want {
			t.Errorf("%s: %q, %v", c.name, es.ElementString(), err)
		}
	}
	for name, uri := range map[string]string{
		"no domain": "https:///01/09520123456788", "other scheme": "ftp://a/01/09520123456788", "ends in a slash": "https://a/01/09520123456788/",
		"user in the authority": "https://u@a/01/09520123456788", "short GTIN in the path": "https://a/01/9520123456788",
		"wrong order": "https://a/01/09520123456788/21/A/10/B", "mixed alternatives": "https://a/01/09520123456788/22/A/235/B",
		"numeric parameter that is no AI": "https://a/01/09520123456788?999=1", "FNC1 smuggled in": "https://a/01/09520123456788/10/A%5E21B",
		"qualifier as attribute": "https://a/01/09520123456788?21=A", "wrong date": "https://a/01/09520123456788?17=281399",
		"unknown AI in the path": "https://a/01/09520123456788/89/A", "too long": "https://a/" + strings.Repeat("a", MaxLength),
		"many qualifiers": "https://a/01/09520123456788" + strings.Repeat("/10/A", 200),
	} {
		if es, err := ParseLink(uri, Options{}); err == nil {
			t.Errorf("%s: %.80s is read as %v", name, uri, es)
		}
	}
}

func TestLinkNeedsAKeyAndProperAttributes(t *testing.T) {
	for _, in := range []string{"(10)A", "(01)09520123456788(8200)HTTP://A", "(01)09520123456788(22)A(235)B"} {
		es, err := ParseBracketed(in, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if uri, err := es.Link("", Options{}); !errors.Is(err, ErrSyntax) {
			t.Errorf("%s: %s, %v", in, uri, err)
		}
	}
}

func TestUnitURI(t *testing.T) {
	for _, c := range []struct{ base, lot, serial, want string }{
		{"trace.example.com", "202610A01", "0123456789ABCDEFGHJK", "HTTPS://TRACE.EXAMPLE.COM/01/06998801000012/10/202610A01/21/0123456789ABCDEFGHJK"},
		{"http://localhost:8090/", "A/1", "7", "HTTP://LOCALHOST:8090/01/06998801000012/10/A%2F1/21/7"},
		{"https://Trace.example.com", "a1", "7", "HTTPS://TRACE.EXAMPLE.COM/01/06998801000012/10/a1/21/7"}, // a lot keeps its case
	} {
		uri := UnitURI(c.base, "06998801000012", c.lot, c.serial)
		if uri != c.want {
			t.Errorf("got %s, want %s", uri, c.want)
		}
		_, gtin, lot, serial, err := ParseUnitURI(uri)
		if err != nil || gtin != "06998801000012" || lot != c.lot || serial != c.serial {
			t.Errorf("%s reads back as %s %s %s, %v", uri, gtin, lot, serial, err)
		}
		if es, err := ParseLink(uri, Options{}); err != nil || es.CheckAssociations() != nil {
			t.Errorf("%s is no Digital Link: %v", uri, err)
		}
	}
}

func TestParseUnitURI(t *testing.T) {
	host, _, _, _, err := ParseUnitURI("HttpS://Trace.Example.COM:8443/01/06998801000012/10/A/21/B?from=groupmessage#x")
	if err != nil || host != "trace.example.com:8443" {
		t.Errorf("%s, %v", host, err)
	}
	for name, c := range map[string]struct {
		uri  string
		kind error
	}{
		"no scheme":            {"trace.example.com/01/06998801000012/10/A/21/B", ErrSyntax},
		"script":               {"javascript://a/01/06998801000012/10/A/21/B", ErrSyntax},
		"stem":                 {"https://a/b/01/06998801000012/10/A/21/B", ErrSyntax},
		"no lot":               {"https://a/01/06998801000012/21/B", ErrSyntax},
		"trailing slash":       {"https://a/01/06998801000012/10/A/21/B/", ErrSyntax},
		"GTIN-13":              {"https://a/01/6998801000017/10/A/21/B", ErrLength},
		"wrong check digit":    {"https://a/01/06998801000018/10/A/21/B", ErrCheckDigit},
		"empty lot":            {"https://a/01/06998801000012/10//21/B", ErrLength},
		"long serial":          {"https://a/01/06998801000012/10/A/21/123456789012345678901", ErrLength},
		"space":                {"https://a/01/06998801000012/10/A%20B/21/B", ErrCharacter},
		"NUL":                  {"https://a/01/06998801000012/10/A%00/21/B", ErrCharacter},
		"encoded in the host":  {"https://a%2Fb/01/06998801000012/10/A/21/B", ErrCharacter},
		"markup":               {"https://a/01/06998801000012/10/<b>/21/B", ErrCharacter},
		"too long":             {"https://a/01/06998801000012/10/A/21/" + strings.Repeat("B", MaxLength), ErrLength},
		"credentials for host": {"https://good.example@evil/01/06998801000012/10/A/21/B", ErrCharacter},
	} {
		if _, _, _, _, err := ParseUnitURI(c.uri); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v, want %v", name, err, c.kind)
		}
	}
}
