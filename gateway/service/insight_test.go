package service

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// TestNobodyIsSingledOut: of two questions whose answers differ by a group of fewer than five, neither the answers nor their
// difference tell how many there are in it.
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
