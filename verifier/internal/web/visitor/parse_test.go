package visitor

import (
	"fmt"
	"math"
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

func TestParsePoint(t *testing.T) {
	for text, want := range map[string]verdict.Point{
		"31.2304,121.4737": {Lat: 31.2, Lon: 121.5}, " -33.87 , 151.21 ": {Lat: -33.9, Lon: 151.2}, "-0.01,0.04": {},
		"": {}, "31.2": {}, "31.2,": {}, "91,0": {}, "0,181": {}, "NaN,1": {}, "1,Inf": {}, "31.2,121.5,7": {}, "北,东": {},
	} {
		if got := parsePoint(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzParsePoint(f *testing.F) {
	f.Add("31.2304,121.4737")
	f.Fuzz(func(t *testing.T, s string) {
		p := parsePoint(s)
		if math.Abs(p.Lat) > 90 || math.Abs(p.Lon) > 180 || parsePoint(fmt.Sprintf("%v,%v", p.Lat, p.Lon)) != p {
			t.Errorf("%q: %v", s, p)
		}
	})
}
