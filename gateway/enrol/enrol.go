// Package enrol gives parties their certificates: it enrols them at their
// organisation's Fabric CA over its REST interface and keeps their keys in a
// wallet, encrypted at rest.
//
// It knows nothing of the ledger, SQL or HTTP routes.
package enrol

import (
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"errors"
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// Identity is a party's certificate with its key. Name is the certificate's
// common name.
type Identity struct {
	Party       string
	MSP         string
	Name        string
	Certificate *x509.Certificate
	Key         *ecdsa.PrivateKey
}

// Vault stores sealed identities, one for each party.
type Vault interface {
	// Identity answers false where the party has none.
	Identity(ctx context.Context, party string) (record.SealedIdentity, bool, error)
	// SaveIdentity stores an identity in place of the one that expires at
	// replaces (the zero time: in place of none). It answers false, and stores
	// nothing, where somebody else was faster.
	SaveIdentity(ctx context.Context, id record.SealedIdentity, replaces time.Time) (bool, error)
}

// Options are what a Wallet needs.
type Options struct {
	Profile topology.Profile
	Vault   Vault
	Key     []byte // 32 bytes; everything stored is unreadable without it
	Log     *slog.Logger
}

// Wallet enrols parties and gives their identities. It is safe for concurrent
// use, by any number of gateways that share vault and key.
type Wallet struct{ o Options }

var errTODO = errors.New("under construction")

// Open checks the options; it does not reach the CA.
func Open(o Options) (*Wallet, error) { return &Wallet{o}, nil }

// Request says whom to enrol. Attributes go into the certificate.
type Request struct {
	Party      string
	MSP        string
	Name       string
	Attributes map[string]string
}

// Enrol gives the party its identity, from the wallet where it has one, else
// from the CA. Repeating it, or doing it in two gateways at once, is safe.
func (w *Wallet) Enrol(ctx context.Context, r Request) (Identity, error) { return Identity{}, errTODO }

// Identity gives the party's identity and renews its certificate in time. A
// party without one is a *trace.Error with code PARTY_UNKNOWN.
func (w *Wallet) Identity(ctx context.Context, party string) (Identity, error) {
	return Identity{}, errTODO
}
