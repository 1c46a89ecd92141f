package scanrisk

import "math"

// Signs are the figures the risk is made of, see Terms. An owner is a device
// far from all before it, counted from 0 to 1 by how independent it seems.
type Signs struct {
	Owners      float64 // independent owners in places apart, beyond the first
	Devices     int     // distinct devices
	Returns     float64 // owners asking again after one far away has asked
	AfterSale   float64 // owners after the item was sold or activated, beyond the first
	BeforeShip  float64 // owners before the item was shipped
	PINFailures float64 // devices with a wrong PIN, other than those that activated
	Activations float64 // devices that activated it after another had
	Unusual     float64 // -log10 of the share of units with so many devices; 0 where all are in one place
	Pace        float64 // owners that came days to weeks after the one before
	Wandering   float64 // devices that were in two places, up to 2, times Owners, up to 2
	Strange     float64 // owners' cities: how unusual they are for the batch, in nats
	Custom      float64 // Owners, up to 3, times how rare a second owner is in the batch, in nats
	Crowd       float64 // log of the busiest day's new devices, where interest lasted some days only
	Sustained   float64 // log of the days that such interest lasted, from a fortnight on
	Span        float64 // log of the days between the first owner and the last
}

func signsOf(u *Unit, usual Usual, devices Devices) Signs {
	s := Signs{Owners: float64(u.PastOwners), Devices: int(u.PastDevices), Activations: float64(u.Activations)}
	shoppers := int(u.PastDevices)
	var private [maxVisitors]float64
	for i := range u.Visitors {
		v := &u.Visitors[i]
		private[i] = 0.6 // a scan without a device
		if v.Device != 0 {
			private[i] = devices.Device(v.Device).private()
			s.Devices++
			if private[i] > halfPrivate {
				shoppers++
			}
		}
		if v.Moved {
			s.Wandering += private[i]
		}
		if v.PINFailed > 0 && !v.Activated {
			s.PINFailures += private[i]
		}
	}
	s.places(u, usual, &private)
	s.Wandering = math.Min(s.Wandering, 2) * math.Min(s.Owners, 2)
	s.Unusual = math.Min(s.Owners, 1) * usual.unusual(shoppers)
	return s
}

// group is the visitors of one place: an owner with his household, or a shop.
type group struct {
	visitor     *Visitor // the first
	first, last uint32
	private     float64
}

// places reads what the visitors' places and times show.
func (s *Signs) places(u *Unit, usual Usual, private *[maxVisitors]float64) {
	var groups [maxVisitors]group
	n := 0
	for i := range u.Visitors {
		v := &u.Visitors[i]
		g := find(groups[:n], v)
		if g == nil {
			groups[n] = group{v, v.First, v.Last, private[i]}
			n++
			continue
		}
		if private[i] > halfPrivate {
			g.last = max(g.last, v.Last)
		}
		g.private = math.Max(g.private, private[i])
	}
	s.owners(u, usual, groups[:n])
	s.overlaps(groups[:n])
	s.crowd(u, n)
}

// find gives the group the visitor belongs to, by any place it was seen in.
func find(groups []group, v *Visitor) *group {
	for i := range groups {
		o := groups[i].visitor
		if o.at(v.Places[0]) || v.Moved && o.at(v.Places[1]) {
			return &groups[i]
		}
	}
	return nil
}

func (s *Signs) owners(u *Unit, usual Usual, groups []group) {
	var most, after float64
	first, last := uint32(math.MaxUint32), uint32(0)
	end, start := u.ended(), u.started()
	for i := range groups {
		g := &groups[i]
		v := g.visitor
		if !v.Far {
			continue
		}
		owner := v.owner() * g.private
		if v.First+3*day > start && v.First < start+3*day {
			owner /= 2
		}
		s.Owners += owner
		most = math.Max(most, owner)
		if owner > 0.3 {
			first, last = min(first, v.First), max(last, v.First)
		}
		s.Pace += owner * pace(float64(v.First)-float64(groups[max(i, 1)-1].first))
		s.Strange += owner * usual.Batch.strange(v.Places[0])
		if end != 0 && v.First > end {
			after += owner
		}
		if v.First < u.ShippedAt {
			s.BeforeShip += owner
		}
	}
	s.Owners = math.Max(s.Owners-most, 0)
	s.AfterSale = math.Max(after-1, 0)
	if last > first {
		s.Span = math.Log1p(float64(last-first) / day)
	}
	s.Custom = math.Min(s.Owners, 3) * usual.custom(u.Owners >= 2)
}

// pace is 1 for a new owner some days to weeks after the one before: late for
// a household, a courier or a photograph, early for a re-sale.
func pace(seconds float64) float64 {
	days := math.Abs(seconds) / day
	return math.Min(math.Max(days-1.5, 0)/2, 1) * math.Min(math.Max(25-days, 0)/10, 1)
}

// crowd tells a photograph, which people scan for some days after it appears,
// from copies, which are scanned for as long as they are sold.
func (s *Signs) crowd(u *Unit, places int) {
	if u.Peak <= 2 || places < 3 {
		return
	}
	lasted := float64(u.Fresh) / float64(u.Peak) // days, at the height of the interest
	height := math.Log(float64(u.Peak) / 2)
	s.Crowd = height * math.Max(1-lasted/15, 0)
	s.Sustained = math.Min(height, 1) * math.Max(math.Log(lasted/15), 0)
}

// overlaps counts groups that began while another, far away, still had scans
// to come: one item is not in both hands.
func (s *Signs) overlaps(groups []group) {
	for i := range groups {
		g := &groups[i]
		for j := range groups {
			o := &groups[j]
			if j != i && g.visitor.Far && o.first < g.first && g.first < o.last && o.private > halfPrivate {
				s.Returns += g.private * g.visitor.owner()
				break
			}
		}
	}
}

// started is when the item was sold or, where that is not known, first asked about.
func (u *Unit) started() uint32 {
	if u.SoldAt != 0 || len(u.Visitors) == 0 {
		return u.SoldAt
	}
	return u.Visitors[0].First
}

// ended is when the item reached its owner, as far as events say so.
func (u *Unit) ended() uint32 {
	if u.SoldAt == 0 || u.ActivatedAt != 0 && u.ActivatedAt < u.SoldAt {
		return u.ActivatedAt
	}
	return u.SoldAt
}
