// Package wait is how both programs wait: for a time, again and again, and longer
// after each failure. No wait outlasts its context.
package wait

import (
	"context"
	"math/rand/v2"
	"time"
)

// For waits for d; false where ctx ended before.
func For(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return ctx.Err() == nil
	}
}

// Every calls f at once and again after each pause, until ctx ends.
func Every(ctx context.Context, pause time.Duration, f func()) {
	for ctx.Err() == nil {
		f()
		For(ctx, pause)
	}
}

// BackOff gives the pauses between attempts: they double from the first to the longest.
type BackOff struct{ First, Longest time.Duration }

// After is the pause after so many failures, which count from one.
func (b BackOff) After(failures int) time.Duration {
	pause := b.First
	for n := 1; n < failures; n++ {
		if pause > b.Longest/2 {
			return b.Longest
		}
		pause *= 2
	}
	return min(pause, b.Longest)
}

// Until calls f until it succeeds or ctx ends, and gives its last error. failed hears of each
// failure and of the pause after it.
func (b BackOff) Until(ctx context.Context, f func() error, failed func(err error, pause time.Duration)) error {
	for failures := 1; ; failures++ {
		err := f()
		if err == nil || ctx.Err() != nil {
			return err
		}
		pause := b.After(failures)
		failed(err, pause)
		if !For(ctx, pause) {
			return err
		}
	}
}

// Spread gives a duration that differs from d by up to its share, so that those who failed
// together do not come back together. With the share 1 it is anything from 0 to twice d.
func Spread(d time.Duration, share float64) time.Duration {
	return d + time.Duration(share*(2*rand.Float64()-1)*float64(d))
}
