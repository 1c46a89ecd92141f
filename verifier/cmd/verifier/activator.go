package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/enrol"
	"github.com/touchstone-trace/touchstone/gateway/ledger"
	gatewaystore "github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

// activator writes claims to the ledger as the platform. What it sends stands
// in the gateway's journal, so the gateway's resolver settles what stays unknown.
type activator struct {
	ledger *ledger.Client
	party  string
}

var _ web.Activator = (*activator)(nil)

// activator answers nil where no network is configured.
func (c config) activator(log *slog.Logger, metrics prometheus.Registerer) (_ *activator, stop func() error, err error) {
	if c.Profile == "" {
		log.Warn("activations are off: TOUCHSTONE_PROFILE is not set")
		return nil, func() error { return nil }, nil
	}
	profile, err := topology.ReadProfile(c.Profile)
	if err != nil {
		return nil, nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(c.WalletKey))
	if err != nil {
		return nil, nil, errors.New("TOUCHSTONE_WALLET_KEY_FILE: the key must be 64 hexadecimal digits")
	}
	journal, err := gatewaystore.Open(c.DatabaseURL)
	if err != nil {
		return nil, nil, fmt.Errorf("TOUCHSTONE_DATABASE_URL: %w", err)
	}
	wallet, err := enrol.Open(enrol.Options{Profile: profile, Vault: journal, Key: key, Log: log})
	if err != nil {
		return nil, nil, errors.Join(err, journal.Close())
	}
	client, err := ledger.Dial(ledger.Options{
		Profile: profile, Signers: signers(wallet), Reader: c.PlatformParty, Journal: journal, Log: log, Metrics: metrics,
	})
	if err != nil {
		return nil, nil, errors.Join(err, journal.Close())
	}
	return &activator{client, c.PlatformParty}, func() error { return errors.Join(client.Close(), journal.Close()) }, nil
}

func signers(wallet *enrol.Wallet) ledger.Signers {
	return func(ctx context.Context, party string) (peers.Identity, error) {
		id, err := wallet.Identity(ctx, party)
		return peers.Identity{MSP: id.MSP, Certificate: id.Certificate, Key: id.Key}, err
	}
}

// Activate submits the claim and waits for its block.
func (a *activator) Activate(ctx context.Context, r trace.ActivateUnitRequest) (web.Activation, error) {
	return a.submit(ctx, trace.ActivateUnit, r)
}

// Act submits what an owner signed and waits for its block.
func (a *activator) Act(ctx context.Context, act trace.Transaction, r trace.OwnerRequest) (web.Activation, error) {
	return a.submit(ctx, act, r)
}

func (a *activator) submit(ctx context.Context, name trace.Transaction, request any) (web.Activation, error) {
	receipt, err := a.ledger.Submit(ctx, ledger.Call{Party: a.party, Transaction: name, Request: request})
	var unknown *ledger.OutcomeUnknown
	if errors.As(err, &unknown) {
		return web.Activation{TxID: unknown.TxID}, nil
	}
	return web.Activation{TxID: receipt.TxID, Block: receipt.Block, Known: err == nil}, err
}
