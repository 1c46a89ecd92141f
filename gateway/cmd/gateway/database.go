package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

type migrateCommand struct{}

// Run migrates once, as the owner, and gives the programs' roles their rights.
func (migrateCommand) Run(ctx context.Context) error {
	c, _, err := readConfig()
	if err != nil {
		return err
	}
	return c.migrate(ctx)
}

func (c config) migrate(ctx context.Context) error {
	s, err := store.Open(c.owner())
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	return s.Migrate(ctx)
}

// upToDate migrates. Where the projector has a role of its own, so has the owner:
// who has no way to be the owner finds out whether it has migrated.
func (c config) upToDate(ctx context.Context, s *store.Store) error {
	if c.ProjectorURL != "" && c.OwnerURL == "" {
		return s.Migrated(ctx)
	}
	return c.migrate(ctx)
}

type rebuildCommand struct{}

// Run waits for the projector's lock, so it does nothing while a gateway runs.
func (rebuildCommand) Run(ctx context.Context) error {
	return migrated(ctx, func(s *system) error { return s.projectInto(s.model, nil).Rebuild(ctx) })
}

type checkCommand struct{}

// checkAttempts bounds how often the comparison is made while the ledger grows.
const checkAttempts = 5

// Run rebuilds the read model into a database of its own beside the live one
// and compares the two. What came of it is kept for those who ask how the ledger is.
func (checkCommand) Run(ctx context.Context) error {
	return with(func(s *system) error { return s.check(ctx) })
}

func (s *system) check(ctx context.Context) error {
	owner, err := store.Open(s.config.owner())
	if err != nil {
		return err
	}
	defer func() { _ = owner.Close() }()
	scratch, drop, err := scratchDatabase(ctx, owner, s.config.owner())
	if err != nil {
		return err
	}
	defer drop()
	result, err := s.reconcile(ctx, scratch)
	if err != nil {
		return err
	}
	if err := s.store.Reconciled(ctx, result); err != nil {
		return err
	}
	if !result.Equal {
		return errors.New("the read model differs from what a rebuild from block 0 gives")
	}
	fmt.Println("the read model is what a rebuild from block 0 gives:", result.Fingerprint)
	return nil
}

// reconcile compares until both are equal, or it is no use.
func (s *system) reconcile(ctx context.Context, scratch *store.Store) (r record.Reconciliation, err error) {
	for range checkAttempts {
		live, rebuilt, err := s.compare(ctx, scratch)
		if err != nil {
			return r, err
		}
		at, err := s.store.Checkpoint(ctx)
		if err != nil {
			return r, err
		}
		r = record.Reconciliation{Blocks: at.NextBlock, Fingerprint: live, Equal: live == rebuilt}
		if r.Equal {
			return r, nil
		}
		s.log.Info("not equal; the ledger may have grown meanwhile", "live", live, "rebuilt", rebuilt)
		if !wait.For(ctx, 2*time.Second) {
			return r, ctx.Err()
		}
	}
	return r, nil
}

func (s *system) compare(ctx context.Context, scratch *store.Store) (live, rebuilt string, err error) {
	if err := s.projectInto(scratch, nil).Rebuild(ctx); err != nil {
		return "", "", err
	}
	if live, err = s.store.Fingerprint(ctx); err != nil {
		return "", "", err
	}
	rebuilt, err = scratch.Fingerprint(ctx)
	return live, rebuilt, err
}

// scratchDatabase creates and migrates a database on the same server.
func scratchDatabase(ctx context.Context, live *store.Store, liveURL string) (*store.Store, func(), error) {
	u, err := url.Parse(liveURL)
	if err != nil {
		return nil, nil, errors.New("TOUCHSTONE_DATABASE_URL is not a URL")
	}
	name := "touchstone_check_" + strconv.FormatInt(time.Now().UnixNano(), 36)
	if err := live.CreateDatabase(ctx, name); err != nil {
		return nil, nil, err
	}
	u.Path = "/" + name
	scratch, err := store.Open(u.String())
	if err == nil {
		err = scratch.Migrate(ctx)
	}
	drop := func() {
		if scratch != nil {
			_ = scratch.Close()
		}
		_ = live.DropDatabase(context.WithoutCancel(ctx), name)
	}
	if err != nil {
		drop()
		return nil, nil, err
	}
	return scratch, drop, nil
}
