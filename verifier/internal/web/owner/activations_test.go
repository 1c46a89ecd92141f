package owner_test

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/owner"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/acts"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// The right PIN gives the ledger a claim that proves itself against the batch's root.
func TestActivate(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1", Quantity: 1000}).OnSale()
	l := &webtest.Ledger{Answer: owner.Activation{TxID: "tx9", Block: 1, Known: true}}
	c := webtest.New(t, w, webtest.WithLedger(l))
	u := b.Unit(777)
	rec := c.Activate(b.Path(777), " "+u.PIN[:4]+"-"+u.PIN[4:])
	if got := webtest.Decode[owner.ActivationAnswer](
		t, rec,
	); rec.Code != http.StatusOK || got.ReviewToken == "" || got.Status != "activated" || got.TxID != "tx9" ||
		got.Block != 1 {
		t.Fatalf("%d %+v", rec.Code, got)
	}
	r := l.Asked[0]
	salt, _ := hex.DecodeString(r.Salt)
	root, _ := hex.DecodeString(b.UnitsRoot)
	var path [][]byte
	for _, h := range r.Path {
		hash, _ := hex.DecodeString(h)
		path = append(path, hash)
	}
	leaf := rfc6962.DefaultHasher.HashLeaf(
		trace.UnitLeaf(r.GTIN, r.Lot, r.Serial, trace.PINCommitment([16]byte(salt), r.PIN)),
	)
	if err := proof.VerifyInclusion(
		rfc6962.DefaultHasher, uint64(r.Index), 1000, leaf, path, root,
	); err != nil || r.Index != 777 ||
		r.Check() != nil {
		t.Errorf("%+v: %v, %v", r, err, r.Check())
	}
}

// awayPINs is a gateway that does not answer.
type awayPINs struct{ err error }

func (a *awayPINs) Open(_ context.Context, p acts.PIN) (acts.Opened, error) {
	return acts.Opened{}, a.err
}

// While no gateway can compare a PIN nobody loses a try, and no PIN is called wrong or right.
func TestAPINThatNobodyComparesIsNoTry(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w, func(o *web.Options) { o.PINs = &awayPINs{errors.New("10.1.2.3: too many wrong PINs")} })
	for range 2 * verdict.DeviceTries {
		rec := c.Activate(b.Path(7), b.Unit(7).PIN)
		got := webtest.Decode[struct {
			Code   trace.Code
			Detail string
		}](t, rec)
		if rec.Code != http.StatusServiceUnavailable || got.Code != problem.Unavailable ||
			strings.Contains(got.Detail, "10.1.2.3") {
			t.Fatalf("%d %+v", rec.Code, got)
		}
	}
	if n := webtest.Count(t, w, `select coalesce(sum(tries), 0) from scan.pin_tries`); n != 0 {
		t.Errorf("%d tries are taken", n)
	}
	if n := webtest.Count(t, w, `select count(*) from scan.pin_entry`); n != 0 {
		t.Errorf("%d entries are kept", n)
	}
}

// What the ledger says comes through; what nobody knows is not called a failure.
func TestActivationOutcomes(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	for name, c := range map[string]struct {
		ledger *webtest.Ledger
		status int
		code   trace.Code
	}{
		"nobody knows":    {&webtest.Ledger{Answer: owner.Activation{TxID: "tx9"}}, 202, ""},
		"refused":         {&webtest.Ledger{Err: &trace.Error{Code: trace.UnitActivated, Field: "index"}}, 409, trace.UnitActivated},
		"refused oddly":   {&webtest.Ledger{Err: &trace.Error{Code: trace.ClockSkew}}, 500, problem.Internal},
		"nothing written": {&webtest.Ledger{Err: errors.New("peer at 10.1.2.3 is down")}, 503, problem.Unavailable},
	} {
		rec := webtest.New(t, w, webtest.WithLedger(c.ledger)).Activate(b.Path(7), b.Unit(7).PIN)
		got := webtest.Decode[struct {
			Status any
			TxID   string
			Code   trace.Code
			Detail string
		}](t, rec)
		if rec.Code != c.status || got.Code != c.code ||
			c.status == 202 && (got.Status != "unknown" || got.TxID != "tx9") {
			t.Errorf("%s: %d %+v", name, rec.Code, got)
		}
		if got.Detail == "secret detail" || got.Detail == "peer at 10.1.2.3 is down" {
			t.Errorf("%s: says %s", name, got.Detail)
		}
	}
	rec := webtest.New(t, w, func(o *web.Options) { o.Activator = nil }).Activate(b.Path(7), b.Unit(7).PIN)
	if rec.Code != http.StatusServiceUnavailable {
		t.Errorf("without a ledger: %d", rec.Code)
	}
}

// Five wrong PINs lock the unit for a day, for its right PIN too, and no other unit.
func TestWrongPINs(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	l := &webtest.Ledger{Answer: owner.Activation{TxID: "tx9", Known: true}}
	c := webtest.New(t, w, webtest.WithLedger(l))
	for _, wrong := range []string{"", "00000000", b.Unit(8).PIN, b.Unit(7).PIN + "0", "%s"} {
		if rec := c.Activate(b.Path(7), wrong); rec.Code != http.StatusForbidden ||
			webtest.Decode[webtest.Problem](t, rec).Code != problem.PINWrong {
			t.Errorf("%q: %d %s", wrong, rec.Code, rec.Body)
		}
	}
	rec := c.Activate(b.Path(7), b.Unit(7).PIN)
	if rec.Code != http.StatusTooManyRequests || webtest.Decode[webtest.Problem](t, rec).Code != problem.PINLocked ||
		len(rec.Header().Get("Retry-After")) != 5 {
		t.Errorf("the sixth: %d %s %v", rec.Code, rec.Body, rec.Header())
	}
	if len(l.Asked) != 0 {
		t.Errorf("the ledger was asked: %+v", l.Asked)
	}
	if rec := c.Activate(b.Path(8), b.Unit(8).PIN); rec.Code != http.StatusOK {
		t.Errorf("another unit: %d %s", rec.Code, rec.Body)
	}
}

// Codes that were not issued, lots that are not there and units that are
// claimed already never reach the ledger.
func TestActivationRefused(t *testing.T) {
	w := verifiertest.New(t)
	l := &webtest.Ledger{}
	c := webtest.New(t, w, webtest.WithLedger(l))
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
		if rec := c.Activate(x.path, x.pin); webtest.Decode[webtest.Problem](t, rec).Code != x.code {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	if len(l.Asked) != 0 {
		t.Errorf("the ledger was asked: %+v", l.Asked)
	}
}
