package verifiertest

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// LabelsMade is how the codes of units left the gateway (see its record.LabelsMade).
type LabelsMade string

// The ways.
const (
	MadeWithPINs    LabelsMade = "with"
	MadeWithoutPINs LabelsMade = "without"
	PINsRead        LabelsMade = "read"
)

// Labelled notes that labels of a unit were made, with its PIN or without.
func (b Batch) Labelled(index int64, how LabelsMade) {
	line := trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: index, Count: 1}
	write(b.w.t, change{Database: b.w.URL, Labels: &labels{line, how}})
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
