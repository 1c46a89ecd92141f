package trace

import (
	"testing"
	"time"
)

func TestDayEndsAtMidnightInChina(t *testing.T) {
	for at, want := range map[string]Date{
		"2026-10-01T15:59:59.999Z":  "2026-10-01",
		"2026-10-01T16:00:00Z":      "2026-10-02",
		"2026-12-31T23:00:00-05:00": "2027-01-01",
	} {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil || DayOf(instant) != want {
			t.Errorf("%s is on %s, want %s (%v)", at, DayOf(instant), want, err)
		}
	}
}

func TestDates(t *testing.T) {
	for d, ok := range map[Date]bool{"": true, "2026-10-02": true, "2028-02-29": true, "2026-02-29": false,
		"2026-10-2": false, "2026/10/02": false, "20261002": false, " 2026-10-02": false, "2026-10-02T00:00:00Z": false,
		"0001-01-01": false, "1026-10-02": false, "1970-01-01": false, "1971-01-01": true, "2199-12-31": true, "2200-01-01": false, "9999-12-31": false} {
		if err := d.Check("producedOn"); (err == nil) != ok || err != nil && CodeOf(err) != DateInvalid {
			t.Errorf("%q: %v", d, err)
		}
	}
	if got := Date("2027-12-31").AddDays(60); got != "2028-02-29" {
		t.Errorf("60 days after 2027-12-31 is %s", got)
	}
	if got := Date("soon").AddDays(1); got != "" {
		t.Errorf("a day after %q is %s", "soon", got)
	}
	for d, expired := range map[Date]bool{"": false, "2026-10-01": true, "2026-10-02": false, "2026-10-03": false} {
		if d.Expired("2026-10-02") != expired {
			t.Errorf("%q on 2026-10-02: %v", d, !expired)
		}
	}
}
