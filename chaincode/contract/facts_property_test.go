package contract

import (
	"maps"
	"slices"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// checkFacts compares what the ledger states of some units of a lot with the
// account. Where they are is named rightly, wrongly, or not at all.
func (w *world) checkFacts(lot string) {
	var asked []trace.FactsAsked
	for n := range min(trace.MaxFacts, len(w.units[lot])) {
		i := (n + w.l.txs) % len(w.units[lot])
		at := []trace.Place{w.units[lot][i], held("stall"), {}, removed("SHIP-1", trace.ReasonMissing)}[n%4]
		asked = append(asked, trace.FactsAsked{GTIN: tea, Lot: lot, Index: int64(i), At: at})
	}
	all, err := query[[]trace.Facts](w.l, auditor, trace.GetFacts, factsOf(asked...))
	if err != nil {
		w.Fatal(err)
	}
	for n, f := range all {
		i := asked[n].Index
		unit := line(lot, i, 1)
		_, flagged := w.flags[unit]
		got := map[string]any{
			"place":   *f.Place,
			"left":    f.Left,
			"recalls": recallIDs(f),
			"copied":  f.Flag != nil && f.Flag.Copied(),
			"holds": f.Quality != nil &&
				len(f.Quality.Holds) > 0,
			"inspected": f.Inspection != nil,
			"waits":     f.Batch.Status == trace.BatchAwaitingApproval,
		}
		_, judged := w.judged[lot]
		want := map[string]any{
			"place":     w.units[lot][i],
			"left":      w.gone[unit],
			"recalls":   w.recallsOf(lot, i),
			"copied":    flagged,
			"holds":     len(w.holds[lot]) > 0,
			"inspected": judged,
			"waits":     w.waiting[lot],
		}
		if diff := cmp.Diff(want, got); diff != "" {
			w.Fatalf("unit %d of %s: the facts differ from the account: %s", i, lot, diff)
		}
	}
}

func recallIDs(f trace.Facts) (ids []string) {
	for _, r := range f.Recalls {
		ids = append(ids, r.ID)
	}
	return ids
}

func (w *world) recallsOf(lot string, index int64) (ids []string) {
	for _, id := range slices.Sorted(maps.Keys(w.recalls)) {
		if w.reached(w.recalls[id], lot, index) {
			ids = append(ids, id)
		}
	}
	return ids
}
