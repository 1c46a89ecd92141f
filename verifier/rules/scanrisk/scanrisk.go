// Package scanrisk reads the scan history of one unit, and of its batch, and
// says how likely it is that the unit's code is also on other goods. It is pure:
// it keeps no clock and no storage, knows nothing of users, addresses or the
// ledger, and gives the same answer for the same events. A replayed log and the
// verifier run the same code.
//
// A copied code looks like an item with several independent owners: devices
// that have not been seen before, in places one item does not explain, spread
// over days and weeks. Each sign of that is counted (see Signs), weighed as a
// logarithm of a likelihood ratio (see Terms) and added to the prior odds of
// one clone in 20,000 units. What it cannot tell apart: one resale from one copy.
package scanrisk

import (
	"math"
	"time"
)

// Kind is what happened to a unit.
type Kind uint8

// The kinds of event. Scan, Activate and PINFailed come from a shopper's
// device, the others from whoever had custody.
const (
	Scan Kind = iota + 1
	Activate
	PINFailed
	Sold
	Shipped
	Received
)

var kinds = map[string]Kind{
	"scan": Scan, "activate": Activate, "pin_failed": PINFailed,
	"sold": Sold, "shipped": Shipped, "received": Received,
}

// ParseKind reads a kind as scan logs spell it ("pin_failed").
func ParseKind(s string) (Kind, bool) {
	k, ok := kinds[s]
	return k, ok
}

// Event is one thing that happened to one unit.
type Event struct {
	Kind   Kind
	Time   time.Time
	Unit   uint64 // any stable number of the unit, see Key
	Device uint64 // from the keyed hash, see Key; 0 where it is not known
	Place  Location
}

// Advice is what the scans alone have to say of a unit.
type Advice string

// The scans never call for more than caution; only a person confirms a clone.
const (
	None    Advice = "none"
	Caution Advice = "caution"
)

// Score is the answer after an event.
type Score struct {
	Risk    float64 // probability from 0 to 1 that copies of this code are about
	Verdict Advice
	Reasons []Reason // the worst first; empty where the verdict is none
	Signs   Signs    // what the risk is made of
}

// Risks from which a unit deserves its reason.
const (
	farApartRisk = 0.015
	cloneRisk    = 0.3
)

// Limits that no amount of other evidence overrides, see Signs. They keep
// one person, or one place, from condemning an item.
const (
	farApartOwners = 1.2
	cloneOwners    = 1.3
	cloneSustained = 0.5
	oftenDevices   = 30
)

// Assess gives the score of a unit as it stands. It changes nothing.
func Assess(u *Unit, usual Usual, devices Devices) Score {
	signs := signsOf(u, usual, devices)
	s := Score{Risk: signs.risk(), Verdict: None, Signs: signs}
	switch {
	case s.Risk >= cloneRisk && (signs.Owners >= cloneOwners || signs.Sustained >= cloneSustained):
		s.Reasons = append(s.Reasons, u.reason(CloneLikely, signs))
	case s.Risk >= farApartRisk && signs.Owners >= farApartOwners:
		s.Reasons = append(s.Reasons, u.reason(ScannedFarApart, signs))
	}
	if signs.Devices >= oftenDevices {
		s.Reasons = append(s.Reasons, u.reason(ScannedOften, signs))
	}
	if len(s.Reasons) > 0 {
		s.Verdict = Caution
	}
	return s
}

// Key makes the stable number by which units, devices and cities are known
// here: 64-bit FNV-1a over the parts, each ended by a zero byte, never 0.
func Key(parts ...string) uint64 {
	h := uint64(14695981039346656037)
	for _, part := range parts {
		for i := range len(part) {
			h = (h ^ uint64(part[i])) * 1099511628211
		}
		h *= 1099511628211
	}
	return max(h, 1)
}

func seconds(t time.Time) uint32 {
	return uint32(min(max(t.Unix(), 0), math.MaxUint32))
}

const day = 24 * 60 * 60 // in seconds
