// Package ledger is the gateway's way to Fabric: it submits transactions signed
// by a party, evaluates queries and streams blocks, over the gateway service of
// the organisations' peers. What it sends it writes down first, so that a
// transaction whose outcome is not known is found out by its id and never
// guessed.
//
// It knows nothing of HTTP, SQL, or where identities are kept.
package ledger

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

// Signers finds the identity that signs for a party. A party that has none is
// a *trace.Error with code PARTY_UNKNOWN.
type Signers func(ctx context.Context, party string) (peers.Identity, error)

// Journal remembers what was sent. Prepare must be durable when it returns.
// Settle and Refuse are idempotent: the first outcome stands.
type Journal interface {
	Prepare(ctx context.Context, p record.Pending) error
	Settle(ctx context.Context, txID string, o record.Outcome) error
	Refuse(ctx context.Context, txID, reason string) error
}

// Options are what a Client needs. Zero timeouts take their defaults.
type Options struct {
	Profile topology.Profile
	Signers Signers
	Reader  string // the party whose identity reads blocks and resends envelopes
	Journal Journal
	Log     *slog.Logger
	Metrics prometheus.Registerer

	CallTimeout    time.Duration // all proposals of one call, until one is sent, 45 s
	EndorseTimeout time.Duration // one endorsement, 15 s
	SubmitTimeout  time.Duration // handing over to the orderers, retries included, 15 s
	CommitTimeout  time.Duration // waiting for the block, 20 s
	Attempts       int           // proposals for one call while peers disagree, 12
}
