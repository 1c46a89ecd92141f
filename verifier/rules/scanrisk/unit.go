package scanrisk

import "math"

// How many visitors a unit remembers: the first ones for good, then the latest.
const (
	maxVisitors  = 24
	keptVisitors = 16
	maxCustody   = 4
)

// Unit is the summary of one unit's history, enough to score it. It holds
// 104 bytes, 56 per visitor and 12 per place of custody: 1,496 bytes at most
// however often it is scanned, 160 when it was asked about from one device.
// The zero Unit has no history. All fields are exported to be stored; only
// Observe changes them.
type Unit struct {
	Visitors []Visitor
	Custody  []Place // where it was shipped, received and sold: the latest four

	ShippedAt, SoldAt, ActivatedAt uint32 // Unix seconds of the first, 0 for never

	Scans       uint32
	Activations uint16 // by devices other than those that activated it before
	Next        uint8  // the visitor to be forgotten next
	Owners      uint8  // far visitors that seemed private when they came

	Fresh     uint32  // new visitors, without those known to scan many units
	Hot, Peak float32 // their number faded by a day's e-fold, and its height
	HotAt     uint32
	SteadyAt  uint32
	Steady    uint16 // new near visitors, but one of those that come within two days, see steady
	Late      uint16 // of these, the ones after the unit's first three weeks

	// What visitors forgotten since have counted for.
	PastOwners  float32
	PastDevices uint32
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

func firstOf(at uint32, e Event) uint32 {
	if t := seconds(e.Time); at == 0 || t < at {
		return t
	}
	return at
}

func (u *Unit) held(p Place) {
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

// visitor finds who the event comes from. Scans without a device are told
// apart by place alone.
func (u *Unit) visitor(e Event) *Visitor {
	for i := range u.Visitors {
		v := &u.Visitors[i]
		if v.Device == e.Device && (e.Device != 0 || v.Places[0].near(e.Place)) {
			return v
		}
	}
	return nil
}

// arrive makes room for a new visitor and notes what only the moment knows:
// who was there before, and how busy it is.
func (u *Unit) arrive(usual Usual, d *Device, e Event) *Visitor {
	at := seconds(e.Time)
	v := Visitor{Device: e.Device, Places: [2]Place{e.Place}, First: at, Last: at}
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

// owned counts a new owner, where the visitor is far.
func (u *Unit) owned(usual Usual, far bool) {
	if !far || u.Owners == math.MaxUint8 {
		return
	}
	if u.Owners++; u.Owners == 2 {
		usual.Batch.Apart++
		usual.All.Apart++
	}
}

// keep puts the visitor in the place of the one that is least worth remembering.
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

func (u *Unit) far(p Place) bool {
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

// heat notes how many other new visitors came lately (Hot) and in the busiest
// day so far (Peak), before this one is counted.
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

// curious is how long most people who are where an item is take to ask about it.
const curious = 20 * day // in seconds

// steady counts new visitors who came to where others had been, neither in a
// crowd nor so late that it may be an old device under its new hash.
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

// devices counts the distinct devices that asked.
func (u *Unit) devices() int {
	n := int(u.PastDevices)
	for i := range u.Visitors {
		if u.Visitors[i].Device != 0 {
			n++
		}
	}
	return n
}
