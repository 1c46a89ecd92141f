package gs1

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseElementString(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     Elements
	}{
		{"no FNC1 after a predefined length", "^010952012345678810ABC", Elements{{"01", "09520123456788"}, {"10", "ABC"}}},
		{"superfluous FNC1", "^0109520123456788^10ABC^", Elements{{"01", "09520123456788"}, {"10", "ABC"}}},
		{"FNC1 needed", "^10ABC^21XYZ", Elements{{"10", "ABC"}, {"21", "XYZ"}}},
		{"longest value", "^242123456^10A", Elements{{"242", "123456"}, {"10", "A"}}},
	} {
		got, err := ParseElementString(c.in, Options{})
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", c.name, err, diff)
		}
	}
	for in, kind := range map[string]error{
		"": ErrSyntax, "^": ErrSyntax, "0109520123456788": ErrSyntax,
		"^891": ErrUnknownAI, "^^": ErrUnknownAI, "^0": ErrUnknownAI,
		"^01095201234567882": ErrUnknownAI, // a digit too many reads as the next AI
		"^2421234567":        ErrLength, "^10^21A": ErrLength, "^010952012345678^10A": ErrLength,
		"^99~": ErrCharacter, "^" + strings.Repeat("x", MaxLength): ErrLength,
		"^" + strings.Repeat("99A^", maxElements+1): ErrLength,
	} {
		if es, err := ParseElementString(in, Options{}); !errors.Is(err, kind) || es != nil {
			t.Errorf("%.20q gives %v, %v; want %v", in, es, err, kind)
		}
	}
}

func TestUnknownAIs(t *testing.T) {
	permit := Options{UnknownAIs: true}
	if es, err := ParseBracketed("(89)ABC(236)X", permit); err != nil || es.ElementString() != "^89ABC^236X" {
		t.Errorf("%v, %v", es, err)
	}
	for _, in := range []string{"(011)A", "(800)A", "(80)A", "(2367)A", "(4199)A", "(8)A", "(89123)A", "(8A)A"} {
		if _, err := ParseBracketed(in, permit); !errors.Is(err, ErrUnknownAI) {
			t.Errorf("%s: %v", in, err)
		}
	}
	if es, err := ParseElementString("^2361^4191234567890123419A234567890123", permit); err != nil || len(es) != 3 {
		t.Errorf("the length of an unknown AI follows from its first digits: %v, %v", es, err)
	}
	if _, err := ParseElementString("^89ABC", permit); !errors.Is(err, ErrUnknownAI) {
		t.Errorf("where it does not, an element string cannot be read: %v", err)
	}
}

func TestBracketedRoundTrip(t *testing.T) {
	const s = `(01)09520123456788(10)A\(1)(21)B`
	es, err := ParseBracketed(s, Options{})
	if err != nil || es.Value("10") != "A(1)" || es.Bracketed() != s {
		t.Errorf("%v, %v", es, err)
	}
	for _, in := range []string{"", "(", "(01", "(01)", "01)09520123456788", "(10)(21)A", "()1", "(10)A^", "(17)9(90)217", "x(10)A"} {
		if _, err := ParseBracketed(in, Options{}); err == nil {
			t.Errorf("%q is accepted", in)
		}
	}
}

func TestCheckAssociations(t *testing.T) {
	const gtin = "(01)09520123456788"
	for in, ok := range map[string]bool{
		gtin:                        true,
		gtin + "(10)A(21)B":         true,
		"(10)A":                     false, // a lot of what?
		"(10)A(10)A" + gtin:         true,
		"(10)A(10)B" + gtin:         false,
		"(02)09520123456788" + gtin: false,
		"(02)09520123456788(37)12":  false, // content of which logistic unit?
		"(00)952012345678912345(02)09520123456788(37)12": true,
		gtin + "(37)12":                   false,
		gtin + "(21)A(235)B":              false,
		gtin + "(250)A":                   false, // needs 01 and 21
		gtin + "(21)A(250)B":              true,
		gtin + "(3922)1250":               false,
		gtin + "(3922)1250(3103)000195":   true,  // 31nn
		gtin + "(3103)000195(3102)000195": false, // excludes other 310n
		gtin + "(3103)000195(3103)000195": true,  // but not itself
	} {
		es, err := ParseBracketed(in, Options{})
		if err != nil {
			t.Fatalf("%s: %v", in, err)
		}
		if err := es.CheckAssociations(); (err == nil) != ok || err != nil && !errors.Is(err, ErrAssociation) {
			t.Errorf("%s: %v", in, err)
		}
	}
}
