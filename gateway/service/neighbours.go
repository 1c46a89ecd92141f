package service

import (
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Who sees what of a story (decision 71): the platform, auditors and the producer of
// the batch see all of it, for they supervise and recall. Everybody else who may see
// the batch sees what is said of the batch as a whole, what it did itself, and its
// neighbours: from whom it got units and to whom it gave them.

// SeesStory reports whether the caller sees all of a batch's story.
func (c Caller) SeesStory(producer string) bool { return c.SeesAll() || c.Party == producer }

// ofTheBatch are the events that are about a batch as such, whoever has its units.
var ofTheBatch = []trace.EventType{
	trace.EventBatchRegistered,
	trace.EventBatchApproved,
	trace.EventBatchCorrected,
	trace.EventInspected,
	trace.EventHeld,
	trace.EventReleased,
	trace.EventRecalled,
	trace.EventRecallClosed,
}

// EventsFor gives the events of a batch's story that the caller may know of.
func (c Caller) EventsFor(b trace.Batch, all []record.ProvenanceEvent) []record.ProvenanceEvent {
	if c.SeesStory(b.Producer) {
		return all
	}
	return slices.DeleteFunc(all, func(e record.ProvenanceEvent) bool {
		made := e.Type == trace.EventTransformed && e.By == b.Producer && e.Units == b.Quantity
		return !made && !slices.Contains(ofTheBatch, e.Type) && !slices.Contains([]string{e.By, e.From, e.To}, c.Party)
	})
}

// HoldingsFor gives the holdings that the caller may know of: its own, and what is
// on its way to it.
func (c Caller) HoldingsFor(producer string, all []record.ProvenanceHolding) []record.ProvenanceHolding {
	if c.SeesStory(producer) {
		return all
	}
	return slices.DeleteFunc(
		all, func(h record.ProvenanceHolding) bool { return h.Party != c.Party && h.To != c.Party },
	)
}
