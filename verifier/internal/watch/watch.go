// Package watch follows the log of scans and keeps, for every unit, how likely
// it is that its code was copied. It says what each entry of the log changes
// (Work) and when to take the next ones (Follower).
//
// What the risk is made of is for verifier/rules/scanrisk, where states and the log
// are kept for verifier/internal/store, what a shopper is told for verifier/rules/verdict. It
// knows nothing of SQL or HTTP, and the same log leads to the same states.
package watch

import (
	"strconv"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Entry is one entry of the log: a scan, or a PIN that was entered. Kind is 0
// where only the entry's number is left.
type Entry struct {
	Seq    int64
	Kind   scanrisk.Kind
	Unit   verdict.Unit
	At     time.Time
	Device []byte
	City   string
	Point  verdict.Point
}

func (e Entry) event() scanrisk.Event {
	return scanrisk.Event{Kind: e.Kind, Time: e.At, Unit: unitKey(e.Unit), Device: DeviceKey(e.Device),
		Place: scanrisk.PlaceOf(e.City, e.Point.Lat, e.Point.Lon)}
}

func unitKey(u verdict.Unit) uint64 {
	return scanrisk.Key(u.GTIN, u.Lot, strconv.FormatInt(u.Index, 10))
}

// DeviceKey is the number by which a device's hash is known; 0 where it is not known.
func DeviceKey(hash []byte) uint64 {
	if len(hash) == 0 {
		return 0
	}
	return scanrisk.Key(string(hash))
}

// Custody is when a unit was first shipped and first sold, as far as the ledger
// has it. It comes from there whenever the unit is scored: a shipment of ten
// thousand units is no event of each.
type Custody struct {
	Shipped, Sold time.Time
	Corrected     bool // something of its lot was undone or taken back, so that earlier readings may be wrong
}

// History is what a stretch of the log says of a unit. Its JSON is stored.
type History struct {
	Unit   scanrisk.Unit `json:"unit"`
	Cities []string      `json:"cities,omitempty"` // the first maxCities, by name
	Risk   float64       `json:"risk"`
	// Reasons are those of the last score, the worst first.
	Reasons []scanrisk.Finding `json:"reasons,omitempty"`
}

// maxCities bounds how many cities a unit remembers by name.
const maxCities = 50

// observe adds an event and scores the unit after it.
func (h *History) observe(
	usual scanrisk.Usual, devices scanrisk.Devices, d *scanrisk.Device, c Custody, e scanrisk.Event, city string,
) {
	if c.Corrected {
		forget(&h.Unit.ShippedAt, c.Shipped)
		forget(&h.Unit.SoldAt, c.Sold)
	}
	if h.Unit.ShippedAt == 0 && known(c.Shipped, e.Time) {
		scanrisk.Observe(&h.Unit, usual, nil, scanrisk.Event{Kind: scanrisk.Shipped, Time: c.Shipped, Unit: e.Unit})
	}
	if h.Unit.SoldAt == 0 && known(c.Sold, e.Time) {
		scanrisk.Observe(&h.Unit, usual, nil, scanrisk.Event{Kind: scanrisk.Sold, Time: c.Sold, Unit: e.Unit})
	}
	scanrisk.Observe(&h.Unit, usual, d, e)
	h.visited(city)
	score := scanrisk.Assess(&h.Unit, usual, devices)
	h.Risk, h.Reasons = score.Risk, nil
	for _, r := range score.Reasons {
		h.Reasons = append(h.Reasons, h.reason(r))
	}
}

// forget takes back what the ledger does not say any more.
func forget(noted *uint32, now time.Time) {
	if now.IsZero() || now.Unix() != int64(*noted) {
		*noted = 0
	}
}

// known says whether something that is dated happened by the time given.
func known(at, by time.Time) bool { return !at.IsZero() && !at.After(by) }

func (h *History) visited(city string) {
	if city == "" || len(h.Cities) >= maxCities {
		return
	}
	for _, c := range h.Cities {
		if c == city {
			return
		}
	}
	h.Cities = append(h.Cities, city)
}

func (h *History) reason(r scanrisk.Reason) scanrisk.Finding {
	d := r.Detail
	return scanrisk.Finding{
		Code:    r.Code,
		Count:   d.Scans,
		Devices: d.Devices,
		Cities:  max(len(h.Cities), d.Places),
		Days:    d.Days,
		KM:      d.KM,
		Signs:   d.Signs,
	}
}
