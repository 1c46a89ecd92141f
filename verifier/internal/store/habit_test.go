package store_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/watch"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// years is scans of four units over some years, by phones whose names change
// with the month, some of which ask about all four.
func years(b verifiertest.Batch, seed int) []verdict.Scan {
	return rapid.Custom(func(t *rapid.T) (all []verdict.Scan) {
		for at := 900.0; at > 0; at -= rapid.Float64Range(0, 12).Draw(t, "gap") {
			phone := fmt.Sprint("phone", rapid.IntRange(0, 6).Draw(t, "phone"), " of month ", int(at/30))
			all = append(
				all,
				from(
					unitOf(b, rapid.Int64Range(0, 3).Draw(t, "unit")),
					rapid.IntRange(0, 7).Draw(t, "town"),
					phone,
					at,
				),
			)
		}
		return all
	}).Example(seed)
}

// What no score can depend on any more is forgotten, and so the units' states
// are those of a log that is replayed with everything in memory.
func TestForgettingHabitsChangesNoScore(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"})
	for seed := range 5 {
		w.Exec(
			`truncate scan.scan, scan.unit, scan.unit_risk, scan.batch_usual, scan.device_habit, scan.generation, app.log_entry, scan.alert, app.alert_decision`,
		)
		story := years(b, seed)
		put(w, story)
		score(t, w.Store, 1+7*seed)
		replay := inMemory(story)
		for u, want := range replay.Units {
			var state []byte
			var got watch.History
			err := w.DB.QueryRow(`select state from scan.unit_risk where unit_index = $1`, u.Index).Scan(&state)
			if err == nil {
				err = json.Unmarshal(state, &got)
			}
			if diff := cmp.Diff(want.Whole, got); err != nil || diff != "" {
				t.Fatalf("seed %d, unit %d: %v %s", seed, u.Index, err, diff)
			}
		}
		var kept, old, idle int
		if err := w.DB.QueryRow(`select count(*), count(*) filter (where first_at < now() - interval '45 days'),
			count(*) filter (where first_at < now() - interval '45 days' and (state ->> 'Units')::int <= 2) from scan.device_habit`).Scan(&kept, &old, &idle); err != nil {
			t.Fatal(err)
		}
		if idle > 0 || old == 0 || kept == len(replay.Devices) {
			t.Errorf(
				"seed %d: of %d phones %d are remembered, %d of them from long ago, %d for nothing",
				seed,
				len(replay.Devices),
				kept,
				old,
				idle,
			)
		}
	}
}

// After a dismissal more phones ask than the unit's whole history has room for.
// What the first of them did elsewhere still counts, however the log is cut.
func TestHabitsSinceADismissal(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"})
	u := unitOf(b, 7)
	var early, late []verdict.Scan
	for i := range 24 {
		early = append(early, from(u, i, fmt.Sprint("early", i), 300-float64(i)))
	}
	for i := range 5 {
		late = append(late, from(unitOf(b, int64(i+20)), 1, "courier", 30))
	}
	late = append(late, from(u, 1, "courier", 29))
	for i := range 12 {
		late = append(late, from(u, 0, fmt.Sprint("late", i), 28-float64(i)))
	}
	put(w, early)
	score(t, w.Store, 500)
	w.Exec(
		`insert into app.alert_decision (alert_id, outcome, seq, note, ref) select id, 'dismissed', seq, '', 'x' from scan.alert`,
	)
	put(w, late)
	score(t, w.Store, 1)
	cut := states(t, w)
	if err := w.Store.Rescore(t.Context()); err != nil {
		t.Fatal(err)
	}
	score(t, w.Store, 500)
	if diff := cmp.Diff(cut, states(t, w)); diff != "" {
		t.Error(diff)
	}
}

// inMemory takes all of a log at once and forgets nothing.
func inMemory(scans []verdict.Scan) *watch.Work {
	w := &watch.Work{Units: map[verdict.Unit]*watch.Unit{}, Batches: map[watch.BatchKey]*scanrisk.Batch{},
		All: new(scanrisk.Batch), Devices: map[uint64]*scanrisk.Device{}}
	for i, s := range scans {
		w.Entries = append(
			w.Entries,
			watch.Entry{Seq: int64(i), Kind: scanrisk.Scan, Unit: s.Unit, At: s.At.Truncate(time.Microsecond),
				Device: s.Device, City: s.Place, Point: s.Point},
		)
	}
	w.Score()
	return w
}
