package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/enrol"
	"github.com/touchstone-trace/touchstone/gateway/ledger"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

// What a gateway's core promises, on a real network. The parts share one, for
// starting it takes long; each uses lots of its own.
func TestOnFabric(t *testing.T) {
	w := newWorld(t)
	for _, part := range []struct {
		name string
		test func(*testing.T, *world)
	}{
		{"a receipt says what was written", receipts},
		{"each party acts as itself", asItself},
		{"keys are sealed and enrolling is repeatable", keys},
		{"conflicts are retried", conflicts},
		{"a peer may die", peerDies},
		{"an unknown outcome is found out", orderersDie},
		{"a lost answer is found out", lostAnswer},
		{"a certificate may end on the way", certificateEnds},
		{"the read model equals a rebuild", rebuilds},
	} {
		t.Run(part.name, func(t *testing.T) { outer := w.t; w.t = t; defer func() { w.t = outer }(); part.test(t, w) })
	}
}

func receipts(t *testing.T, w *world) {
	r, err := w.client.Submit(
		t.Context(),
		record.Call{
			Party:       "maker",
			Transaction: trace.RegisterBatch,
			Request:     batch("R1", 10),
			Ref:         "request 1",
			Note:        []byte(`{"a":1}`),
		},
	)
	if err != nil {
		t.Fatal(err)
	}
	if r.TxID == "" || r.Block == 0 || r.Event.Type != trace.EventBatchRegistered || r.Event.By != "maker" {
		t.Errorf("receipt %+v", r)
	}
	sub, _, err := w.store.LastSubmission(t.Context(), "request 1")
	if err != nil || sub.TxID != r.TxID || sub.Outcome == nil ||
		*sub.Outcome != (record.Outcome{Block: r.Block, Code: record.Valid}) ||
		string(sub.Note) != `{"a": 1}` {
		t.Errorf("journal: %+v, %v", sub, err)
	}
	answer, err := w.client.Evaluate(t.Context(), "shop", "GetBatch", gtin, "R1")
	if err != nil || len(answer) == 0 {
		t.Errorf("GetBatch: %s, %v", answer, err)
	}
	if _, err := w.client.Evaluate(t.Context(), "shop", "GetBatch", gtin, "NONE"); trace.CodeOf(
		err,
	) != trace.BatchUnknown {
		t.Errorf("GetBatch of none: %v", err)
	}
}

// What a transaction says of who acts is not asked: the certificate says it.
func asItself(t *testing.T, w *world) {
	w.batch("I1", 10)
	lines := []trace.Line{{GTIN: gtin, Lot: "I1", Count: 1}}
	for _, wrong := range []struct {
		by      string
		tx      trace.Transaction
		request any
		code    trace.Code
	}{
		{"maker", trace.RegisterParty, party("friend", "ProducerMSP", trace.RoleProducer), trace.RoleMissing},
		{"shop", trace.RegisterBatch, batch("I2", 1), trace.RoleMissing},
		{"stranger", trace.RegisterBatch, batch("I2", 1), trace.PrefixNotOwned},
		{"stranger", trace.Sell, trace.SellRequest{Lines: lines}, trace.NotHolder},
		{"shop", trace.ApproveBatch, trace.BatchRequest{GTIN: gtin, Lot: "I1"}, trace.RoleMissing},
		{"nobody", trace.Sell, trace.SellRequest{Lines: lines}, trace.PartyUnknown},
	} {
		_, err := w.client.Submit(
			t.Context(), record.Call{Party: wrong.by, Transaction: wrong.tx, Request: wrong.request},
		)
		if trace.CodeOf(err) != wrong.code {
			t.Errorf("%s by %s: %v, want %s", wrong.tx, wrong.by, err, wrong.code)
		}
	}
	// A key that does not belong to the certificate signs nothing.
	forger := w.dial(
		ledger.Options{Journal: w.store, Signers: func(ctx context.Context, _ string) (peers.Identity, error) {
			id, err := w.signers(ctx, "maker")
			other, err2 := w.signers(ctx, "stranger")
			id.Key = other.Key
			return id, errors.Join(err, err2)
		}},
	)
	r, err := forger.Submit(
		t.Context(), record.Call{Party: "maker", Transaction: trace.Sell, Request: trace.SellRequest{Lines: lines}},
	)
	if err == nil {
		t.Errorf("a forged signature was taken: %+v", r)
	}
}

func keys(t *testing.T, w *world) {
	one, two, key := w.newWallet(), w.newWallet(), w.key
	r := enrol.Request{Party: "late", MSP: "AuditorMSP", Name: "late"}
	var got [2]enrol.Identity
	var errs [2]error
	var wg sync.WaitGroup
	for i, wallet := range []*enrol.Wallet{one, two} {
		wg.Go(func() { got[i], errs[i] = wallet.Enrol(t.Context(), r) })
	}
	wg.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	if !got[0].Certificate.Equal(got[1].Certificate) || !got[0].Key.Equal(got[1].Key) {
		t.Error("two gateways hold different identities of one party")
	}
	renewals(t, w, got[0])
	w.key = newKey()
	defer func(key []byte) { w.key = key }(key)
	if _, err := w.newWallet().Identity(t.Context(), "late"); err == nil {
		t.Error("another wallet key opens the stored key")
	}
}

// When a certificate nears its end, two gateways renew it and agree on the new one.
func renewals(t *testing.T, w *world, old enrol.Identity) {
	w.now = func() time.Time { return old.Certificate.NotAfter.Add(-time.Hour) }
	defer func() { w.now = nil }()
	one, err := w.newWallet().Identity(t.Context(), old.Party)
	two, err2 := w.newWallet().Identity(t.Context(), old.Party)
	if err = errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	if one.Certificate.Equal(old.Certificate) || one.Key.Equal(old.Key) {
		t.Error("the certificate was not renewed")
	}
	if one.MSP != old.MSP || one.Certificate.Subject.CommonName != old.Name || two.Name != old.Name {
		t.Errorf("renewed as %+v", one)
	}
	w.now = nil
	if stored, err := w.newWallet().
		Identity(t.Context(), old.Party); err != nil ||
		!stored.Certificate.Equal(two.Certificate) {
		t.Errorf("the wallet does not hold the newest certificate: %v", err)
	}
}

func conflicts(t *testing.T, w *world) {
	const writers = 12
	w.batch("C1", writers)
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			_, errs[i] = w.client.Submit(t.Context(), record.Call{Party: "maker", Transaction: trace.Sell,
				Request: trace.SellRequest{Lines: []trace.Line{{GTIN: gtin, Lot: "C1", From: int64(i), Count: 1}}}})
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
}

func peerDies(t *testing.T, w *world) {
	w.batch("P1", 20)
	for i := range 3 {
		w.Kill(w.Topology.Orgs[i].Peer())
		w.must(
			"maker",
			trace.Sell,
			trace.SellRequest{Lines: []trace.Line{{GTIN: gtin, Lot: "P1", From: int64(i), Count: 1}}},
		)
		w.healthy() // two must endorse: let it come back
	}
}

// healthy waits until every process answers.
func (w *world) healthy() {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		bad := ""
		for _, h := range w.Fabric.Health(w.t.Context()) {
			if !h.Healthy || !h.Joined {
				bad = h.Process
			}
		}
		if bad == "" {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("%s is not healthy", bad)
		}
	}
}

// killing is a journal during whose Prepare something happens: the moment
// between endorsement and sending.
type killing struct {
	ledger.Journal
	kill func()
}

func (k killing) Prepare(ctx context.Context, p record.Pending) error {
	defer k.kill()
	return k.Journal.Prepare(ctx, p)
}

func orderersDie(t *testing.T, w *world) {
	w.batch("U1", 5)
	c := w.dial(ledger.Options{SubmitTimeout: 50 * time.Millisecond, CommitTimeout: time.Second,
		Journal: killing{w.store, func() { w.Kill("orderer1") }}})
	r, err := c.Submit(t.Context(), record.Call{Party: "maker", Transaction: trace.Sell,
		Request: trace.SellRequest{Lines: []trace.Line{{GTIN: gtin, Lot: "U1", Count: 5}}}})
	var unknown *record.OutcomeUnknown
	if !errors.As(err, &unknown) {
		t.Fatalf("submitted with the orderer dead: %+v, %v", r, err)
	}
	w.background(
		(&ledger.Resolver{Client: w.client, Source: w.store, Overdue: time.Second, Every: 200 * time.Millisecond}).Run,
	)
	if o := w.settled(unknown.TxID); !o.Written() {
		t.Errorf("resolved as %+v", o)
	}
	w.refusedAgain("U1")
}

// The envelope arrives, the answer does not.
func lostAnswer(t *testing.T, w *world) {
	w.batch("U2", 5)
	c := w.dial(ledger.Options{CommitTimeout: time.Millisecond, Journal: w.store})
	_, err := c.Submit(t.Context(), record.Call{Party: "maker", Transaction: trace.Sell,
		Request: trace.SellRequest{Lines: []trace.Line{{GTIN: gtin, Lot: "U2", Count: 5}}}})
	var unknown *record.OutcomeUnknown
	if !errors.As(err, &unknown) {
		t.Fatalf("err = %v", err)
	}
	w.background(
		(&ledger.Resolver{Client: w.client, Source: w.store, Overdue: time.Second, Every: 200 * time.Millisecond}).Run,
	)
	if o := w.settled(unknown.TxID); !o.Written() {
		t.Errorf("resolved as %+v", o)
	}
	w.refusedAgain("U2")
}

// refusedAgain shows that what was resolved happened, once.
func (w *world) refusedAgain(lot string) {
	w.t.Helper()
	_, err := w.client.Submit(w.t.Context(), record.Call{Party: "maker", Transaction: trace.Sell,
		Request: trace.SellRequest{Lines: []trace.Line{{GTIN: gtin, Lot: lot, Count: 5}}}})
	if trace.CodeOf(err) != trace.NotHolder {
		w.t.Errorf("sold a second time: %v", err)
	}
}

func rebuilds(t *testing.T, w *world) {
	height, err := w.client.Height(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for at := uint64(0); at < height; {
		c, err := w.store.Checkpoint(t.Context())
		if err != nil || c.Halted != "" {
			t.Fatal(fmt.Errorf("%+v: %w", c, err))
		}
		at = c.NextBlock
	}
	fresh := storetest.Open(t, databasetest.URL(t))
	if err := w.newProjector(fresh).Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	live, err := w.store.Fingerprint(t.Context())
	again, err2 := fresh.Fingerprint(t.Context())
	if err = errors.Join(err, err2); err != nil || live != again {
		t.Errorf("live %s, rebuilt %s, %v", live, again, err)
	}
}
