package main

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/ledger"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/acts"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
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

// private is what strangers do not reach: the numbers and, where verifiers have a key, owners' acts.
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
		routes.Handle("POST "+acts.Path, acts.Handler(key, ownersActs{s.client, s.config.PlatformParty}, s.log))
	}
	return routes, nil
}
