package main

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/ledger"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/acts"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// ownersActs writes what verifiers ask for, as the platform.
type ownersActs struct {
	client *ledger.Client
	party  string
}

var _ acts.Writer = ownersActs{}

// Write submits and waits for the block. What stays unknown is settled by the resolver.
func (o ownersActs) Write(ctx context.Context, t trace.Transaction, request any) (acts.Outcome, error) {
	receipt, err := o.client.Submit(ctx, record.Call{Party: o.party, Transaction: t, Request: request})
	if unknown, ok := errors.AsType[*record.OutcomeUnknown](err); ok {
		return acts.Outcome{TxID: unknown.TxID}, nil
	}
	return acts.Outcome{TxID: receipt.TxID, Block: receipt.Block, Known: err == nil}, err
}

// pins compares the PINs that verifiers ask about.
type pins struct{ keys *seal.Keyring }

var _ acts.Opener = pins{}

// Open asks no database: whether there is such a unit the contract decides when it is claimed.
func (p pins) Open(_ context.Context, asked acts.PIN) (acts.Opened, error) {
	salt, right, err := p.keys.Open(asked.Epoch, gs1.GTIN(asked.GTIN), asked.Lot, asked.Index, asked.PIN)
	if err != nil || !right {
		return acts.Opened{}, err
	}
	return acts.Opened{Right: true, Salt: hex.EncodeToString(salt[:])}, nil
}

// private is what strangers do not reach: the numbers and, where verifiers have a key, owners' acts and PINs.
func (s *system) private() (http.Handler, error) {
	routes := http.NewServeMux()
	routes.Handle("/", door.Numbers(s.metrics))
	key := strings.TrimSpace(s.config.ActsKey)
	switch {
	case key == "":
		s.log.Warn("no acts of owners are taken from verifiers: TOUCHSTONE_ACTS_KEY_FILE is not set")
	case len(key) < acts.MinKey:
		return nil, errors.New("TOUCHSTONE_ACTS_KEY_FILE must name a file of at least 32 characters")
	default:
		keys, err := s.config.keyring()
		if err != nil {
			return nil, err
		}
		routes.Handle("POST "+acts.Path, acts.Handler(key, ownersActs{s.client, s.config.PlatformParty}, s.log))
		routes.Handle("POST "+acts.PINPath, acts.PINHandler(key, pins{keys}, s.log))
	}
	return routes, nil
}
