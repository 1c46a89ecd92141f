package insight

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// TestNobodyIsSingledOut: of two questions whose answers differ by a group of fewer than five,
// neither the answers nor their difference tell how many there are in it.
func TestNobodyIsSingledOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		others := rapid.Int64Range(0, 1000).Draw(t, "others")
		few := rapid.Int64Range(1, SmallestGroup-1).Draw(t, "few")
		without := figure(record.Crowd{Count: others, Devices: others})
		with := figure(record.Crowd{Count: others + few, Devices: others + few})
		alone := figure(record.Crowd{Count: few * 100, Devices: few})
		if !alone.Hidden || alone.Count != 0 {
			t.Errorf("a group of %d is told: %+v", few, alone)
		}
		for _, f := range []Figure{without, with} {
			if f.Count%SmallestGroup != 0 || f.Count > 0 && f.Count < SmallestGroup {
				t.Errorf("%+v", f)
			}
		}
		if difference := with.Count - without.Count; difference != 0 && difference != SmallestGroup {
			t.Errorf("the difference tells of %d: %d", few, difference)
		}
	})
}

// TestFiguresMadeOfFigures: rates, conversions and unusual places tell of a hidden group as much as of no group at all.
func TestFiguresMadeOfFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		crowd := func(name string, n int64) record.Crowd { return record.Crowd{Key: name, Count: n, Devices: n} }
		shown := rapid.Int64Range(0, 500).Draw(t, "shown")
		few, fewer := rapid.Int64Range(0, SmallestGroup-1).
			Draw(t, "few"),
			rapid.Int64Range(0, SmallestGroup-1).
				Draw(t, "fewer")
		told := func(few int64) string {
			links := linkFigures(
				[]record.LinkCrowds{
					{
						By:     "creator",
						Key:    "lin",
						Shown:  crowd("", shown),
						Opened: crowd("", few),
						Bought: crowd("", few),
					},
				},
			)
			places := func(few int64) []Figure { return figures([]record.Crowd{crowd("杭州", shown), crowd("拉萨", few)}) }
			bought := *links[0].Bought
			links[0].Bought = nil
			return fmt.Sprintf(
				"%+v %+v %v %+v", links, bought, unusualPlaces(places(few), places(fewer)),
				unusualPlaces(places(fewer), places(few)),
			)
		}
		if a, b := told(few), told(fewer); a != b {
			t.Errorf("%d and %d can be told apart:\n%s\n%s", few, fewer, a, b)
		}
	})
}

// TestUnusualPlaces: a place is unusual against its own part before, not where everything grew.
func TestUnusualPlaces(t *testing.T) {
	of := func(hangzhou, lhasa int64) []Figure {
		return []Figure{{Key: "杭州", Count: hangzhou}, {Key: "拉萨", Count: lhasa}}
	}
	for name, x := range map[string]struct {
		now, before []Figure
		want        string
	}{
		"far more than before": {of(100, 50), of(100, 5), "[{拉萨 50 5}]"},
		"everything grew":      {of(1000, 50), of(100, 5), "[]"},
		"never seen before":    {of(100, 25), of(100, 0), "[{拉萨 25 0}]"},
		"too few":              {of(100, 15), of(100, 0), "[]"},
		"nothing before":       {of(100, 50), of(0, 0), "[]"},
	} {
		if got := fmt.Sprint(unusualPlaces(x.now, x.before)); got != x.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
