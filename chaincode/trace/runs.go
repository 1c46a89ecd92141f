package trace

import (
	"cmp"
	"slices"
)

// Run is a run of units of one batch in one state.
type Run struct {
	State  State  `json:"state"`
	Reason Reason `json:"reason,omitempty"`
	From   int64  `json:"from"`
	Count  int64  `json:"count"`
}

// To is the index after the run's last unit.
func (r Run) To() int64 { return r.From + r.Count }

func (r Run) is(s State, why Reason) bool { return r.State == s && r.Reason == why }

// Runs are the units of one batch that one holder has: sorted by index, no
// unit twice, neighbours in the same state merged. So the same holding always
// has the same form, whatever moves led to it.
type Runs []Run

// Add gives the runs with one more. It answers false, and no runs, where one
// of its units is there already, for a unit is in one place only.
func (r Runs) Add(run Run) (Runs, bool) {
	i, _ := slices.BinarySearchFunc(r, run.From, func(x Run, from int64) int { return cmp.Compare(x.From, from) })
	if i > 0 && r[i-1].To() > run.From || i < len(r) && run.To() > r[i].From {
		return nil, false
	}
	return slices.Insert(slices.Clone(r), i, run).merged(), true
}

// merged joins neighbours of the same state.
func (r Runs) merged() Runs {
	var out Runs
	for _, x := range r {
		if n := len(out); n > 0 && out[n-1].To() == x.From && out[n-1].is(x.State, x.Reason) {
			out[n-1].Count += x.Count
		} else {
			out = append(out, x)
		}
	}
	return out
}

// Take gives the runs without the units of a line, all of which must be in the
// state; where one is not, it answers false and no runs.
func (r Runs) Take(l Line, s State, why Reason) (Runs, bool) {
	if found, _ := r.Find(l, s, why); len(found) != 1 || found[0] != l {
		return nil, false
	}
	var out Runs
	for _, x := range r {
		if x.To() <= l.From || x.From >= l.To() {
			out = append(out, x)
			continue
		}
		if x.From < l.From {
			out = append(out, Run{x.State, x.Reason, x.From, l.From - x.From})
		}
		if x.To() > l.To() {
			out = append(out, Run{x.State, x.Reason, l.To(), x.To() - l.To()})
		}
	}
	return out, true
}

// Find splits a line into the parts that are in the state and the rest.
func (r Runs) Find(l Line, s State, why Reason) (found, rest []Line) {
	part := func(from, to int64) Line { return Line{GTIN: l.GTIN, Lot: l.Lot, From: from, Count: to - from} }
	next := l.From
	for _, x := range r {
		from, to := max(x.From, l.From), min(x.To(), l.To())
		if from >= to || !x.is(s, why) {
			continue
		}
		if next < from {
			rest = append(rest, part(next, from))
		}
		found = append(found, part(from, to))
		next = to
	}
	if next < l.To() {
		rest = append(rest, part(next, l.To()))
	}
	return found, rest
}

// Contain reports whether a unit is in any of the runs.
func (r Runs) Contain(index int64) bool {
	return slices.ContainsFunc(r, func(x Run) bool { return x.From <= index && index < x.To() })
}

// Cut splits a line into what lies outside of the units from one index up to
// another, and what lies within.
func Cut(l Line, from, to int64) (outside, within []Line) {
	part := func(into *[]Line, from, to int64) {
		if from < to {
			*into = append(*into, Line{GTIN: l.GTIN, Lot: l.Lot, From: from, Count: to - from})
		}
	}
	part(&outside, l.From, min(l.To(), from))
	part(&within, max(l.From, from), min(l.To(), to))
	part(&outside, max(l.From, to), l.To())
	return outside, within
}
