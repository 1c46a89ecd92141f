package trace

import (
	"math"
	"testing"
)

const testGTIN = "06998801000012"

func TestCheckLines(t *testing.T) {
	line := func(lot string, from, count int64) Line { return Line{testGTIN, lot, from, count} }
	for name, test := range map[string]struct {
		lines []Line
		code  Code
	}{
		"one":                    {[]Line{line("A", 0, 1)}, ""},
		"neighbours":             {[]Line{line("A", 5, 5), line("A", 0, 5)}, ""},
		"same units, other lots": {[]Line{line("A", 0, 5), line("B", 0, 5)}, ""},
		"none":                   {nil, LinesMissing},
		"overlap by one":         {[]Line{line("A", 5, 5), line("A", 0, 6)}, LinesOverlap},
		"one within another":     {[]Line{line("A", 0, 9), line("B", 0, 1), line("A", 3, 1)}, LinesOverlap},
		"twice":                  {[]Line{line("A", 0, 1), line("A", 0, 1)}, LinesOverlap},
		"no units":               {[]Line{line("A", 0, 0)}, QuantityInvalid},
		"less than none":         {[]Line{line("A", 4, -1)}, QuantityInvalid},
		"before the first":       {[]Line{line("A", -1, 1)}, QuantityInvalid},
		"overflow":               {[]Line{line("A", math.MaxInt64, math.MaxInt64)}, QuantityInvalid},
		"no lot":                 {[]Line{line("", 0, 1)}, LotInvalid},
		"GTIN-13":                {[]Line{{"6998801000012", "A", 0, 1}}, GTINInvalid},
		"wrong check digit":      {[]Line{{"06998801000013", "A", 0, 1}}, GTINCheckDigit},
		"too many":               {make([]Line, MaxLines+1), FieldInvalid},
	} {
		if err := CheckLines(test.lines); CodeOf(err) != test.code {
			t.Errorf("%s: %v, want %q", name, err, test.code)
		}
	}
}

func TestRecordIDs(t *testing.T) {
	for id, ok := range map[string]bool{"SHIP-1": true, "123456": true, "A23456789-123456789-123456789-123456789-": true,
		"": false, "SHIP1": false, "ship-01": false, "-SHIP01": false, "SHIP_01": false, "SHIP 01": false, "A23456789-123456789-123456789-123456789-1": false} {
		if err := CheckID("id", id); (err == nil) != ok {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// TestHolderIsPartyOrShipment: no id is good for both.
func TestHolderIsPartyOrShipment(t *testing.T) {
	for _, id := range []string{"123456", "123-456", "a123456", "A123456", "------", "a-----"} {
		if CheckID("id", id) == nil && checkPartyID("id", id) == nil {
			t.Errorf("%q is a party's and a shipment's", id)
		}
	}
}
