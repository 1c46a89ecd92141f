package trace

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const unitsInTest = 30

type fact struct {
	State  State
	Reason Reason
}

// spread writes runs out unit by unit; a unit nobody has is the zero fact. It
// checks the form on the way: sorted, apart, merged.
func spread(t *rapid.T, r Runs) (units [unitsInTest]fact) {
	for i, x := range r {
		if x.Count < 1 || i > 0 && (r[i-1].To() > x.From || r[i-1].To() == x.From && r[i-1].is(x.State, x.Reason)) {
			t.Fatalf("not in the one form: %+v", r)
		}
		for u := x.From; u < x.To(); u++ {
			units[u] = fact{x.State, x.Reason}
		}
	}
	return units
}

// TestRuns compares the arithmetic of runs with an array of units.
func TestRuns(t *testing.T) {
	facts := []fact{{Held, ""}, {Sold, ""}, {Removed, ReasonMissing}, {Removed, ReasonDamaged}}
	rapid.Check(t, func(t *rapid.T) {
		var runs Runs
		var units [unitsInTest]fact
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			from := rapid.Int64Range(0, unitsInTest-1).Draw(t, "from")
			l := Line{From: from, Count: rapid.Int64Range(1, unitsInTest-from).Draw(t, "count")}
			f := rapid.SampledFrom(facts).Draw(t, "fact")
			before := spread(t, runs)
			checkFind(t, runs, l, f, units)
			want, into := fact{}, f
			next, ok := runs.Take(l, f.State, f.Reason)
			if rapid.Bool().Draw(t, "add") {
				want, into = f, fact{}
				next, ok = runs.Add(Run{f.State, f.Reason, l.From, l.Count})
			}
			expected := units
			possible := true
			for u := l.From; u < l.To(); u++ {
				possible = possible && units[u] == into
				expected[u] = want
			}
			if ok != possible {
				t.Fatalf("%+v on %+v: %v", f, l, ok)
			}
			if spread(t, runs) != before {
				t.Fatal("the old runs have changed")
			}
			if ok {
				runs, units = next, expected
			}
			if diff := cmp.Diff(units, spread(t, runs)); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func checkFind(t *rapid.T, runs Runs, l Line, f fact, units [unitsInTest]fact) {
	found, rest := runs.Find(l, f.State, f.Reason)
	var covered [unitsInTest]int
	for _, x := range found {
		for u := x.From; u < x.To(); u++ {
			if covered[u]++; units[u] != f {
				t.Fatalf("unit %d is found as %+v but is %+v", u, f, units[u])
			}
		}
	}
	for _, x := range rest {
		for u := x.From; u < x.To(); u++ {
			if covered[u]++; units[u] == f {
				t.Fatalf("unit %d is not found as %+v", u, f)
			}
		}
	}
	for u, n := range covered {
		if inLine := int64(u) >= l.From && int64(u) < l.To(); inLine != (n == 1) || n > 1 {
			t.Fatalf("unit %d is covered %d times by %+v and %+v", u, n, found, rest)
		}
	}
}
