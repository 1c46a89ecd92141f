package scanrisk_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// anyEvents draws a log of a few units.
func anyEvents(t *rapid.T) []scanrisk.Event {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	event := rapid.Custom(func(t *rapid.T) scanrisk.Event {
		at = at.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "quarters")) * 15 * time.Minute)
		e := scanrisk.Event{
			Kind: scanrisk.Kind(rapid.SampledFrom([]int{1, 1, 1, 1, 2, 3, 4, 5, 6}).Draw(t, "kind")),
			Unit: scanrisk.Key(fmt.Sprint(rapid.IntRange(1, 5).Draw(t, "unit"))),
			Time: at,
			Place: rapid.SampledFrom(append(places, scanrisk.PlaceOf("", 0, 0), scanrisk.PlaceOf("上海", 0, 0))).
				Draw(t, "place"),
		}
		if device := rapid.IntRange(0, 40).Draw(t, "device"); device > 0 {
			e.Device = scanrisk.Key("device", fmt.Sprint(device))
		}
		return e
	})
	return rapid.SliceOfN(event, 1, 200).Draw(t, "events")
}

func replayed(events []scanrisk.Event, change func(e scanrisk.Event) scanrisk.Event) []scanrisk.Score {
	h, scores := scanrisk.NewHistory(), []scanrisk.Score(nil)
	for _, e := range events {
		scores = append(scores, h.Observe(1, change(e)))
	}
	return scores
}

func same(e scanrisk.Event) scanrisk.Event { return e }

func TestScoresAreProbabilitiesAndRepeatable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := anyEvents(t)
		scores := replayed(events, same)
		for i, s := range scores {
			if !(s.Risk > 0 && s.Risk < 1) {
				t.Fatalf("event %d: risk %v", i, s.Risk)
			}
			if (s.Verdict == scanrisk.None) != (len(s.Reasons) == 0) {
				t.Fatalf("event %d: verdict %s with reasons %v", i, s.Verdict, s.Reasons)
			}
		}
		if d := cmp.Diff(scores, replayed(events, same)); d != "" {
			t.Fatal(d)
		}
	})
}

// What the hashes are does not matter, only which are the same.
func TestDevicesHaveNoNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := anyEvents(t)
		renamed := replayed(events, func(e scanrisk.Event) scanrisk.Event {
			if e.Device != 0 {
				e.Device = scanrisk.Key("another name", fmt.Sprint(e.Device))
			}
			return e
		})
		if d := cmp.Diff(replayed(events, same), renamed); d != "" {
			t.Fatal(d)
		}
	})
}

// Another owner, alone, weeks later, somewhere new, never makes an item safer.
func TestAnotherOwnerNeverLowersTheRisk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, day := newStory(), 50.0
		order := rapid.Permutation(places).Draw(t, "places")
		before := 0.0
		for i, place := range order {
			s.scan(day, place, fmt.Sprint("victim", i))
			if s.score.Risk < before {
				t.Fatalf("owner %d: risk fell from %v to %v", i, before, s.score.Risk)
			}
			before = s.score.Risk
			day += rapid.Float64Range(10, 40).Draw(t, "gap")
		}
	})
}

// Whatever one person does with one device to an item that has its owner, it
// never comes to a warning.
func TestOneDeviceNeverCondemns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, day := newStory().scan(50, shanghai, "owner").scan(52, shanghai, "owner"), 53.0
		for range rapid.IntRange(1, 60).Draw(t, "events") {
			day += rapid.Float64Range(0, 5).Draw(t, "gap")
			kind := scanrisk.Kind(rapid.IntRange(1, 3).Draw(t, "kind"))
			who := rapid.SampledFrom([]string{"foe", "foe", "foe", "owner"}).Draw(t, "who")
			place := shanghai
			if who == "foe" {
				place = rapid.SampledFrom(places).Draw(t, "place")
			}
			if s.on(day, kind, place, who); len(s.score.Reasons) > 0 {
				t.Fatalf("risk %v, reasons %v", s.score.Risk, s.score.Reasons)
			}
		}
	})
}

// The state of a unit stays as small as its comment says.
func TestUnitIsBounded(t *testing.T) {
	u, all := scanrisk.Unit{}, scanrisk.Batch{}
	for i := range 100_000 {
		scanrisk.Observe(&u, scanrisk.Usual{Batch: &all, All: &all}, nil, scanrisk.Event{
			Kind:   scanrisk.Kind(1 + i%6),
			Unit:   1,
			Device: uint64(i + 1),
			Time:   time.Unix(int64(1e9+1000*i), 0),
			Place:  places[i%8],
		})
	}
	fixed, each := unsafe.Sizeof(u), unsafe.Sizeof(scanrisk.Visitor{})
	if fixed != 104 || each != 56 || len(u.Visitors) != 24 || len(u.Custody) > 4 {
		t.Errorf("%d bytes, %d visitors of %d bytes, %d custody places", fixed, len(u.Visitors), each, len(u.Custody))
	}
}

// A unit stored after every event, as JSON, scores as one kept in memory.
func TestStateCanBeStored(t *testing.T) {
	kept, stored, all := scanrisk.Unit{}, []byte("{}"), scanrisk.Batch{}
	usual, none := scanrisk.Usual{Batch: &all, All: &all}, scanrisk.NewHistory()
	for i := range 200 {
		e := scanrisk.Event{
			Kind: scanrisk.Kind(1 + i%6), Unit: 1, Device: uint64(i % 31), Time: time.Unix(int64(1e9+50_000*i), 0),
			Place: append(places, scanrisk.PlaceOf("", 0, 0), scanrisk.PlaceOf("上海", 0, 0))[i%10],
		}
		scanrisk.Observe(&kept, usual, nil, e)
		var u scanrisk.Unit
		if err := json.Unmarshal(stored, &u); err != nil {
			t.Fatal(err)
		}
		scanrisk.Observe(&u, scanrisk.Usual{Batch: new(scanrisk.Batch), All: new(scanrisk.Batch)}, nil, e)
		var err error
		if stored, err = json.Marshal(u); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(scanrisk.Assess(&kept, usual, none), scanrisk.Assess(&u, usual, none)); d != "" {
			t.Fatalf("event %d: %s", i, d)
		}
	}
}

// BenchmarkDecision, which should stay below 1 ms, takes a decision on a unit with as long a history as is kept.
func BenchmarkDecision(b *testing.B) {
	s := newStory()
	for i := range 1000 {
		s.scan(50+float64(i)/20, places[i%8], fmt.Sprint("reader", i))
	}
	b.ReportAllocs()
	for b.Loop() {
		s.scan(101, places[3], "reader 7")
	}
}
