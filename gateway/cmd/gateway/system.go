package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/enrol"
	"github.com/touchstone-trace/touchstone/gateway/ledger"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service/parties"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
	"github.com/touchstone-trace/touchstone/verifier/program/start"
)

// system is the gateway's connections to everything else.
type system struct {
	config  config
	log     *slog.Logger
	metrics *prometheus.Registry
	profile topology.Profile
	store   *store.Store // with the gateway's role
	model   *store.Store // with the projector's, which alone writes the read model
	wallet  *enrol.Wallet
	client  *ledger.Client
}

// connect prepares all connections; it waits for none of them.
func connect(c config, log *slog.Logger) (_ *system, err error) {
	s := &system{config: c, log: log, metrics: start.Metrics()}
	if s.profile, err = c.profile(); err != nil {
		return nil, err
	}
	key, err := c.walletKey()
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			s.closeStores()
		}
	}()
	if s.store, err = store.Open(c.DatabaseURL); err != nil {
		return nil, fmt.Errorf("TOUCHSTONE_DATABASE_URL: %w", err)
	}
	s.model = s.store
	if c.ProjectorURL == "" {
		log.Warn(
			"one role of Postgres does everything: TOUCHSTONE_PROJECTOR_DATABASE_URL is not set, see docs/database.md",
		)
	} else if s.model, err = store.Open(c.ProjectorURL); err != nil {
		return nil, fmt.Errorf("TOUCHSTONE_PROJECTOR_DATABASE_URL: %w", err)
	}
	if s.wallet, err = enrol.Open(enrol.Options{Profile: s.profile, Vault: s.store, Key: key, Log: log}); err != nil {
		return nil, err
	}
	s.client, err = ledger.Dial(ledger.Options{Profile: s.profile, Signers: s.signer, Reader: c.PlatformParty,
		Journal: s.store, Log: log, Metrics: s.metrics})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// with does something with all connections, and closes them.
func with(do func(*system) error) error {
	c, log, err := readConfig()
	if err != nil {
		return err
	}
	s, err := connect(c, log)
	if err != nil {
		return err
	}
	defer s.close()
	return do(s)
}

// migrated does something with all connections once the schemas are up to date.
func migrated(ctx context.Context, do func(*system) error) error {
	return with(func(s *system) error {
		if err := s.migrate(ctx); err != nil {
			return err
		}
		return do(s)
	})
}

// migrate tries until the schemas are up to date.
func (s *system) migrate(ctx context.Context) error {
	return start.Database(ctx, s.log, func(ctx context.Context) error { return s.config.upToDate(ctx, s.store) })
}

func (s *system) close() {
	_ = s.client.Close()
	s.closeStores()
}

func (s *system) closeStores() {
	for _, db := range []*store.Store{s.store, s.model} {
		if db != nil {
			_ = db.Close()
		}
	}
}

func (s *system) signer(ctx context.Context, party string) (peers.Identity, error) {
	id, err := s.wallet.Identity(ctx, party)
	return peers.Identity{MSP: id.MSP, Certificate: id.Certificate, Key: id.Key}, err
}

// projectInto gives the projector of this network's blocks into a read model.
func (s *system) projectInto(model *store.Store, metrics prometheus.Registerer) *projector.Projector {
	return projector.New(projector.Options{Channel: s.profile.Channel, Chaincode: s.profile.Chaincode,
		Source: s.client, ReadModel: model, Log: s.log, Metrics: metrics})
}

// enroller joins the service to the certificate authorities.
type enroller struct{ wallet *enrol.Wallet }

var _ parties.Enroller = enroller{}

func (e enroller) Enrol(ctx context.Context, msp, party string) error {
	_, err := e.wallet.Enrol(ctx, enrol.Request{Party: party, MSP: msp, Name: party})
	if err != nil && trace.CodeOf(err) == "" {
		return &record.Unavailable{Err: err}
	}
	return err
}
