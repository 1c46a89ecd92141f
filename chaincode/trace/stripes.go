package trace

import (
	"slices"
	"strconv"
)

// The units of a batch are dealt to Stripes in blocks of stripeWidth, over and
// over, so that units which different people handle at the same time are mostly
// in different stripes, and a long run of units is one run in each.
const (
	Stripes     = 32
	stripeWidth = 8
	stripeCycle = Stripes * stripeWidth
)

// Stripe is one of them. It counts its own units from 0, without gaps.
type Stripe int64

// String gives a stripe as it stands in keys.
func (s Stripe) String() string { return strconv.FormatInt(int64(s), 10) }

// ParseStripe reads what String has written.
func ParseStripe(text string) (Stripe, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	return Stripe(n), err
}

// StripesOf gives the stripes that a line has units in, in ascending order.
func StripesOf(l Line) []Stripe {
	var all []Stripe
	first, last := l.From/stripeWidth, (l.To()-1)/stripeWidth
	for block := first; block <= last && block < first+Stripes; block++ {
		all = append(all, Stripe(block%Stripes))
	}
	slices.Sort(all)
	return all
}

// Local gives the units of a line that are in the stripe, in its own count.
func (s Stripe) Local(l Line) Line {
	from := s.below(l.From)
	return Line{GTIN: l.GTIN, Lot: l.Lot, From: from, Count: s.below(l.To()) - from}
}

// below counts the stripe's units before an index of the batch.
func (s Stripe) below(index int64) int64 {
	within := index%stripeCycle - int64(s)*stripeWidth
	return index/stripeCycle*stripeWidth + min(max(within, 0), stripeWidth)
}

// JoinStripes gives runs that each count in their own stripe as runs of the batch.
func JoinStripes(all map[Stripe]Runs) Runs {
	var cycles []int64 // between two of them nothing begins or ends
	for _, runs := range all {
		for _, r := range runs {
			cycles = append(cycles, r.From/stripeWidth, r.From/stripeWidth+1, r.To()/stripeWidth, r.To()/stripeWidth+1)
		}
	}
	slices.Sort(cycles)
	cycles = slices.Compact(cycles)
	rest := map[Stripe]Runs{}
	for s, runs := range all {
		rest[s] = runs
	}
	var out Runs
	for i := 0; i+1 < len(cycles); i++ {
		out = append(out, joinCycles(rest, cycles[i], cycles[i+1])...)
	}
	return out.merged()
}

// joinCycles joins what lies in some cycles, which are alike where they are more than one.
func joinCycles(rest map[Stripe]Runs, from, to int64) Runs {
	for s := range rest {
		for len(rest[s]) > 0 && rest[s][0].To() <= from*stripeWidth {
			rest[s] = rest[s][1:]
		}
	}
	if r, ok := alike(rest, from, to); ok {
		return Runs{r}
	}
	var out Runs
	for cycle := from; cycle < to; cycle++ {
		for s := range Stripe(Stripes) {
			out = append(out, s.inCycle(rest[s], cycle)...)
		}
	}
	return out
}

// alike gives the one run that whole cycles are, if they are one.
func alike(rest map[Stripe]Runs, from, to int64) (Run, bool) {
	var first Run
	for s := range Stripe(Stripes) {
		if len(rest[s]) == 0 {
			return Run{}, false
		}
		r := rest[s][0]
		if s == 0 {
			first = r
		}
		if r.From > from*stripeWidth || r.To() < to*stripeWidth || !r.is(first.State, first.Reason) {
			return Run{}, false
		}
	}
	return Run{
		State:  first.State,
		Reason: first.Reason,
		From:   from * stripeCycle,
		Count:  (to - from) * stripeCycle,
	}, true
}

// inCycle gives the stripe's runs in one cycle, in the batch's count.
func (s Stripe) inCycle(runs Runs, cycle int64) Runs {
	var out Runs
	start := cycle * stripeWidth
	for _, r := range runs {
		from, to := max(r.From, start), min(r.To(), start+stripeWidth)
		if r.From >= start+stripeWidth {
			break
		}
		if from < to {
			at := cycle*stripeCycle + int64(s)*stripeWidth + from - start
			out = append(out, Run{State: r.State, Reason: r.Reason, From: at, Count: to - from})
		}
	}
	return out
}
