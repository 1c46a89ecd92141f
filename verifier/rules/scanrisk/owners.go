package scanrisk

import "math"

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

// owners counts the groups as owners, and what marks them. The item has one
// owner by right: whoever lives where it was sold or, where nobody asks from
// there, the likeliest.
func (s *Signs) owners(u *Unit, usual Usual, groups []group) {
	var most, home float64
	first, last := uint32(math.MaxUint32), uint32(0)
	start := u.started()
	for i := range groups {
		g := &groups[i]
		v := g.visitor
		if !v.Far {
			home = math.Max(home, g.resident())
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
		s.mark(u, g, owner, float64(v.First)-float64(groups[max(i, 1)-1].first))
	}
	s.Owners = math.Max(s.Owners+home-math.Max(most, home), 0)
	if last > first {
		s.Span = math.Log1p(float64(last-first) / day)
	}
	s.Custom = math.Min(s.Owners, 3) * usual.custom(u.Owners >= 2)
}

// mark counts what is odd about an owner who came so long after the one before.
func (s *Signs) mark(u *Unit, g *group, owner, seconds float64) {
	s.Pace += owner * pace(seconds)
	if g.last > g.first+day/2 {
		s.Settled += owner
	}
	if g.visitor.First < u.SoldAt {
		s.BeforeSale += owner
	}
	if g.visitor.First < u.ShippedAt {
		s.BeforeShip += owner
	}
}

// resident says how likely a group that is near where the item was held is its
// owner's.
func (g *group) resident() float64 {
	if !g.visitor.Places[0].known() {
		return 0
	}
	return g.private / (1 + float64(g.visitor.Hot))
}

// pace is 1 for a new owner some days to weeks after the one before: late for
// a household, a courier or a photograph, early for a re-sale.
func pace(seconds float64) float64 {
	days := math.Abs(seconds) / day
	return math.Min(math.Max(days-1.5, 0)/2, 1) * math.Min(math.Max(25-days, 0)/10, 1)
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
