package scanrisk

import (
	"strings"
	"testing"
)

// English counts one thing as one.
func TestReasonsCount(t *testing.T) {
	for _, c := range []struct {
		code   Code
		detail Detail
		want   string
	}{
		{CloneLikely, Detail{Devices: 1, Places: 1, Days: 1}, "1 device scanned this code in 1 place far apart within 1 day, "},
		{CloneLikely, Detail{Devices: 6, Places: 5, Days: 31}, "6 devices scanned this code in 5 places far apart within 31 days, "},
		{ScannedFarApart, Detail{Places: 2, Days: 1}, "This code was scanned in 2 places far apart within 1 day. "},
		{ScannedOften, Detail{Scans: 36, Devices: 30}, "This code was asked about 36 times, by 30 devices; "},
	} {
		if got := (Reason{c.code, c.detail}).Text().En; !strings.HasPrefix(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
