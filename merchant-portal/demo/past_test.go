package demo

import "testing"

// The log is in time order, as the import wants it, and all of it is past.
func TestLooks(t *testing.T) {
	all := looks()
	for i, x := range all {
		if x.before <= 0 || x.before > 42*day || i > 0 && x.before > all[i-1].before {
			t.Errorf("%d: %+v", i, x)
		}
	}
}
