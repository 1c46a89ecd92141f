package contract

import (
	"fmt"
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/contract/contracttest"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// many is more keys than a peer shows in one range.
const many = contracttest.QueryLimit + 2

// store writes a value as if an earlier transaction had.
func (l *ledger) store(k key, v any) {
	l.t.Helper()
	composed, err := k.compose()
	if err != nil {
		l.t.Fatal(err)
	}
	if l.state[composed], err = trace.Marshal(v); err != nil {
		l.t.Fatal(err)
	}
}

// TestHoldingsAreWhole: a lot in more containers than a peer shows keys.
func TestHoldingsAreWhole(t *testing.T) {
	l := newMarket(t)
	l.must(platform, trace.ApproveBatch, trace.BatchRequest{GTIN: tea, Lot: "BIG"})
	l.store(batchKey(tea, "HUGE"), with(batch(tea, "HUGE", many), func(b *trace.Batch) { b.Producer = "maker" }))
	for i := range int64(many) {
		at := packed(held("maker"), sscc(makerPrefix, int(i)))
		l.store(holdingKey(line("HUGE", i, 1), at), trace.Runs{{State: trace.Held, From: i, Count: 1}})
	}
	all, err := query[[]trace.Holding](l, auditor, trace.GetHoldings, tea, "HUGE")
	if err != nil || len(all) != many || all[many-1].From != many-1 {
		t.Errorf("%d holdings, want %d: %v", len(all), many, err)
	}
	last := line("HUGE", many-1, 1)
	if _, err := l.submit(maker, trace.Sell, selling(last)); trace.CodeOf(err) != trace.UnitsPacked {
		t.Errorf("a unit in the last container: %v", err)
	}
}

// TestRecallReachesPastTheLimit: of the batches made from a lot the last is
// reached, though a peer shows its key in no single range.
func TestRecallReachesPastTheLimit(t *testing.T) {
	l := newMarket(t)
	for i := range many {
		lot := fmt.Sprintf("MADE-%06d", i)
		l.store(usedKey(tea, "A", batch(tea, lot, 1)), lines(line("A", int64(i%50), 1)))
	}
	l.store(usedKey(tea, "A", batch(tea, "TREE", 1)), lines(line("A", 99, 1))) // in key order behind all the others
	made, err := query[[]trace.Derivation](l, auditor, trace.GetDerivations, tea, "A")
	if err != nil || len(made) != many+1 {
		t.Errorf("%d derivations, want %d: %v", len(made), many+1, err)
	}
	e := l.must(
		maker,
		trace.StartRecall,
		with(recall("RECALL-2"), func(r *trace.Recall) { r.Lines = lines(line("A", 99, 1)) }),
	)
	if !slices.Contains(e.Recall.Derived, line("TREE", 0, 3)) {
		t.Errorf("the recall reaches %v", e.Recall.Derived)
	}
}
