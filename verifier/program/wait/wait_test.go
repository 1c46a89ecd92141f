package wait

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		began := time.Now()
		if !For(ctx, time.Second) || time.Since(began) != time.Second {
			t.Errorf("waited %s", time.Since(began))
		}
		if For(ctx, time.Hour) || time.Since(began) != time.Minute {
			t.Errorf("outlasted its context: %s", time.Since(began))
		}
		if For(ctx, 0) {
			t.Error("waited in a context that had ended")
		}
	})
}

func TestEvery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3500*time.Millisecond)
		defer cancel()
		began, calls := time.Now(), []time.Duration(nil)
		Every(ctx, time.Second, func() { calls = append(calls, time.Since(began)) })
		if want := []time.Duration{0, 1e9, 2e9, 3e9}; !slices.Equal(calls, want) {
			t.Errorf("called at %v", calls)
		}
	})
}

func TestBackOff(t *testing.T) {
	b := BackOff{First: 3 * time.Second, Longest: 20 * time.Second}
	for failures, want := range map[int]time.Duration{
		0: 3, 1: 3, 2: 6, 3: 12, 4: 20, 5: 20, math.MaxInt: 20,
	} {
		if got := b.After(failures); got != want*time.Second {
			t.Errorf("after %d failures %s", failures, got)
		}
	}
	for failures := range 200 {
		if got := (BackOff{First: 1, Longest: math.MaxInt64}).After(failures); got < 1 {
			t.Errorf("after %d failures %s", failures, got)
		}
	}
}

func TestUntil(t *testing.T) {
	b := BackOff{First: time.Second, Longest: 3 * time.Second}
	broken := errors.New("broken")
	synctest.Test(t, func(t *testing.T) {
		var pauses []time.Duration
		began, left := time.Now(), 4
		fails := func() error {
			if left--; left < 0 {
				return nil
			}
			return broken
		}
		err := b.Until(t.Context(), fails, func(err error, pause time.Duration) {
			if !errors.Is(err, broken) {
				t.Error(err)
			}
			pauses = append(pauses, pause)
		})
		if want := []time.Duration{
			1e9,
			2e9,
			3e9,
			3e9,
		}; err != nil || !slices.Equal(pauses, want) ||
			time.Since(began) != 9*time.Second {
			t.Errorf("%v after %v", err, pauses)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if err := b.Until(ctx, func() error { return broken }, func(error, time.Duration) {}); !errors.Is(err, broken) {
			t.Error(err)
		}
	})
}

func TestSpread(t *testing.T) {
	least, most := time.Hour, time.Duration(0)
	for range 10_000 {
		d := Spread(10*time.Second, 0.2)
		least, most = min(least, d), max(most, d)
	}
	if least < 8*time.Second || least > 9*time.Second || most > 12*time.Second || most < 11*time.Second {
		t.Errorf("from %s to %s", least, most)
	}
}
