package web

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

func (c client) activate(path, pin string) *httptest.ResponseRecorder {
	c.t.Helper()
	return c.post("/api/v1/activations", fmt.Sprintf(`{"uri": %q, "pin": %q}`, "https://trace.example.com"+path, pin))
}

func withLedger(l *ledgerFake) func(*Options) { return func(o *Options) { o.Activator = l } }

// The right PIN gives the ledger a claim that proves itself against the batch's root.
func TestActivate(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1", Quantity: 1000}).OnSale()
	l := &ledgerFake{answer: Activation{TxID: "tx9", Block: 1, Known: true}}
	c := newClient(t, w, withLedger(l))
	u := b.Unit(777)
	rec := c.activate(b.Path(777), " "+u.PIN[:4]+"-"+u.PIN[4:])
	if got := decode[activationAnswer](t, rec); rec.Code != http.StatusOK || got.ReviewToken == "" || got.Status != "activated" || got.TxID != "tx9" || got.Block != 1 {
		t.Fatalf("%d %+v", rec.Code, got)
	}
	r := l.asked[0]
	salt, _ := hex.DecodeString(r.Salt)
	root, _ := hex.DecodeString(b.UnitsRoot)
	var path [][]byte
	for _, h := range r.Path {
		hash, _ := hex.DecodeString(h)
		path = append(path, hash)
	}
	leaf := rfc6962.DefaultHasher.HashLeaf(trace.UnitLeaf(r.GTIN, r.Lot, r.Serial, trace.PINCommitment([16]byte(salt), r.PIN)))
	if err := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(r.Index), 1000, leaf, path, root); err != nil || r.Index != 777 || r.Check() != nil {
		t.Errorf("%+v: %v, %v", r, err, r.Check())
	}
}

// What the ledger says comes through; what nobody knows is not called a failure.
func TestActivationOutcomes(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	for name, c := range map[string]struct {
		ledger *ledgerFake
		status int
		code   trace.Code
	}{
		"nobody knows":    {&ledgerFake{answer: Activation{TxID: "tx9"}}, 202, ""},
		"refused":         {&ledgerFake{err: trace.Errorf(trace.UnitActivated, "index", "is taken")}, 409, trace.UnitActivated},
		"refused oddly":   {&ledgerFake{err: trace.Errorf(trace.ClockSkew, "", "secret detail")}, 500, problem.Internal},
		"nothing written": {&ledgerFake{err: errors.New("peer at 10.1.2.3 is down")}, 503, problem.Unavailable},
	} {
		rec := newClient(t, w, withLedger(c.ledger)).activate(b.Path(7), b.Unit(7).PIN)
		got := decode[struct {
			Status any
			TxID   string
			Code   trace.Code
			Detail string
		}](t, rec)
		if rec.Code != c.status || got.Code != c.code || c.status == 202 && (got.Status != "unknown" || got.TxID != "tx9") {
			t.Errorf("%s: %d %+v", name, rec.Code, got)
		}
		if got.Detail == "secret detail" || got.Detail == "peer at 10.1.2.3 is down" {
			t.Errorf("%s: says %s", name, got.Detail)
		}
	}
	rec := newClient(t, w, func(o *Options) { o.Activator = nil }).activate(b.Path(7), b.Unit(7).PIN)
	if rec.Code != http.StatusServiceUnavailable {
		t.Errorf("without a ledger: %d", rec.Code)
	}
}

// Five wrong PINs lock the unit for a day, for its right PIN too, and no other unit.
func TestWrongPINs(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	l := &ledgerFake{answer: Activation{TxID: "tx9", Known: true}}
	c := newClient(t, w, withLedger(l))
	for _, wrong := range []string{"", "00000000", b.Unit(8).PIN, b.Unit(7).PIN + "0", "%s"} {
		if rec := c.activate(b.Path(7), wrong); rec.Code != http.StatusForbidden || decode[problemDocument](t, rec).Code != problem.PINWrong {
			t.Errorf("%q: %d %s", wrong, rec.Code, rec.Body)
		}
	}
	rec := c.activate(b.Path(7), b.Unit(7).PIN)
	if rec.Code != http.StatusTooManyRequests || decode[problemDocument](t, rec).Code != problem.PINLocked || len(rec.Header().Get("Retry-After")) != 5 {
		t.Errorf("the sixth: %d %s %v", rec.Code, rec.Body, rec.Header())
	}
	if len(l.asked) != 0 {
		t.Errorf("the ledger was asked: %+v", l.asked)
	}
	if rec := c.activate(b.Path(8), b.Unit(8).PIN); rec.Code != http.StatusOK {
		t.Errorf("another unit: %d %s", rec.Code, rec.Body)
	}
}

// Codes that were not issued, lots that are not there and units that are
// claimed already never reach the ledger.
func TestActivationRefused(t *testing.T) {
	w := verifiertest.New(t)
	l := &ledgerFake{}
	c := newClient(t, w, withLedger(l))
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	gone := w.Batch(trace.Batch{Lot: "L2"})
	w.Exec(`delete from ledger.batch where lot = 'L2'`)
	w.Exec(`insert into ledger.unit_event values ($1, 'L1', 5, 'activated', now(), 'tx')`, b.GTIN)
	for name, x := range map[string]struct {
		path, pin string
		code      trace.Code
	}{
		"forged":          {strings.Replace(b.Path(1), "/L1/", "/L3/", 1), "00000000", problem.NotIssued},
		"no whole code":   {"/01/x", "00000000", problem.CodeIncomplete},
		"no such lot":     {gone.Path(1), gone.Unit(1).PIN, trace.BatchUnknown},
		"claimed already": {b.Path(5), b.Unit(5).PIN, trace.UnitActivated},
	} {
		if rec := c.activate(x.path, x.pin); decode[problemDocument](t, rec).Code != x.code {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	if len(l.asked) != 0 {
		t.Errorf("the ledger was asked: %+v", l.asked)
	}
}
