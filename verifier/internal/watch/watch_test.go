package watch

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

func newWork(entries ...Entry) *Work {
	return &Work{Entries: entries, Units: map[verdict.Unit]*Unit{}, Batches: map[BatchKey]*scanrisk.Batch{},
		All: new(scanrisk.Batch), Devices: map[uint64]*scanrisk.Device{}}
}

var unit = verdict.Unit{GTIN: "06998801000036", Lot: "L1", Index: 7}

var began = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// asked is an entry of a scan in a town so many days after it began.
func asked(seq int64, day, town int, device string) Entry {
	return Entry{Seq: seq, Kind: scanrisk.Scan, Unit: unit, At: began.AddDate(0, 0, day), Device: []byte(device),
		City: fmt.Sprint("town", town), Point: verdict.Point{Lat: float64(20 + 5*town), Lon: 100}}
}

// However a log is cut, the same states come of it.
func TestStretchesMakeNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, seq := 0, int64(0)
		log := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Entry {
			day += rapid.IntRange(0, 9).Draw(t, "gap")
			seq++
			return asked(
				seq,
				day,
				rapid.IntRange(0, 5).Draw(t, "town"),
				fmt.Sprint("device", rapid.IntRange(0, 9).Draw(t, "device")),
			)
		}), 1, 40).Draw(t, "log")
		whole := newWork(log...)
		whole.Score()
		cut := newWork()
		for len(log) > 0 {
			n := rapid.IntRange(1, len(log)).Draw(t, "stretch")
			cut.Entries, log = log[:n], log[n:]
			cut.Score()
		}
		whole.Entries, cut.Entries, whole.Opened, cut.Opened = nil, nil, nil, nil
		if diff := cmp.Diff(whole, cut); diff != "" {
			t.Fatal(diff)
		}
	})
}

// What the ledger says counts once it has happened, and entries whose rows are
// gone count for nothing.
func TestCustodyAndGaps(t *testing.T) {
	w := newWork(asked(1, 1, 0, "a"), Entry{Seq: 2}, asked(3, 9, 0, "b"))
	w.Units[unit] = &Unit{Custody: Custody{Shipped: began, Sold: began.AddDate(0, 0, 5)}}
	w.Entries, w.Units[unit].Seq = w.Entries[:2], 0
	w.Score()
	u := w.Units[unit]
	if u.Whole.Unit.ShippedAt == 0 || u.Whole.Unit.SoldAt != 0 || u.Seq != 1 || len(w.Units) != 1 {
		t.Errorf("%+v of %d", u, len(w.Units))
	}
	w.Entries = []Entry{asked(3, 9, 0, "b")}
	w.Score()
	if u.Whole.Unit.SoldAt != uint32(began.AddDate(0, 0, 5).Unix()) || u.Whole.Unit.Scans != 2 ||
		!u.ScannedAt.Equal(began.AddDate(0, 0, 9)) {
		t.Errorf("%+v", u)
	}
}

// What was undone since has not happened, and what happened anew has; without a
// correction what was read once stays.
func TestCorrectedCustody(t *testing.T) {
	sold, again := began.AddDate(0, 0, 5), began.AddDate(0, 0, 12)
	for name, c := range map[string]struct {
		later           Custody
		shipped, soldAt time.Time
	}{
		"sale undone":      {Custody{Shipped: began, Corrected: true}, began, time.Time{}},
		"sold again":       {Custody{Shipped: began, Sold: again, Corrected: true}, began, again},
		"sale stands":      {Custody{Shipped: began, Sold: sold, Corrected: true}, began, sold},
		"shipment undone":  {Custody{Corrected: true}, time.Time{}, time.Time{}},
		"nothing was read": {Custody{}, began, sold},
	} {
		w := newWork(asked(1, 9, 0, "a"))
		w.Units[unit] = &Unit{Custody: Custody{Shipped: began, Sold: sold}}
		w.Score()
		w.Units[unit].Custody = c.later
		w.Entries = []Entry{asked(2, 20, 0, "b")}
		w.Score()
		u := w.Units[unit].Whole.Unit
		for what, at := range map[string][2]time.Time{"shipped": {c.shipped, time.Unix(int64(u.ShippedAt), 0)}, "sold": {c.soldAt, time.Unix(int64(u.SoldAt), 0)}} {
			if at[0].IsZero() != (at[1].Unix() == 0) || !at[0].IsZero() && !at[0].Equal(at[1]) {
				t.Errorf("%s: %s at %s, want %s", name, what, at[1], at[0])
			}
		}
	}
}

// A dismissed unit starts afresh, and what is usual is not told of it twice.
func TestSinceADismissal(t *testing.T) {
	var log []Entry
	for i := range 6 {
		log = append(log, asked(int64(i+1), 6*i, i, fmt.Sprint("victim", i)))
	}
	w := newWork(log...)
	w.Score()
	if len(w.Opened) != 1 || len(w.Units[unit].Whole.Reasons) != 1 {
		t.Fatalf("%+v %+v", w.Opened, w.Units[unit].Whole)
	}
	at := int64(6)
	w.Units[unit].Dismissed = &at
	plain := newWork(append(log, asked(7, 40, 2, "another"))...)
	plain.Score()
	w.Entries, w.Opened = []Entry{asked(7, 40, 2, "another")}, nil
	w.Score()
	u := w.Units[unit]
	if u.Since == nil || u.Since.Unit.Scans != 1 || u.Whole.Unit.Scans != 7 || len(w.Reopened) != 0 {
		t.Errorf("%+v", u)
	}
	if diff := cmp.Diff(plain.All, w.All); diff != "" {
		t.Error(diff)
	}
	for i := range 6 {
		w.Entries = []Entry{asked(int64(8+i), 60+6*i, i, fmt.Sprint("next", i))}
		w.Score()
	}
	if len(w.Reopened) != 1 || u.Dismissed != nil || u.Since != nil {
		t.Errorf("%+v %+v", w.Reopened, u)
	}
}
