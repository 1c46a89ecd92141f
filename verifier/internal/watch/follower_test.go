package watch

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// troubled is a log that gives what it is told to, call by call.
type troubled struct {
	steps []func() (int, error)
	calls int
	last  time.Time
}

func (l *troubled) ScoreNext(context.Context, int, func(*Work)) (int, error) {
	l.calls++
	l.last = time.Now()
	if len(l.steps) == 0 {
		return 0, nil
	}
	next := l.steps[0]
	l.steps = l.steps[1:]
	return next()
}

func (l *troubled) Lag(context.Context) (time.Duration, error) { return 3 * time.Second, nil }

// Errors and panics only make it wait; full stretches follow each other at once.
func TestFollowerGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := func() (int, error) { return stretch, nil }
		log := &troubled{steps: []func() (int, error){
			func() (int, error) { return 0, errors.New("no database") },
			func() (int, error) { panic("a mistake") },
			full, full, func() (int, error) { return 7, nil },
		}}
		metrics := prometheus.NewRegistry()
		f := NewFollower(log, slog.New(slog.NewTextHandler(io.Discard, nil)), metrics)
		ctx, stop := context.WithCancel(t.Context())
		began := time.Now()
		go f.Run(ctx)
		time.Sleep(2*pause + 4*pause + time.Millisecond) // after an error, and after two
		if log.calls != 5 || log.last.Sub(began) != 6*pause {
			t.Errorf("%d calls, the last after %s", log.calls, log.last.Sub(began))
		}
		time.Sleep(10 * pause)
		if log.calls != 15 {
			t.Errorf("%d calls once it is level", log.calls)
		}
		all, err := metrics.Gather()
		if err != nil || len(all) != 2 {
			t.Fatal(all, err)
		}
		if lag := all[0].GetMetric()[0].GetGauge().GetValue(); lag != 3 {
			t.Errorf("lag %v", lag)
		}
		if n := all[1].GetMetric()[0].GetCounter().GetValue(); n != 2*stretch+7 {
			t.Errorf("%v are counted", n)
		}
		stop()
		synctest.Wait()
	})
}
