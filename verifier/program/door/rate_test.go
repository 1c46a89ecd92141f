package door

import (
	"fmt"
	"testing"
	"time"
)

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.7": "203.0.113.7", "::ffff:203.0.113.7": "203.0.113.7",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::", "2001:db8:1:2::": "2001:db8:1:2::", "fe80::1%eth0": "fe80::",
		"": "unknown", "1.2.3": "unknown", "2001:db8::1, 203.0.113.7": "unknown",
	} {
		if got := Network(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func TestRates(t *testing.T) {
	r := NewRates(time.Hour)
	for i := range 4 {
		if wait := r.Wait("a", 0.001, 3); (wait > 0) != (i == 3) {
			t.Errorf("request %d waits %s", i, wait)
		}
	}
	if r.Wait("b", 0.001, 3) > 0 {
		t.Error("another waits too")
	}
}

// However many ask, only so many are remembered.
func TestRatesForget(t *testing.T) {
	r := NewRates(time.Hour)
	for i := range 2 * mostRemembered {
		r.Wait(fmt.Sprint(i), 1, 1)
	}
	if n := r.seen.Len(); n != mostRemembered {
		t.Errorf("%d are remembered", n)
	}
}
