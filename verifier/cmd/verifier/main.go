// Command verifier serves the pages and verdicts behind the QR codes and scores
// the log of scans; "verifier rescore" has the log scored anew, "verifier
// import-scans < log.csv" adds scans of before. It starts without Postgres and
// without the ledger, and says so in its answers until they are there.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/verifier/internal/level"
	"github.com/touchstone-trace/touchstone/verifier/internal/store"
	"github.com/touchstone-trace/touchstone/verifier/internal/watch"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/start"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

func main() {
	start.Main("verifier", func(ctx context.Context) error { return run(ctx, os.Args[1:]) })
}

func run(ctx context.Context, args []string) (err error) {
	c, err := readConfig()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: c.LogLevel}))
	s, err := store.Open(c.DatabaseURL)
	if err != nil {
		return fmt.Errorf("TOUCHSTONE_DATABASE_URL: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }() // writes the scans that are waiting
	switch {
	case slices.Equal(args, []string{"rescore"}):
		return rescore(ctx, s)
	case slices.Equal(args, []string{"import-scans"}):
		return c.importScans(ctx, s, os.Stdin, log)
	case len(args) > 0:
		return fmt.Errorf(
			"%q: without arguments it serves; rescore has the log of scans scored anew, import-scans adds a log of before",
			args,
		)
	}
	metrics := start.Metrics()
	options, err := c.options(s, log, metrics)
	if err != nil {
		return err
	}
	c.owners(&options)
	ledger, err := c.peers(log)
	if err != nil {
		return err
	}
	var heights *level.Watch
	if ledger != nil {
		defer func() { err = errors.Join(err, ledger.Close()) }()
		heights = level.New(ledger, time.Now)
		go heights.Run(ctx)
		options.Blocks, options.Level = ledger, heights
	}
	if options.Trust, err = start.FromFile("TOUCHSTONE_TRUST_FILE", c.TrustFile, proof.ReadTrust); err != nil {
		return err
	}
	if err := c.countersigned(ctx, &options, ledger, heights, s); err != nil {
		return err
	}
	go options.Serials.Follow(ctx, log)
	follower := watch.NewFollower(s, log, metrics)
	go func() {
		if start.Database(ctx, log, s.Ready) != nil {
			return
		}
		go follower.Run(ctx)
		start.Forget(
			ctx, log, until(s.ForgetVisits), until(s.ForgetTries), until(s.ForgetReports), until(s.ForgetClicks),
		)
	}()
	public, err := door.Open("TOUCHSTONE_LISTEN", c.Listen, web.New(options))
	if err != nil {
		return err
	}
	defer public.Close()
	numbers, err := door.Open("TOUCHSTONE_METRICS_LISTEN", c.MetricsListen, door.Numbers(metrics))
	if err != nil {
		return err
	}
	defer numbers.Close()
	return door.Serve(ctx, log, public, numbers)
}

// until gives what forgets as of now.
func until(forget func(context.Context, time.Time) error) func(context.Context) error {
	return func(ctx context.Context) error { return forget(ctx, time.Now()) }
}

// rescore has the verifiers that run make their states of units anew.
func rescore(ctx context.Context, s *store.Store) error {
	if err := s.Ready(ctx); err != nil {
		return err
	}
	return s.Rescore(ctx)
}

func (c config) options(s *store.Store, log *slog.Logger, metrics *prometheus.Registry) (web.Options, error) {
	keys, err := c.codes(log)
	if err != nil {
		return web.Options{}, err
	}
	proxies, err := start.Networks("TOUCHSTONE_TRUSTED_PROXIES", c.TrustedProxies)
	if err != nil {
		return web.Options{}, err
	}
	published, err := c.published(s)
	if err != nil {
		return web.Options{}, err
	}
	return web.Options{
		Codes:        keys,
		Published:    published,
		Records:      s,
		Serials:      codes.NewSerials(s),
		Scans:        s,
		Tries:        s,
		Complaints:   s,
		Reports:      s,
		Decisions:    s,
		Reviews:      s,
		Logs:         s,
		Shelves:      s,
		Pictures:     s,
		Badges:       s,
		Creators:     s,
		Clicks:       s,
		Base:         c.LabelHost,
		Secret:       []byte(c.ScanSecret),
		MaxAge:       c.MaxStaleness,
		Proxies:      proxies,
		PlaceHeader:  c.PlaceHeader,
		PointHeader:  c.PointHeader,
		MarketHeader: c.MarketHeader,
		HSTS:         c.HSTS,
		Limits: web.Limits{
			Reads:       c.ReadRate,
			Scans:       c.ScanRate,
			Activations: c.ActivationRate,
			Complaints:  c.ComplaintRate,
			ReadsAtOnce: c.ReadsAtOnce,
		},
		Contact: c.PrivacyContact,
		Log:     log,
		Metrics: metrics,
		Now:     time.Now,
	}, nil
}

func (c config) codes(log *slog.Logger) (*seal.Keyring, error) {
	codes, err := seal.ReadKeyring(c.MasterKeys)
	if err != nil {
		return nil, fmt.Errorf("TOUCHSTONE_MASTER_KEYS_FILE: %w", err)
	}
	if codes.HasPINKeys() {
		log.Warn("TOUCHSTONE_MASTER_KEYS_FILE holds keys of PINs, which no verifier needs: see gateway code-keys")
	}
	return codes, nil
}
