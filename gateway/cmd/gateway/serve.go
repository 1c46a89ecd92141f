package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/touchstone-trace/touchstone/gateway/access"
	"github.com/touchstone-trace/touchstone/gateway/api"
	"github.com/touchstone-trace/touchstone/gateway/console"
	"github.com/touchstone-trace/touchstone/gateway/enrol"
	"github.com/touchstone-trace/touchstone/gateway/ledger"
	"github.com/touchstone-trace/touchstone/gateway/service/desk"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
	"github.com/touchstone-trace/touchstone/gateway/service/notices"
	"github.com/touchstone-trace/touchstone/gateway/service/rooms"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/webhook"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
	"github.com/touchstone-trace/touchstone/verifier/program/start"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

type serveCommand struct{}

// Run serves until ctx ends, then lets running requests finish.
func (serveCommand) Run(ctx context.Context) error {
	return with(func(s *system) error { return s.listen(ctx) })
}

func (s *system) listen(ctx context.Context) error {
	public, err := door.Open("TOUCHSTONE_LISTEN", s.config.Listen, nil)
	if err != nil {
		return err
	}
	defer public.Close()
	private, err := s.private()
	if err != nil {
		return err
	}
	numbers, err := door.Open("TOUCHSTONE_METRICS_LISTEN", s.config.MetricsListen, private)
	if err != nil {
		return err
	}
	defer numbers.Close()
	if err := s.migrate(ctx); err != nil {
		return err
	}
	return s.serve(ctx, public, numbers)
}

func (s *system) serve(ctx context.Context, public, numbers door.Way) error {
	horizon := store.NewHorizon(s.store)
	operations, err := s.service(horizon)
	if err != nil {
		return err
	}
	if public.Handler, err = s.handler(operations, horizon); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	resolver := &ledger.Resolver{Client: s.client, Source: s.store}
	g.Go(func() error { return s.projectInto(s.model, s.metrics).Run(ctx) })
	g.Go(func() error { return forever(ctx, s.log, "horizon", horizon.Run) })
	g.Go(func() error { return forever(ctx, s.log, "resolver", resolver.Run) })
	g.Go(func() error { return s.forget(ctx) })
	g.Go(func() error { return s.keepTrees(ctx) })
	desk := &desk.Desk{Ledger: operations.Writer.Ledger, Outbox: s.store, Logs: s.store, Leader: s.store,
		Party: s.config.PlatformParty, Every: s.config.AnchorEvery, Log: s.log}
	g.Go(func() error { return forever(ctx, s.log, "desk", desk.Run) })
	reminder := &notices.Reminder{Inbox: s.store, Every: time.Hour, Now: time.Now, Log: s.log}
	courier := &notices.Courier{
		Deliveries: s.store,
		Sender:     operations.Notices.Sender,
		Box:        operations.Notices.Box,
		Now:        time.Now,
		Log:        s.log,
	}
	g.Go(func() error { reminder.Run(ctx); return nil })
	g.Go(func() error { courier.Run(ctx); return nil })
	for range s.config.JobWorkers {
		worker := &jobs.Worker{Kinds: operations.Kinds(), Log: s.log, Queue: s.store, Wake: s.store.JobNotices(ctx)}
		g.Go(func() error { worker.Run(ctx); return nil })
	}
	g.Go(func() error { return door.Serve(ctx, s.log, public, numbers) })
	return g.Wait()
}

// historyTime bounds one attempt to have a batch's history stated: it reads as many keys as the batch had events.
const historyTime = 20 * time.Second

func (s *system) service(horizon *store.Horizon) (*rooms.Rooms, error) {
	keys, err := s.config.keyring()
	if err != nil {
		return nil, err
	}
	walletKey, err := s.config.walletKey()
	if err != nil {
		return nil, err
	}
	box, err := enrol.NewBox(walletKey)
	if err != nil {
		return nil, err
	}
	if s.config.LabelHost == "" {
		return nil, errors.New("TOUCHSTONE_LABEL_HOST must say where labels lead")
	}
	trust, err := start.FromFile("TOUCHSTONE_TRUST_FILE", s.config.TrustFile, proof.ReadTrust)
	if err != nil {
		return nil, err
	}
	return rooms.Join(
		rooms.Parts{
			Store:    s.store,
			Ledger:   s.client,
			Horizon:  horizon,
			Enroller: enroller{s.wallet},
			Blocks:   s.client,
			Numbered: s.client,
			Endorser: peers.NewEndorser(s.client.Client).Within(historyTime),
			Peers:    s.client,
			Sender:   webhook.NewSender(s.config.TrustWebhooks),
			Box:      box,
			Keys:     keys,
			Trust:    trust,
			Platform: s.config.PlatformParty,
			URIBase:  s.config.LabelHost,
			Log:      s.log,
		},
	), nil
}

func (s *system) handler(operations *rooms.Rooms, horizon *store.Horizon) (http.Handler, error) {
	proxies, err := start.Networks("TOUCHSTONE_TRUSTED_PROXIES", s.config.TrustedProxies)
	if err != nil {
		return nil, err
	}
	desk, err := s.desk(operations)
	if err != nil {
		return nil, err
	}
	return api.New(api.Options{Rooms: operations, Access: desk, Accounts: s.store, Answers: s.store, Trails: s.store,
		Ready: func(ctx context.Context) error { return ready(ctx, s.store, horizon) },
		Log:   s.log, Metrics: s.metrics, RatePerSecond: s.config.Rate, Burst: s.config.Burst, TrustedProxies: proxies,
		Console: console.Handler(s.config.Console, operations.Presenting.Pages())})
}

// desk lets people in.
func (s *system) desk(operations *rooms.Rooms) (*access.Desk, error) {
	origin, originErr := s.config.origin()
	sso, ssoErr := s.config.sso()
	db := s.store
	return &access.Desk{
		People:     db,
		Team:       db,
		Keys:       db,
		Factors:    db,
		Passkeys:   db,
		Links:      db,
		Sessions:   db,
		Tries:      db,
		Ceremonies: db,
		Log:        db,
		Applicants: operations.Parties,
		Parties:    db,
		Box:        operations.Notices.Box,
		Demo:       s.config.Demo,
		Origin:     origin,
		SSO:        sso,
		Trouble:    s.log,
	}, errors.Join(originErr, ssoErr)
}

// staleAfter is how long the read model may not have been level with the ledger.
const staleAfter = time.Minute

// ready says what keeps the gateway from doing its work.
func ready(ctx context.Context, db *store.Store, horizon *store.Horizon) error {
	if err := db.Ping(ctx); err != nil {
		return errors.New("the database does not answer")
	}
	at, err := horizon.At()
	switch {
	case err != nil:
		return errors.New("the read model cannot be read")
	case at.Halted != "":
		return fmt.Errorf("the projection has halted: %s", at.Halted)
	case time.Since(at.CheckedAt) > staleAfter:
		return errors.New("the read model is behind the ledger")
	}
	return nil
}

// forever runs a part again that ended before its time.
func forever(ctx context.Context, log *slog.Logger, name string, run func(context.Context) error) error {
	for {
		err := run(ctx)
		if ctx.Err() != nil {
			return nil
		}
		log.Warn("starting again", "part", name, "error", err)
		wait.For(ctx, time.Second)
	}
}

const (
	// rememberDays is for how long a repeat of a request is recognised.
	rememberDays = 7
	// unusedDays is for how long a picture is kept that no presentation shows.
	unusedDays = 7
)

// forget removes what has had its time.
func (s *system) forget(ctx context.Context) error {
	start.Forget(ctx, s.log,
		func(ctx context.Context) error { return s.store.ForgetKeys(ctx, rememberDays) },
		func(ctx context.Context) error { return s.store.ForgetPictures(ctx, unusedDays) },
		func(ctx context.Context) error { return s.store.ForgetJobFiles(ctx, jobs.FileDays) },
		func(ctx context.Context) error { return s.store.ForgetSessions(ctx, access.Idle) },
		func(ctx context.Context) error { return s.store.ForgetPending(ctx, "") })
	return nil
}
