package verifiertest

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Labelled notes that labels of a unit were made, with its PIN or without.
func (b Batch) Labelled(index int64, how record.LabelsMade) {
	line := trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: index, Count: 1}
	if _, err := b.w.gateway.LabelsMade(context.Background(), []trace.Line{line}, how); err != nil {
		b.w.t.Fatal(err)
	}
}

// Claimed activates a unit for an owner with a key, eight days after the batch
// was registered.
func (b Batch) Claimed(index int64, key string) trace.OwnedUnit {
	u := trace.OwnedUnit{Owner: key, UnitEvent: trace.UnitEvent{GTIN: b.GTIN, Lot: b.Lot, Index: index,
		Serial: b.Unit(index).Serial, Type: trace.Activated, At: b.Day(8)}}
	b.Acted(trace.EventUnitActivated, trace.Activated, u)
	return u
}

// Acted tells what happened to a unit that is or was claimed, and how it stands now.
func (b Batch) Acted(what trace.EventType, fact trace.UnitEventType, u trace.OwnedUnit) {
	e := u.UnitEvent
	e.Type = fact
	b.Happens(trace.Event{Type: what, At: u.At, By: "platform", Units: []trace.UnitEvent{e}, Unit: &u}, trace.Place{})
}
