package ledger_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/enrol"
	"github.com/touchstone-trace/touchstone/gateway/ledger"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/network/networktest"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

func TestMain(m *testing.M) {
	if config := os.Getenv(childVariable); config != "" {
		fmt.Fprintln(os.Stderr, child(config))
		os.Exit(1)
	}
	os.Exit(databasetest.Main(m))
}

var (
	_ ledger.Journal    = (*store.Store)(nil)
	_ ledger.Unresolved = (*store.Store)(nil)
	_ enrol.Vault       = (*store.Store)(nil)
	_ projector.Source  = (*ledger.Client)(nil)
)

const gtin = "06901234567892"

// world is a network with a gateway's parts on it: everything real.
type world struct {
	*networktest.Network
	t       *testing.T
	profile topology.Profile
	store   *store.Store
	wallet  *enrol.Wallet
	client  *ledger.Client
	key     []byte
	now     func() time.Time // the wallets' clock
}

func newWorld(t *testing.T) *world {
	return newWorldOn(t, networktest.Start(t, networktest.Options{}), storetest.Open(t, databasetest.URL(t)))
}

func newWorldOn(t *testing.T, n *networktest.Network, s *store.Store) *world {
	w := &world{Network: n, t: t, store: s, key: newKey()}
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(w.ProfileFile())
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &w.profile); err != nil {
		t.Fatal(err)
	}
	w.wallet = w.newWallet()
	w.enrolAll()
	w.client = w.dial(ledger.Options{Journal: w.store})
	w.background(w.newProjector(w.store).Run)
	w.populate()
	return w
}

func (w *world) log() *slog.Logger { return slog.New(slog.NewTextHandler(w.t.Output(), nil)) }

func (w *world) newWallet() *enrol.Wallet {
	wallet, err := enrol.Open(enrol.Options{Profile: w.profile, Vault: w.store, Key: w.key, Log: w.log(), Now: w.now})
	if err != nil {
		w.t.Fatal(err)
	}
	return wallet
}

// signers joins wallet and ledger as a gateway's command does.
func (w *world) signers(ctx context.Context, party string) (peers.Identity, error) {
	return signersOf(w.wallet)(ctx, party)
}

func signersOf(wallet *enrol.Wallet) ledger.Signers {
	return func(ctx context.Context, party string) (peers.Identity, error) {
		id, err := wallet.Identity(ctx, party)
		return peers.Identity{MSP: id.MSP, Certificate: id.Certificate, Key: id.Key}, err
	}
}

func (w *world) dial(o ledger.Options) *ledger.Client {
	o.Profile, o.Reader, o.Log = w.profile, "operator", w.log()
	if o.Signers == nil {
		o.Signers = w.signers
	}
	c, err := ledger.Dial(o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { c.Close() })
	return c
}

func (w *world) newProjector(s *store.Store) *projector.Projector {
	return projector.New(
		projector.Options{
			Channel:   w.profile.Channel,
			Chaincode: w.profile.Chaincode,
			Source:    w.client,
			ReadModel: s,
			Log:       w.log(),
		},
	)
}

// background runs something until the test ends.
func (w *world) background(run func(context.Context) error) {
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { run(ctx) })
	w.t.Cleanup(func() { stop(); wg.Wait() })
}

var parties = []struct {
	party      trace.Party
	attributes map[string]string
}{
	{party("operator", trace.PlatformMSP, trace.RolePlatform), map[string]string{trace.PlatformAttribute: "true"}},
	{party("maker", "ProducerMSP", trace.RoleProducer), nil},
	{party("shop", "PlatformMSP", trace.RoleSeller), nil},
	{party("stranger", "ProducerMSP", trace.RoleProducer), nil},
}

func party(id, msp string, role trace.Role) trace.Party {
	p := trace.Party{ID: id, MSP: msp, Identity: id, Name: trace.Text{ZhCN: id, En: id}, Roles: []trace.Role{role}}
	if id == "maker" {
		p.Prefixes = []string{"69012345"}
	}
	return p
}

func (w *world) enrolAll() {
	for _, p := range parties {
		r := enrol.Request{Party: p.party.ID, MSP: p.party.MSP, Name: p.party.ID, Attributes: p.attributes}
		if _, err := w.wallet.Enrol(w.t.Context(), r); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) populate() {
	for _, p := range parties {
		w.must("operator", trace.RegisterParty, p.party)
		if p.party.ID != "operator" {
			w.must(
				"operator",
				trace.SetPartyStatus,
				trace.SetPartyStatusRequest{ID: p.party.ID, Status: trace.StatusQualified, Reason: "documents seen"},
			)
		}
	}
	w.must(
		"maker",
		trace.RegisterProduct,
		trace.Product{GTIN: gtin, Name: trace.Text{ZhCN: "绿茶"}, Brand: "山", Owner: "maker"},
	)
}

func (w *world) batch(lot string, quantity int64) {
	w.must("maker", trace.RegisterBatch, batch(lot, quantity))
}

func batch(lot string, quantity int64) trace.Batch {
	return trace.Batch{GTIN: gtin, Lot: lot, Quantity: quantity, ProducedOn: trace.DayOf(time.Now().AddDate(0, 0, -1)),
		UnitsRoot: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"}
}

func (w *world) must(by string, t trace.Transaction, request any) record.Commit {
	w.t.Helper()
	receipt, err := w.client.Submit(w.t.Context(), record.Call{Party: by, Transaction: t, Request: request})
	if err != nil {
		w.t.Fatalf("%s by %s: %v", t, by, err)
	}
	return receipt
}

// settled waits until a transaction's outcome is known.
func (w *world) settled(txID string) record.Outcome {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		sub, found, err := w.store.Submission(w.t.Context(), txID)
		if err == nil && found && sub.Outcome != nil {
			return *sub.Outcome
		}
	}
	w.t.Fatalf("transaction %s was not resolved", txID)
	return record.Outcome{}
}

// newKey is a wallet's key.
func newKey() []byte {
	key := make([]byte, enrol.KeySize)
	rand.Read(key) // never fails
	return key
}
