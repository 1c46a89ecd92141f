package verdict

import (
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// English counts one thing as one.
func TestPlurals(t *testing.T) {
	one := Detail{
		"count":     1,
		"cities":    1,
		"days":      days(1),
		"units":     1,
		"at":        trace.Date("2026-11-01"),
		"inspector": trace.Text{En: "the lab"},
	}
	many := Detail{
		"count":     7,
		"cities":    3,
		"days":      days(31),
		"units":     20,
		"at":        trace.Date("2026-11-01"),
		"inspector": trace.Text{En: "the lab"},
	}
	for finding, want := range map[Reason][2]string{
		CloneLikely: {"This code was checked 1 time in 1 city within a day and may have been copied.",
			"This code was checked 7 times in 3 cities within 31 days and may have been copied."},
		ScannedOften: {"This code was checked 1 time within a day; it is probably public, for instance from a photograph.",
			"This code was checked 7 times within 31 days; it is probably public, for instance from a photograph."},
		inspectionPassed: {"It passed inspection by the lab on 1 Nov 2026; 1 unit was sampled.", "It passed inspection by the lab on 1 Nov 2026; 20 units were sampled."},
	} {
		for i, d := range []Detail{one, many} {
			if got := reasons[finding].message.fill(d).Found.En; got != want[i] {
				t.Errorf("%s: %q, want %q", finding, got, want[i])
			}
		}
	}
}
