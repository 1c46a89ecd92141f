package contract

import (
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// complain opens a complaint about a unit, mostly naming who has it. Complaints
// move nothing: the world's check finds every unit where it was.
func (w *world) complain() {
	lot := rapid.SampledFrom(sortedKeys(w.units)).Draw(w.T, "lot")
	index := rapid.IntRange(0, len(w.units[lot])-1).Draw(w.T, "unit")
	at := w.units[lot][index]
	named := at
	if !w.mostly("the holder") {
		named = trace.Place{Holder: w.who(traders).name}
	}
	has := at.Holder == named.Holder && at.Container == named.Container
	w.submit(
		platform,
		trace.OpenComplaint,
		trace.OpenComplaintRequest{ID: w.id("CASE"), GTIN: tea, Lot: lot, Index: int64(index),
			Holder: named.Holder, Container: named.Container, EvidenceHash: evidence},
		has,
	)
}
