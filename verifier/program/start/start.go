// Package start is how both programs begin and end, read their settings, wait for
// their database, and remove what has had its time.
package start

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// Main runs a program until it ends or is told to (SIGINT, SIGTERM), and exits with 1 where it failed.
func Main(name string, run func(context.Context) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	stop()
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, name+":", err)
		os.Exit(1)
	}
}

// Metrics gives a registry with the numbers of the process itself.
func Metrics() *prometheus.Registry {
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return metrics
}

// databasePauses are those between questions whether the database is up to date.
var databasePauses = wait.BackOff{First: 250 * time.Millisecond, Longest: 5 * time.Second}

// Database waits until upToDate gives no error, or until ctx ends, and then gives the last one.
func Database(ctx context.Context, log *slog.Logger, upToDate func(context.Context) error) error {
	return databasePauses.Until(ctx, func() error { return upToDate(ctx) }, func(err error, pause time.Duration) {
		log.Warn("database not ready", "error", err, "retry", pause)
	})
}

// forgetEvery is how often what has had its time is removed.
const forgetEvery = time.Hour

// Forget removes at once and then every hour what has had its time, until ctx ends. What cannot be
// removed now is said and tried again.
func Forget(ctx context.Context, log *slog.Logger, each ...func(context.Context) error) {
	wait.Every(ctx, forgetEvery, func() {
		for _, forget := range each {
			if err := forget(ctx); err != nil && ctx.Err() == nil {
				log.Warn("what has had its time is not removed", "error", err)
			}
		}
	})
}
