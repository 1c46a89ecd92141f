package trace

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// TestStripes: dealt out and joined again, runs are what they were; every unit
// of a line is in one stripe, and neighbours of one block in the same.
func TestStripes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var runs Runs
		next := int64(0)
		for range rapid.IntRange(0, 6).Draw(t, "runs") {
			r := Run{
				State: rapid.SampledFrom([]State{Held, Sold}).Draw(t, "state"),
				From: next + rapid.Int64Range(0, 2000).
					Draw(t, "gap"),
				Count: rapid.Int64Range(1, 5000).Draw(t, "count"),
			}
			runs, next = append(runs, r), r.To()
		}
		runs = runs.merged()
		dealt := map[Stripe]Runs{}
		for _, r := range runs {
			l := Line{From: r.From, Count: r.Count}
			total := int64(0)
			for _, s := range StripesOf(l) {
				local := s.Local(l)
				if local.Count < 1 {
					t.Fatalf("stripe %s has no unit of %v", s, l)
				}
				total += local.Count
				var ok bool
				if dealt[s], ok = dealt[s].Add(Run{State: r.State, From: local.From, Count: local.Count}); !ok {
					t.Fatalf("two runs meet in stripe %s", s)
				}
			}
			if total != r.Count {
				t.Fatalf("%v: the stripes have %d units", l, total)
			}
		}
		if got := JoinStripes(dealt); fmt.Sprint(got) != fmt.Sprint(runs) {
			t.Fatalf("joined %v, want %v", got, runs)
		}
	})
}

// TestStripesOfAFewUnits: who handles a few units touches few stripes, and not his neighbours'.
func TestStripesOfAFewUnits(t *testing.T) {
	for _, c := range []struct {
		from, count int64
		want        string
	}{
		{0, 1, "[0]"}, {7, 1, "[0]"}, {8, 1, "[1]"}, {255, 1, "[31]"}, {256, 1, "[0]"}, {4, 8, "[0 1]"}, {252, 8, "[0 31]"},
	} {
		if got := fmt.Sprint(StripesOf(Line{From: c.from, Count: c.count})); got != c.want {
			t.Errorf("%d units from %d: %s, want %s", c.count, c.from, got, c.want)
		}
	}
	if all := StripesOf(Line{From: 3, Count: 1_000_000}); len(all) != Stripes {
		t.Errorf("a million units are in %d stripes", len(all))
	}
}
