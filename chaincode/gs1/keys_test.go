package gs1

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestParseGTIN(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     GTIN
		kind     error
	}{
		{"GTIN-8", "96385074", "00000096385074", nil},
		{"GTIN-12", "614141000036", "00614141000036", nil},
		{"GTIN-13", "6901234567892", "06901234567892", nil},
		{"GTIN-14", "16998801000019", "16998801000019", nil},
		{"swapped digits", "6901243567892", "", ErrCheckDigit},
		{"wrong check digit", "6901234567890", "", ErrCheckDigit},
		{"empty", "", "", ErrLength},
		{"eleven digits", "61414100003", "", ErrLength},
		{"a letter", "690123456789X", "", ErrCharacter},
		{"full-width digits are mended at the import", "６９", "", ErrLength},
		{"a space", "6901234 67892", "", ErrCharacter},
		{"all zeros", "00000000000000", "", ErrValue},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseGTIN(c.in)
			if got != c.want || !errors.Is(err, c.kind) {
				t.Errorf("ParseGTIN(%q) = %q, %v; want %q, %v", c.in, got, err, c.want, c.kind)
			}
		})
	}
}

func TestWrongCheckDigitNamesTheRightOne(t *testing.T) {
	_, err := ParseGTIN("6901234567890")
	want := "GTIN: the last digit is 0 but the others call for 2, so one of them is mistyped"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestParseSSCC(t *testing.T) {
	if _, err := ParseSSCC("952012345678912345"); err != nil {
		t.Error(err)
	}
	if got, err := ParseSSCC("95201234567891234"); got != "" || !errors.Is(err, ErrLength) {
		t.Errorf("a short SSCC gives %q, %v", got, err)
	}
}

func TestHasCompanyPrefix(t *testing.T) {
	for _, c := range []struct {
		gtin   GTIN
		prefix string
		want   bool
	}{
		{"06998801000012", "6998801", true},
		{"16998801000019", "6998801", true}, // the indicator of a case is no part of the prefix
		{"06998802000011", "6998801", false},
		{"06998801000012", "699880100001", true},
		{"06998801000012", "699", false},           // too short to be a prefix
		{"06998801000012", "", false},              // must not match everything
		{"06998801000012", "6998801000012", false}, // too long
		{"00614141000036", "0614141", true},        // a U.P.C. prefix has its leading zero
	} {
		if got := c.gtin.HasCompanyPrefix(c.prefix); got != c.want {
			t.Errorf("%s under %q: %t", c.gtin, c.prefix, got)
		}
	}
}

func TestOneWrongDigitIsAlwaysNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`[1-9][0-9]{12}`).Draw(t, "body")
		key := []byte(body + string(CheckDigit(body)))
		at := rapid.IntRange(0, 13).Draw(t, "at")
		key[at] = '0' + (key[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if _, err := ParseGTIN(string(key)); !errors.Is(err, ErrCheckDigit) {
			t.Fatalf("%s is accepted: %v", key, err)
		}
	})
}

func TestLotAndSerial(t *testing.T) {
	for lot, kind := range map[string]error{
		"202610A01": nil, "a/b(c)": nil, "ABCDEFGHIJKLMNOPQRST": nil,
		"": ErrLength, "ABCDEFGHIJKLMNOPQRSTU": ErrLength, "A B": ErrCharacter, "批号": ErrCharacter, "A^B": ErrCharacter, "A\x00": ErrCharacter,
	} {
		if err := ValidateLot(lot); !errors.Is(err, kind) {
			t.Errorf("lot %q: %v, want %v", lot, err, kind)
		}
		if err := ValidateSerial(lot); !errors.Is(err, kind) {
			t.Errorf("serial %q: %v, want %v", lot, err, kind)
		}
	}
}
