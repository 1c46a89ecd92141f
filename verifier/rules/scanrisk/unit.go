package scanrisk

import "math"

// Bounds of what is kept of one unit. The first keptVisitors visitors are kept for
// good; beyond them the latest maxVisitors-keptVisitors are.
const (
	maxVisitors  = 24
	keptVisitors = 16
	maxCustody   = 4 // places of custody, the latest
)

// Unit is the summary of one unit's history, enough to score it. It holds
// 104 bytes, 56 per visitor and 12 per place of custody: 1,496 bytes at most
// however often it is scanned, 160 when it was asked about from one device.
// The zero Unit has no history. All fields are exported to be stored; only
// Observe changes them.
type Unit struct {
	Visitors []Visitor
	Custody  []Location // where it was shipped, received and sold; the latest maxCustody, each once

	ShippedAt, SoldAt, ActivatedAt uint32 // Unix seconds of the first, 0 for never

	Scans       uint32 // pages and verdicts that were asked for, activations and PINs left out
	Activations uint16 // activations by a device that had not activated it, after the first
	Next        uint8  // which of the places behind keptVisitors the next new visitor takes
	Owners      uint8  // visitors far from all before them whose device asked about few units

	// The crowd: new visitors whose device asked about few units.
	Fresh uint32  // how many there were
	Hot   float32 // about how many came within a day before HotAt: each counts 1 and fades to 1/e in a day
	Peak  float32 // the greatest value that Hot has had
	HotAt uint32  // when the newest of them came, in Unix seconds

	// Steady interest: new devices where others had been before, one counted for each two days (see steady).
	SteadyAt uint32 // when the newest one was counted, in Unix seconds
	Steady   uint16 // how many were counted
	Late     uint16 // how many of these came more than curious after the first visitor

	// What the visitors that are no longer kept count for in Signs.
	PastOwners  float32 // the sum of owner of each, see Visitor
	PastDevices uint32  // how many of them had a device
}

// Observe adds an event to the unit's history, to what is usual and to the
// device's; d is nil where the event has no device. Events should come in the
// order of their times; one that comes late is counted at its own time.
func Observe(u *Unit, usual Usual, d *Device, e Event) {
	switch e.Kind {
	case Scan, Activate, PINFailed:
		if d != nil && e.Device != 0 {
			d.sees(e.Unit)
		}
		u.visit(usual, d, e)
	case Sold:
		u.SoldAt = firstOf(u.SoldAt, e)
		u.held(e.Place)
	case Shipped:
		u.ShippedAt = firstOf(u.ShippedAt, e)
		u.held(e.Place)
	case Received:
		u.held(e.Place)
	}
}

// firstOf gives the earlier of a time, 0 for none yet, and the event's; in Unix seconds.
func firstOf(at uint32, e Event) uint32 {
	if t := seconds(e.Time); at == 0 || t < at {
		return t
	}
	return at
}

// held adds a place of custody, where it is known and not near one that is kept.
// The oldest gives way.
func (u *Unit) held(p Location) {
	if !p.known() {
		return
	}
	for _, q := range u.Custody {
		if q.near(p) {
			return
		}
	}
	if len(u.Custody) == maxCustody {
		u.Custody = append(u.Custody[:0], u.Custody[1:]...)
	}
	u.Custody = append(u.Custody, p)
}

// visit counts a scan, an activation or a wrong PIN for whoever it comes from.
func (u *Unit) visit(usual Usual, d *Device, e Event) {
	v := u.visitor(e)
	if v == nil {
		v = u.arrive(usual, d, e)
	}
	v.see(e)
	if e.Kind == Scan {
		u.Scans = min(u.Scans, math.MaxUint32-1) + 1
		return
	}
	if e.Kind == PINFailed {
		v.PINFailed = min(v.PINFailed, math.MaxUint8-1) + 1
		return
	}
	if u.ActivatedAt != 0 && !v.Activated {
		u.Activations = min(u.Activations, math.MaxUint16-1) + 1
	}
	u.ActivatedAt, v.Activated = firstOf(u.ActivatedAt, e), true
}

// visitor gives the visitor that the event comes from; nil for a new one. Scans
// without a device come from one visitor for each place.
func (u *Unit) visitor(e Event) *Visitor {
	for i := range u.Visitors {
		v := &u.Visitors[i]
		if v.Device == e.Device && (e.Device != 0 || v.Places[0].near(e.Place)) {
			return v
		}
	}
	return nil
}

// arrive keeps a new visitor, with what can be told only when he comes: whether he is
// far from everybody before him (Far), and how many others came lately (Hot, Peak). It
// adds the visitor to what is usual for the batch and for all goods.
func (u *Unit) arrive(usual Usual, d *Device, e Event) *Visitor {
	at := seconds(e.Time)
	v := Visitor{Device: e.Device, Places: [2]Location{e.Place}, First: at, Last: at}
	v.Far = u.far(e.Place)
	if d.private() > halfPrivate {
		u.steady(&v, at)
		u.heat(&v, at)
		u.owned(usual, v.Far)
	}
	if n := u.devices() + 1; e.Device != 0 {
		usual.Batch.reached(n)
		usual.All.reached(n)
	}
	return u.keep(v)
}

// owned counts a visitor as an owner, where he is far from all before him. The second
// one makes the unit one of those in the batch that have owners in places apart.
func (u *Unit) owned(usual Usual, far bool) {
	if !far || u.Owners == math.MaxUint8 {
		return
	}
	if u.Owners++; u.Owners == 2 {
		usual.Batch.Apart++
		usual.All.Apart++
	}
}

// keep adds the visitor and gives where he is kept. Where all places are taken, he takes
// that of the oldest visitor behind the first keptVisitors, who goes on counting in
// PastOwners and PastDevices.
func (u *Unit) keep(v Visitor) *Visitor {
	if len(u.Visitors) < maxVisitors {
		u.Visitors = append(u.Visitors, v)
		return &u.Visitors[len(u.Visitors)-1]
	}
	slot := &u.Visitors[keptVisitors+int(u.Next)]
	u.Next = (u.Next + 1) % (maxVisitors - keptVisitors)
	u.PastOwners += float32(slot.owner())
	if slot.Device != 0 {
		u.PastDevices++
	}
	*slot = v
	return slot
}

// far reports whether a place is known and near neither a visitor nor a place of custody.
func (u *Unit) far(p Location) bool {
	if !p.known() {
		return false
	}
	for i := range u.Visitors {
		if u.Visitors[i].at(p) {
			return false
		}
	}
	for _, q := range u.Custody {
		if q.near(p) {
			return false
		}
	}
	return true
}

// heat notes for a new visitor how many others came within about a day before him (Hot)
// and in the busiest day so far (Peak), and then counts him too.
func (u *Unit) heat(v *Visitor, at uint32) {
	if at > u.HotAt {
		u.Hot *= float32(math.Exp(-float64(at-u.HotAt) / day))
		u.HotAt = at
	}
	v.Hot, v.Peak = u.Hot, u.Peak
	u.Fresh++
	u.Hot++
	u.Peak = max(u.Peak, u.Hot)
}

// curious is within what time of the first visitor most people who live or work where
// the item is have asked about it, in seconds.
const curious = 20 * day

// steady counts a new device that came to where others had been: at most one in two
// days, so that a crowd counts once, and only within 25 days of the visitor before,
// because after that a known device may have come back under a new hash.
func (u *Unit) steady(v *Visitor, at uint32) {
	if v.Far || v.Device == 0 {
		return
	}
	if u.HotAt != 0 && at > u.SteadyAt+2*day && at < u.HotAt+25*day {
		u.Steady = min(u.Steady, math.MaxUint16-1) + 1
		u.SteadyAt = at
		if at > u.Visitors[0].First+curious {
			u.Late = min(u.Late, math.MaxUint16-1) + 1
		}
	}
}

// devices gives the number of distinct devices that asked, those no longer kept included.
func (u *Unit) devices() int {
	n := int(u.PastDevices)
	for i := range u.Visitors {
		if u.Visitors[i].Device != 0 {
			n++
		}
	}
	return n
}
