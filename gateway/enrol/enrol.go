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
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
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
	Key     []byte // 32 bytes; nothing stored is readable without it
	Log     *slog.Logger
	Now     func() time.Time // nil for time.Now; certificates are renewed by it
}

// Wallet enrols parties and gives their identities. It is safe for concurrent
// use, by any number of gateways that share vault and key.
type Wallet struct {
	vault  Vault
	log    *slog.Logger
	now    func() time.Time
	seal   sealer
	cas    map[string]*authority // by MSP
	flight singleflight.Group    // one load or enrolment of a party at a time
	mu     sync.RWMutex
	cache  map[string]Identity
}

// Open checks the options and reads the CAs' files; it does not reach them.
func Open(o Options) (*Wallet, error) {
	seal, err := newSealer(o.Key)
	if err != nil {
		return nil, err
	}
	w := &Wallet{
		vault: o.Vault,
		log:   o.Log,
		now:   o.Now,
		seal:  seal,
		cas:   map[string]*authority{},
		cache: map[string]Identity{},
	}
	if w.log == nil {
		w.log = slog.Default()
	}
	if w.now == nil {
		w.now = time.Now
	}
	for _, org := range o.Profile.Orgs {
		if w.cas[org.MSPID], err = newAuthority(org); err != nil {
			return nil, fmt.Errorf("CA of %s: %w", org.MSPID, err)
		}
	}
	return w, nil
}

// Request says whom to enrol. Attributes go into the certificate.
type Request struct {
	Party      string
	MSP        string
	Name       string
	Attributes map[string]string
}

// Enrol gives the party its identity, from the wallet where it has one, else
// from the CA. Repeating it, or doing it in two gateways at once, is safe.
func (w *Wallet) Enrol(ctx context.Context, r Request) (Identity, error) {
	return w.once(ctx, "enrol", r.Party, func(ctx context.Context) (Identity, error) {
		id, found, err := w.load(ctx, r.Party)
		if err != nil || found {
			return id, mismatch(id, r, err)
		}
		ca, ok := w.cas[r.MSP]
		if !ok {
			return Identity{}, service.Refuse(trace.FieldInvalid, "msp", "no_ca", "msp", trace.Quoted(40, r.MSP))
		}
		key, cert, err := ca.enrol(ctx, r, w.seal.secret(r.MSP, r.Name))
		if err != nil {
			return Identity{}, fmt.Errorf("enrol %s at the CA of %s: %w", r.Name, r.MSP, err)
		}
		return w.keep(ctx, Identity{r.Party, r.MSP, r.Name, cert, key}, time.Time{})
	})
}

func mismatch(id Identity, r Request, err error) error {
	if err == nil && (id.MSP != r.MSP || id.Name != r.Name) {
		return service.Refuse(trace.PartyExists, "party", "enrolled", "party", r.Party, "name", id.Name, "msp", id.MSP)
	}
	return err
}

// Identity gives the party's identity and renews its certificate in time. A
// party without one is a *trace.Error with code PARTY_UNKNOWN.
func (w *Wallet) Identity(ctx context.Context, party string) (Identity, error) {
	w.mu.RLock()
	id, ok := w.cache[party]
	w.mu.RUnlock()
	if ok && !due(id.Certificate, w.now()) {
		return id, nil
	}
	return w.once(ctx, "load", party, func(ctx context.Context) (Identity, error) {
		id, found, err := w.load(ctx, party)
		switch {
		case err != nil:
			return Identity{}, err
		case !found:
			return Identity{}, service.Refuse(
				trace.PartyUnknown, "party", "no_identity", "party", trace.Quoted(40, party),
			)
		case due(id.Certificate, w.now()):
			return w.renew(ctx, id)
		}
		return id, nil
	})
}

// callTimeout bounds one enrolment or load, whose caller may have left.
const callTimeout = time.Minute

func (w *Wallet) once(
	ctx context.Context, what, party string, do func(context.Context) (Identity, error),
) (Identity, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	got, err, _ := w.flight.Do(what+" "+party, func() (any, error) { return do(ctx) })
	if err != nil {
		return Identity{}, err
	}
	id := got.(Identity)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cache[party] = id
	return id, nil
}

// due reports whether the last quarter of a certificate's life has begun.
func due(c *x509.Certificate, now time.Time) bool {
	life := c.NotAfter.Sub(c.NotBefore)
	return now.After(c.NotAfter.Add(-life / 4))
}

// renew answers with the old identity where the CA does not serve and the old
// one is still good.
func (w *Wallet) renew(ctx context.Context, id Identity) (Identity, error) {
	key, cert, err := w.cas[id.MSP].renew(ctx, id)
	if err == nil {
		fresh := id
		fresh.Certificate, fresh.Key = cert, key
		return w.keep(ctx, fresh, id.Certificate.NotAfter)
	}
	if w.now().Before(id.Certificate.NotAfter) {
		w.log.Warn(
			"certificate not renewed; trying again with the next use", "party", id.Party, "expires",
			id.Certificate.NotAfter, "error", err,
		)
		return id, nil
	}
	return Identity{}, fmt.Errorf(
		"the certificate of %s expired on %s and could not be renewed: %w",
		id.Party,
		id.Certificate.NotAfter.Format(time.DateOnly),
		err,
	)
}

func (w *Wallet) load(ctx context.Context, party string) (Identity, bool, error) {
	sealed, found, err := w.vault.Identity(ctx, party)
	if err != nil || !found {
		return Identity{}, false, err
	}
	id, err := w.seal.open(sealed)
	return id, err == nil, err
}

// keep stores a new identity. Where another gateway was faster, its identity is
// the party's.
func (w *Wallet) keep(ctx context.Context, id Identity, replaces time.Time) (Identity, error) {
	sealed, err := w.seal.close(id)
	if err != nil {
		return Identity{}, err
	}
	saved, err := w.vault.SaveIdentity(ctx, sealed, replaces)
	if err != nil || saved {
		return id, err
	}
	theirs, found, err := w.load(ctx, id.Party)
	if err == nil && !found {
		err = errors.New("the identity was stored and is gone again")
	}
	return theirs, err
}
