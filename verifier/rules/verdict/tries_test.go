package verdict

import (
	"testing"
	"time"
)

func TestLockedFor(t *testing.T) {
	for since, want := range map[time.Duration]time.Duration{
		0: TryCounted, 23 * time.Hour: time.Hour, TryCounted: time.Second, 25 * time.Hour: time.Second, -time.Minute: TryCounted,
	} {
		if got := LockedFor(since); got != want {
			t.Errorf("last tried %s ago: %s, want %s", since, got, want)
		}
	}
}
