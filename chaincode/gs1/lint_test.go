package gs1

import (
	"errors"
	"testing"
)

// TestValues reads as the list of what AI values may hold. Each right value is followed by wrong ones.
func TestValues(t *testing.T) {
	for _, c := range []struct {
		ai, value string
		kind      error
	}{
		{"00", "952012345678912345", nil},
		{"00", "952012345678912346", ErrCheckDigit},
		{"00", "A52012345678912345", ErrCharacter},
		{"01", "0952012345678", ErrLength},
		{"01", "095201234567888", ErrLength},
		{"01", "09520123456788", nil},
		{"10", "ABC 123", ErrCharacter},
		{"10", "", ErrLength},
		{"17", "280229", nil},
		{"17", "270229", ErrValue},
		{"17", "281300", ErrValue},
		{"17", "281000", nil}, // day not given
		{"4326", "281000", ErrValue},
		{"7250", "20000229", nil},
		{"7250", "19000229", ErrValue},
		{"4324", "2812252359", nil},
		{"4324", "2812252400", ErrValue},
		{"4324", "2812252360", ErrValue},
		{"8008", "28122523", nil},
		{"8008", "281225235959", nil},
		{"8008", "281225235960", ErrValue},
		{"8008", "2812252", ErrLength},
		{"8008", "28122523595", ErrLength},
		{"253", "9520123456788", nil},
		{"253", "9520123456788ABC/1", nil},
		{"253", "9520123456788ABCDEFGHIJKLMNOPQR", ErrLength},
		{"401", "9520X", nil},
		{"401", "952X", ErrValue},
		{"421", "156310000", nil},
		{"421", "999310000", ErrValue},
		{"423", "156392410", nil},
		{"423", "15639241", ErrLength},
		{"7030", "999ABC", nil},
		{"7030", "998ABC", ErrValue},
		{"4307", "CN", nil},
		{"4307", "ZZ", ErrValue},
		{"3910", "1561250", nil},
		{"3910", "0001250", ErrValue},
		{"4300", "%E4%B8%AD", nil},
		{"4300", "100%", ErrValue},
		{"4300", "%E", ErrValue},
		{"4309", "18000000003600000000", nil},
		{"4309", "18000000010000000000", ErrValue},
		{"4309", "00000000003600000001", ErrValue},
		{"4321", "1", nil},
		{"4321", "2", ErrValue},
		{"4330", "000250-", nil},
		{"4330", "000250+", ErrValue},
		{"7040", "1ABx", nil},
		{"7040", "1AB+", ErrValue},
		{"7041", "PX", nil},
		{"7041", "QZ1", ErrValue},
		{"7241", "80", nil},
		{"7241", "11", ErrValue},
		{"7252", "9", nil},
		{"7252", "3", ErrValue},
		{"7258", "2/3", nil},
		{"7258", "3/2", ErrValue},
		{"7258", "0/2", ErrValue},
		{"7258", "1-2", ErrValue},
		{"8001", "12341234512311", nil},
		{"8001", "12341234500011", ErrValue},
		{"8001", "12341234512321", ErrValue},
		{"8003", "09520123456788A1", nil},
		{"8003", "19520123456788A1", ErrValue},
		{"8006", "095201234567880103", nil},
		{"8006", "095201234567880403", ErrValue},
		{"8006", "095201234567880003", ErrValue},
		{"8007", "DE91100000000123456789", nil},
		{"8007", "DE92100000000123456789", ErrCheckDigit},
		{"8007", "DE91", ErrLength},
		{"8007", "ZZ91100000000123456789", ErrValue},
		{"8007", "DE9110000000012345678x", ErrCharacter},
		{"8010", "9520/A-#", nil},
		{"8010", "9520a", ErrCharacter},
		{"8011", "10", nil},
		{"8011", "0", nil},
		{"8011", "01", ErrValue},
		{"8013", "1987654Ad4X4bL5ttr2310c2K", nil}, // the example of the General Specifications
		{"8013", "1987654Ad4X4bL5ttr2310c2L", ErrCheckDigit},
		{"8013", "1987645Ad4X4bL5ttr2310c2K", ErrCheckDigit},
		{"8013", "1", ErrLength},
		{"8030", "AB-_", nil},
		{"8030", "AB+/", ErrCharacter},
		{"8030", "AB=", nil},
		{"8030", "ABC=", ErrValue},
		{"8030", "===", ErrValue},
	} {
		e := dictionary().find(c.ai, false)
		if e == nil {
			t.Errorf("AI %s is not in the dictionary", c.ai)
			continue
		}
		if err := e.validate(c.value); !errors.Is(err, c.kind) {
			t.Errorf("(%s)%s: %v, want %v", c.ai, c.value, err, c.kind)
		}
	}
}

// TestCoupons builds coupons from their fields, so that each wrong one differs from a right one in one field.
func TestCoupons(t *testing.T) {
	const start = "0" + "614141" + "123456" + "1" + "5" + "1" + "2" + "0" + "100"
	for _, c := range []struct {
		name, ai, value string
		wrong           bool
	}{
		{"shortest", "8110", start, false},
		{"letters", "8110", start + "A", true},
		{"company prefix too long", "8110", "7" + start[1:], true},
		{"truncated", "8110", start[:len(start)-1], true},
		{"second purchase", "8110", start + "1" + "0" + "1" + "1" + "0" + "200" + "9", false},
		{"second purchase with prefix", "8110", start + "1" + "0" + "1" + "1" + "0" + "200" + "0614141", false},
		{"second purchase with a wrong rule", "8110", start + "1" + "4" + "1" + "1" + "0" + "200" + "9", true},
		{"third purchase", "8110", start + "2" + "1" + "1" + "9" + "300" + "9", false},
		{"dates", "8110", start + "3" + "281231" + "4" + "280101", false},
		{"expires before it starts", "8110", start + "3" + "271231" + "4" + "280101", true},
		{"no such date", "8110", start + "3" + "281331", true},
		{"serial and retailer", "8110", start + "5" + "0" + "000001" + "6" + "1" + "6141411", false},
		{"retailer length", "8110", start + "6" + "8" + "6141411", true},
		{"save value", "8110", start + "9" + "0" + "1" + "0" + "1", false},
		{"save value code", "8110", start + "9" + "3" + "1" + "0" + "1", true},
		{"excess data", "8110", start + "9" + "0" + "1" + "0" + "1" + "7", true},
		{"offer", "8112", "0" + "0" + "614141" + "123456" + "0" + "000001", false},
		{"offer format", "8112", "2" + "0" + "614141" + "123456" + "0" + "000001", true},
		{"offer serial", "8112", "0" + "0" + "614141" + "123456" + "9" + "000001", true},
	} {
		if err := dictionary().find(c.ai, false).validate(c.value); (err != nil) != c.wrong {
			t.Errorf("%s: (%s)%s: %v", c.name, c.ai, c.value, err)
		}
	}
}

func TestEveryAIOfTheDictionaryIsRead(t *testing.T) {
	d := dictionary()
	if len(d.entries) < 500 {
		t.Fatalf("only %d AIs", len(d.entries))
	}
	for ai, e := range d.entries {
		if d.prefix(ai+"123456", false) != e {
			t.Errorf("AI %s is not recognised at the start of an element string", ai)
		}
		if _, hi := e.lengths(); hi > 90 {
			t.Errorf("AI %s: values of %d characters", ai, hi)
		}
	}
	for _, path := range []string{"00", "01 22 10 21", "01 10 21", "01 235", "8006 21", "414 7040", "8017 8019"} {
		if !d.paths[path] {
			t.Errorf("path %s is missing", path)
		}
	}
	for _, path := range []string{"21", "01 21 10", "01 10 235", "00 10"} {
		if d.paths[path] {
			t.Errorf("path %s is accepted", path)
		}
	}
}

func TestMalformedDictionariesAreRefused(t *testing.T) {
	for _, text := range []string{"XX N6", "01 *", "01 Q6", "01 Nx", "01 N6,nosuchcheck"} {
		if _, err := parseDictionary(text); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}
