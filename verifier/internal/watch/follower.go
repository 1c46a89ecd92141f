package watch

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// Log is the log of scans with the states that were made of it.
type Log interface {
	// ScoreNext hands the next entries, at most most of them, with their states
	// to score, and keeps what it made of them together with the place in the
	// log, all or nothing. It answers how many entries it took: none where there
	// are none, and where another verifier is at it.
	ScoreNext(ctx context.Context, most int, score func(*Work)) (int, error)
	// Lag is the age of the oldest entry that is not scored; 0 where there is none.
	Lag(ctx context.Context) (time.Duration, error)
}

// How many entries one transaction takes, and how often it is looked whether
// there are more.
const (
	stretch   = 500
	pause     = 250 * time.Millisecond
	measuring = 5 * time.Second
)

// pauses are those after errors.
var pauses = wait.BackOff{First: pause, Longest: 10 * time.Second}

// Follower scores the log as it grows. Any number may run on one database: one
// works at a time, and any may be killed at any moment.
type Follower struct {
	log    Log
	logger *slog.Logger
	scored prometheus.Counter
	lag    prometheus.Gauge
}

// NewFollower registers its metrics.
func NewFollower(log Log, logger *slog.Logger, metrics prometheus.Registerer) *Follower {
	f := &Follower{log: log, logger: logger,
		scored: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "touchstone_scans_scored_total", Help: "Entries of the log of scans that this verifier has scored."}),
		lag: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "touchstone_scan_scoring_lag_seconds",
			Help: "Age of the oldest entry of the log of scans that no verifier has scored.",
		}),
	}
	metrics.MustRegister(f.scored, f.lag)
	return f
}

// Run follows until ctx ends.
func (f *Follower) Run(ctx context.Context) {
	failures, measured := 0, time.Time{}
	for ctx.Err() == nil {
		n, err := f.next(ctx)
		if err != nil && ctx.Err() == nil {
			failures++
			f.logger.Warn("scans not scored", "error", err, "retry", pauses.After(failures+1))
		} else {
			failures = 0
		}
		f.scored.Add(float64(n))
		if time.Since(measured) > measuring {
			f.measure(ctx)
			measured = time.Now()
		}
		if n < stretch {
			wait.For(ctx, pauses.After(failures+1))
		}
	}
}

// next takes the next entries. A mistake in scoring must not take the shopper's
// pages down with it: it shows as lag.
func (f *Follower) next(ctx context.Context) (n int, err error) {
	defer func() {
		if p := recover(); p != nil {
			n, err = 0, fmt.Errorf("scoring panicked: %v", p)
		}
	}()
	return f.log.ScoreNext(ctx, stretch, (*Work).Score)
}

func (f *Follower) measure(ctx context.Context) {
	if lag, err := f.log.Lag(ctx); err == nil {
		f.lag.Set(lag.Seconds())
	}
}
