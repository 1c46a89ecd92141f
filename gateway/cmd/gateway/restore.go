package main

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/enrol"
	"github.com/touchstone-trace/touchstone/gateway/restore"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

type restoreCheckCommand struct{}

// Run brings the read model level with the ledger, makes again what a restored or
// emptied database lacks, and names what is lost. It may be run at any time, and again.
func (restoreCheckCommand) Run(ctx context.Context) error {
	return migrated(ctx, func(s *system) error { return s.restored(ctx) })
}

func (s *system) restored(ctx context.Context) error {
	keys, err := s.config.keyring()
	if err != nil {
		return err
	}
	if err := s.enrolPlatform(ctx); err != nil {
		return err
	}
	if err := s.catchUp(ctx); err != nil {
		return err
	}
	check := &restore.Check{
		Database: s.store,
		Enroller: enroller{s.wallet},
		Keys:     keys,
		Tell:     func(f restore.Finding) { fmt.Println(f) },
	}
	lost, err := check.Run(ctx)
	if err != nil {
		return err
	}
	if lost > 0 {
		return fmt.Errorf(
			"%d things are lost and named above; docs/runbooks/DatabaseRestored.md says what to do about each kind",
			lost,
		)
	}
	fmt.Println("nothing is missing that the ledger knows of")
	return nil
}

// catchUp says how far the database was behind and brings it level.
func (s *system) catchUp(ctx context.Context) error {
	at, err := s.store.Checkpoint(ctx)
	if err != nil {
		return err
	}
	height, err := s.client.Height(ctx)
	if err != nil {
		return fmt.Errorf("ask the peers for the ledger's height: %w", err)
	}
	if at.NextBlock > height {
		return fmt.Errorf(
			"the database knows %d blocks and the ledger has %d: not the database is old but the peers are, or the profile names another network; bring the newest peers back before anything is written",
			at.NextBlock,
			height,
		)
	}
	fmt.Printf("the read model has %d of the ledger's %d blocks\n", at.NextBlock, height)
	rebuilt, err := s.projectInto(s.model, nil).CatchUp(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("bring the read model level: %w", err)
	case rebuilt:
		fmt.Println("made again: the whole read model, which did not fit the ledger")
	case at.NextBlock < height:
		fmt.Printf("made again: the read model of %d blocks\n", height-at.NextBlock)
	}
	return nil
}

// EnrolAgain gives a party of the ledger a new certificate for the same name.
func (e enroller) EnrolAgain(ctx context.Context, p trace.Party) error {
	_, err := e.wallet.Enrol(ctx, enrol.Request{Party: p.ID, MSP: p.MSP, Name: p.Identity})
	return err
}

// lookForTrees is how often batches without a tree are looked for.
const lookForTrees = time.Minute

// keepTrees makes the trees again that batches lost with an old database, and
// tells of those that cannot be made.
func (s *system) keepTrees(ctx context.Context) error {
	keys, err := s.config.keyring()
	if err != nil {
		return err
	}
	missing := prometheus.NewGauge(prometheus.GaugeOpts{Name: "touchstone_batches_without_tree",
		Help: "Batches whose units cannot be proved, because their tree is missing and cannot be made again."})
	s.metrics.MustRegister(missing)
	wait.Every(ctx, lookForTrees, func() {
		left, err := restore.MakeTrees(
			ctx,
			s.store,
			keys,
			func(f restore.Finding) { s.log.Warn("batch without a tree", "finding", f.String()) },
		)
		if err != nil && ctx.Err() == nil {
			s.log.Warn("cannot look for batches without a tree", "error", err)
		}
		missing.Set(float64(left))
	})
	return nil
}

// enrolPlatform gives the operator its certificate, from the wallet where it has one.
func (s *system) enrolPlatform(ctx context.Context) error {
	id := s.config.PlatformParty
	_, err := s.wallet.Enrol(ctx, enrol.Request{Party: id, MSP: trace.PlatformMSP, Name: id,
		Attributes: map[string]string{trace.PlatformAttribute: "true"}})
	if err != nil {
		return fmt.Errorf("enrol the platform: %w", err)
	}
	return nil
}
