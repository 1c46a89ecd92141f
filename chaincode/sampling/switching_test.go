package sampling

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// run plays lots: + accepted, - rejected, ~ accepted while production is irregular.
func run(s State, lots string, points int, mayReduce bool) State {
	for _, c := range lots {
		o := Outcome{Accepted: c != '-', Points: points, Irregular: c == '~', MayReduce: mayReduce}
		if c == '-' {
			o.Points = 0
		}
		s = s.After(o)
	}
	return s
}

func TestSwitching(t *testing.T) {
	ten := strings.Repeat("+", 10)
	for _, c := range []struct {
		name   string
		from   Severity
		lots   string
		points int
		reduce bool
		want   Severity
		ended  bool
	}{
		{"two of two rejected", Normal, "--", 2, false, Tightened, false},
		{"two of five rejected", Normal, "-+++-", 2, false, Tightened, false},
		{"two of six rejected", Normal, "-++++-", 2, false, Normal, false},
		{"one rejected", Normal, "-", 2, false, Normal, false},
		{"five accepted in a row", Tightened, "+++++", 2, false, Normal, false},
		{"four accepted in a row", Tightened, "++++", 2, false, Tightened, false},
		{"four, a rejection, four", Tightened, "++++-++++", 2, false, Tightened, false},
		{"a rejection, then five", Tightened, "-+++++", 2, false, Normal, false},
		{"five rejected in all", Tightened, "-+-+-+-+-", 2, false, Tightened, true},
		{"four rejected in all", Tightened, "-+-+-+-", 2, false, Tightened, false},
		{"thirty points by threes", Normal, ten, 3, true, Reduced, false},
		{"twenty points by twos", Normal, ten, 2, true, Normal, false},
		{"thirty points by twos", Normal, ten + "+++++", 2, true, Reduced, false},
		{"a rejection sets the score back", Normal, "+++++-" + ten[1:], 3, true, Normal, false},
		{"thirty points without approval", Normal, ten, 3, false, Normal, false},
		{"thirty points, irregular production", Normal, ten[1:] + "~", 3, true, Normal, false},
		{"accepted on reduced", Reduced, "+++", 3, true, Reduced, false},
		{"rejected on reduced", Reduced, "-", 3, true, Normal, false},
		{"irregular on reduced", Reduced, "~", 3, true, Normal, false},
	} {
		got := run(State{Severity: c.from}, c.lots, c.points, c.reduce)
		if got.Now() != c.want || got.Discontinued != c.ended {
			t.Errorf("%s: %+v, want %s", c.name, got, c.want)
		}
	}
	if s := run(State{Severity: Tightened}, "-----", 2, false).Resumed(); s.Now() != Tightened || s.Discontinued {
		t.Errorf("resumed: %+v", s)
	}
}

func TestPoints(t *testing.T) {
	for _, c := range []struct {
		aql           AQL
		nonconforming int64
		want          int
	}{
		{"1.0", 3, 3}, // 200 units, Ac 5; with 0.65 Ac 3
		{"1.0", 4, 0}, // accepted, but not with 0.65
		{"1.0", 6, 0},
		{"0.25", 1, 2}, // Ac 1
		{"0.25", 2, 0},
		{"0.065", 0, 2}, // Ac 0
	} {
		p, err := Design(5000, "II", c.aql, Normal)
		if err != nil {
			t.Fatal(err)
		}
		if got := Points(5000, "II", c.aql, p, c.nonconforming); got != c.want {
			t.Errorf("%s with %d: %d points, want %d", c.aql, c.nonconforming, got, c.want)
		}
	}
}

// TestHistory: whatever happens, the state is bounded, the zero state is where
// normal inspection begins, and After never changes the state it began with.
func TestHistory(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := State{}
		for range rapid.IntRange(0, 60).Draw(r, "lots") {
			before := slices.Clone(s.Recent)
			next := s.After(
				Outcome{Accepted: rapid.Bool().Draw(r, "accepted"), Points: rapid.IntRange(0, 3).Draw(r, "points"),
					Irregular: rapid.Bool().Draw(r, "irregular"), MayReduce: rapid.Bool().Draw(r, "may reduce")},
			)
			if !slices.Equal(before, s.Recent) || len(next.Recent) > window ||
				next.Discontinued != (next.Rejected >= toDiscontinue) {
				r.Fatalf("%+v -> %+v", s, next)
			}
			s = next
		}
	})
}
