package scanrisk

import "math"

// Signs are the figures the risk is made of. Owners, Devices and Places are
// also what a person is told.
type Signs struct {
	Owners      float64 // independent owners in places apart, beyond the first
	Devices     int     // distinct devices
	Neighbours  float64 // devices that are new in a place already seen, days later
	Household   float64 // the same, within days
	Returns     float64 // owners asking again after one far away has asked
	TooFast     float64 // owners too far from the scan before for the time between
	AfterSale   float64 // owners after the item was sold or activated, beyond the first
	BeforeShip  float64 // owners before the item was shipped
	PINFailures float64 // devices with a wrong PIN, other than those that activated
	Activations float64 // devices that activated it after another had
	Unusual     float64 // -log10 of the probability of so many devices in this batch
	Strange     float64 // owners' cities: how unusual they are for the batch, in nats
	Crowd       float64 // log of the busiest day's new devices, where they came all at once
	Span        float64 // log of the days between the first owner and the last
}

// neighbourly is how long a household takes to look at a new thing.
const neighbourly = 4 * day

func signsOf(u *Unit, b *Batch, devices Devices) Signs {
	s := Signs{Owners: float64(u.PastOwners), Devices: int(u.PastDevices), Activations: float64(u.Activations)}
	shoppers := int(u.PastDevices)
	var most, after, far float64
	first, last := uint32(math.MaxUint32), uint32(0)
	for i := range u.Visitors {
		v := &u.Visitors[i]
		private := 0.8 // a scan without a device
		if v.Device != 0 {
			private = devices.Device(v.Device).private()
			s.Devices++
			if private > 0.4 {
				shoppers++
			}
		}
		if v.PINFailed > 0 && !v.Activated {
			s.PINFailures += private
		}
		if !v.Far {
			s.neighbour(u, i, private)
			continue
		}
		owner := v.owner() * private
		s.Owners += owner
		most = math.Max(most, owner)
		far++
		if owner > 0.3 {
			first, last = min(first, v.First), max(last, v.First)
		}
		s.Strange += owner * b.strange(v.Places[0])
		if v.TooFast {
			s.TooFast += private
		}
		if end := u.ended(); end != 0 && v.First > end {
			after += owner
		}
		if v.First < u.ShippedAt {
			s.BeforeShip += owner
		}
		s.Returns += private * u.returns(i, devices)
	}
	s.Owners = math.Max(s.Owners-most, 0)
	s.AfterSale = math.Max(after-1, 0)
	s.Unusual = b.unusual(shoppers)
	if last > first {
		s.Span = math.Log1p(float64(last-first) / day)
	}
	if share := float64(u.Peak) / (far + 1); u.Peak > 3 && share > 0.3 {
		s.Crowd = math.Log(float64(u.Peak)/3) * math.Min(share, 1)
	}
	return s
}

// neighbour counts a device that is new in a place already seen.
func (s *Signs) neighbour(u *Unit, i int, private float64) {
	v := &u.Visitors[i]
	if i == 0 || v.Device == 0 || !v.Places[0].known() {
		return
	}
	before := uint32(0)
	for j := range u.Visitors {
		if o := &u.Visitors[j]; j != i && o.First < v.First && o.at(v.Places[0]) {
			before = max(before, min(o.Last, v.First))
		}
	}
	if before != 0 && v.First-before > neighbourly {
		s.Neighbours += private
	} else {
		s.Household += private
	}
}

// returns gives 1 where the visitor asked again, from nowhere near, after a
// later one who is far away: one item is not in both hands.
func (u *Unit) returns(i int, devices Devices) float64 {
	v := &u.Visitors[i]
	if v.Moved {
		return 0
	}
	for j := range u.Visitors {
		o := &u.Visitors[j]
		if o.Far && !o.Moved && o.First > v.First && o.First < v.Last && !o.at(v.Places[0]) {
			if o.Device == 0 || devices.Device(o.Device).private() > 0.4 {
				return 1
			}
		}
	}
	return 0
}

// ended is when the item reached its owner, as far as events say so.
func (u *Unit) ended() uint32 {
	if u.SoldAt == 0 || u.ActivatedAt != 0 && u.ActivatedAt < u.SoldAt {
		return u.ActivatedAt
	}
	return u.SoldAt
}
