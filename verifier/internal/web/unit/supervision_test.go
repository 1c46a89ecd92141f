package unit_test

import (
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// What the platform finds out about a seller is seen by the next shopper.
func TestSupervisionIsSeen(t *testing.T) {
	for change, want := range map[string]verdict.Reason{
		`set doc = jsonb_set(doc, '{licences}', '[{"kind": "food", "validTo": "2026-10-31"}]')`: verdict.LicenceExpired,
		`set doc = jsonb_set(doc, '{nextCheckDue}', '"2026-10-31"')`:                            verdict.CheckOverdue,
		`set doc = jsonb_set(doc, '{openActions}', '[{"check": "C", "due": "2026-10-31"}]')`:    verdict.CheckOverdue,
		`set doc = jsonb_set(doc, '{status}', '"suspended"')`:                                   verdict.SellerSuspended,
	} {
		w := verifiertest.New(t)
		path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
		w.Exec(`update ledger.party ` + change + ` where id = 'heyu'`)
		wantReason(t, webtest.New(t, w).Verdict(path), want)
	}
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	w.Exec(
		`update ledger.party set doc = jsonb_set(doc, '{authorisations}', '[{"prefix": "6998801", "validTo": "2026-10-31"}]') where id = 'chengyan'`,
	)
	wantReason(t, webtest.New(t, w).Verdict(path), verdict.AuthorisationExpired)
}

func TestMarketOfTheQuestion(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1", Markets: []string{"CN"}}).OnSale().Path(7)
	c := webtest.New(t, w, func(o *web.Options) { o.MarketHeader = "X-Country" })
	for query, want := range map[string]verdict.Reason{"": "", "?market=CN": "", "?market=SG": verdict.OtherMarket, "?market=%3Cb%3E": ""} {
		wantReason(t, c.Verdict(path+query), want)
	}
	a := webtest.Decode[verdict.Answer](t, c.Get(path, "Accept", page.TypeJSON, "X-Country", "SG"))
	wantReason(t, a, "") // nobody trusted said so
}

func wantReason(t *testing.T, a verdict.Answer, want verdict.Reason) {
	t.Helper()
	for _, c := range a.Checks {
		if c.Reason != "" && c.Reason != want {
			t.Errorf("%s, want %q", c.Reason, want)
		}
		if c.Reason == want {
			want = ""
		}
	}
	if want != "" {
		t.Errorf("%+v: no %s", a.Checks, want)
	}
}
