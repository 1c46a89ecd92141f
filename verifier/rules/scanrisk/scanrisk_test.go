package scanrisk_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// Each innocent cause alone never calls for caution, but for a code that has
// become public, which says so and condemns nothing.
func TestInnocentCauses(t *testing.T) {
	for name, c := range map[string]struct {
		tell  func(s *story)
		often bool // SCANNED_OFTEN is the answer
	}{
		"an owner asks once": {func(s *story) { s.scan(50, shanghai, "owner") }, false},
		"a curious family": {func(s *story) {
			for i := range 9 {
				s.scan(50+float64(i)/10, shanghai, fmt.Sprint("family", i%4))
			}
		}, false},
		"re-sale": {func(s *story) {
			s.scan(50, shanghai, "owner").scan(52, shanghai, "owner").scan(90, chengdu, "buyer").scan(95, chengdu, "buyer")
		}, false},
		"a roaming phone": {func(s *story) {
			for i := range 16 {
				s.scan(50+float64(i), places[i%8], "owner")
			}
		}, false},
		"a wrong geolocation": {func(s *story) {
			s.scan(50, shanghai, "owner").scan(50.01, urumqi, "owner").scan(50.02, shanghai, "owner").scan(51, shanghai, "spouse")
		}, false},
		"a wrong geolocation at first sight": {func(s *story) {
			s.scan(50, urumqi, "owner").scan(50.02, shanghai, "owner").scan(51, shanghai, "spouse").scan(70, kunming, "spouse")
		}, false},
		"a courier on his way": {func(s *story) {
			s.scan(50, shanghai, "depot").scan(50.5, wuhan, "truck").scan(51.1, xian, "rider").scan(52, chengdu, "owner")
		}, false},
		"a shared address": {func(s *story) {
			for i := range 11 {
				s.scan(50+3*float64(i), shanghai, fmt.Sprint("colleague", i))
			}
		}, false},
		"a seller who scans his whole stock": {func(s *story) {
			for i := range 50 {
				s.tell(scanrisk.Key("stock", fmt.Sprint(i)), 49, scanrisk.Scan, beijing, "seller")
			}
			s.scan(49, beijing, "seller").scan(55, shanghai, "owner").scan(80, chengdu, "buyer")
		}, false},
		"a photograph in the press": {func(s *story) {
			s.scan(50, shanghai, "owner")
			for i := range 3000 {
				s.scan(60+3*float64(i)/3000, places[i*5%8], fmt.Sprint("reader", i))
			}
		}, true},
		"the new phone every month": {func(s *story) {
			for month := range 12 {
				s.scan(50+30*float64(month), shanghai, fmt.Sprint("month", month%11))
			}
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStory()
			c.tell(s)
			if s.worst[scanrisk.CloneLikely] || s.worst[scanrisk.ScannedFarApart] ||
				s.worst[scanrisk.ScannedOften] != c.often {
				t.Errorf("reasons %v, highest risk %.4f", s.worst, s.highest)
			}
		})
	}
}

// Copies sold to different people in different places over weeks are found.
func TestClones(t *testing.T) {
	for name, c := range map[string]struct {
		tell func(s *story)
		want scanrisk.Code
	}{
		"five copies over two months": {func(s *story) {
			for i := range 5 {
				s.scan(50+12*float64(i), places[i], fmt.Sprint("victim", i))
			}
		}, scanrisk.CloneLikely},
		"three copies, and the owner asks again": {func(s *story) {
			s.scan(50, shanghai, "owner").scan(60, chengdu, "a").scan(71, harbin, "b").scan(80, urumqi, "c").scan(90, shanghai, "owner")
		}, scanrisk.CloneLikely},
		"a thousand copies": {func(s *story) {
			for i := range 1000 {
				s.scan(50+60*float64(i)/1000, places[i*5%8], fmt.Sprint("victim", i))
			}
		}, scanrisk.CloneLikely},
		"without device hashes": {func(s *story) {
			for i := range 8 {
				s.scan(50+9*float64(i), places[i], "")
			}
		}, scanrisk.CloneLikely},
		"after a scan from nowhere": {func(s *story) {
			s.scan(45, scanrisk.PlaceOf("", 0, 0), "owner")
			for i := range 6 {
				s.scan(50+12*float64(i), places[i], fmt.Sprint("victim", i))
			}
		}, scanrisk.CloneLikely},
		"without points": {func(s *story) {
			for i, city := range strings.Fields("上海 Beijing 成都 Kunming 西安") {
				s.scan(50+9*float64(i), scanrisk.PlaceOf(city, 0, 0), fmt.Sprint("victim", i))
			}
		}, scanrisk.CloneLikely},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStory()
			c.tell(s)
			if len(s.score.Reasons) == 0 || s.score.Reasons[0].Code != c.want || s.score.Verdict != scanrisk.Caution {
				t.Errorf("risk %.4f, reasons %+v", s.score.Risk, s.score.Reasons)
			}
		})
	}
}

// One person cannot condemn an item: not with one device however often he
// scans and wherever he seems to be, nor with a handful of devices in one place.
func TestPoisoning(t *testing.T) {
	for name, tell := range map[string]func(s *story, i int){
		"one device, a thousand times":        func(s *story, i int) { s.scan(60+float64(i)/10, beijing, "foe") },
		"one device, seen everywhere":         func(s *story, i int) { s.scan(60+float64(i)/10, places[i%8], "foe") },
		"one device with wrong PINs":          func(s *story, i int) { s.on(60+float64(i)/10, scanrisk.PINFailed, beijing, "foe") },
		"eleven devices in one place":         func(s *story, i int) { s.scan(60+float64(i)/10, beijing, fmt.Sprint("foe", i%10)) },
		"an address without devices":          func(s *story, i int) { s.scan(60+float64(i)/10, beijing, "") },
		"a thousand new devices in one place": func(s *story, i int) { s.scan(60+float64(i)/10, beijing, fmt.Sprint("foe", i)) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStory().scan(50, shanghai, "owner")
			for i := range 1000 {
				tell(s, i)
			}
			if s.worst[scanrisk.CloneLikely] || s.worst[scanrisk.ScannedFarApart] {
				t.Errorf("reasons %v, highest risk %.4f", s.worst, s.highest)
			}
		})
	}
}

// Copies that all are sold in one town look like an office that asks about its
// purchase, but for the weeks that they go on: the risk ranks them above, and
// says nothing aloud.
func TestOneOutlet(t *testing.T) {
	office, copies := newStory(), newStory()
	for i := range 12 {
		office.scan(50+60*math.Pow(float64(i)/12, 2), beijing, fmt.Sprint("colleague", i))
		copies.scan(50+60*float64(i)/12, beijing, fmt.Sprint("victim", i))
	}
	if copies.score.Risk < 3*office.score.Risk || len(copies.score.Reasons) > 0 {
		t.Errorf(
			"copies: risk %.6f, reasons %v; office: risk %.6f",
			copies.score.Risk,
			copies.score.Reasons,
			office.score.Risk,
		)
	}
}

// Every reason says itself to a person, with its facts filled in.
func TestTexts(t *testing.T) {
	for _, code := range []scanrisk.Code{scanrisk.ScannedOften, scanrisk.ScannedFarApart, scanrisk.CloneLikely} {
		text := scanrisk.Reason{Code: code}.Text()
		if text.ZhCN == "" || text.En == "" || strings.ContainsAny(text.ZhCN+text.En, "{}") {
			t.Errorf("%s: %+v", code, text)
		}
	}
}
