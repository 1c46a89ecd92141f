package web

import (
	"net"
	"net/http/httptest"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
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
		wantReason(t, newClient(t, w).verdict(path), want)
	}
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	w.Exec(`update ledger.party set doc = jsonb_set(doc, '{authorisations}', '[{"prefix": "6998801", "validTo": "2026-10-31"}]') where id = 'chengyan'`)
	wantReason(t, newClient(t, w).verdict(path), verdict.AuthorisationExpired)
}

func TestMarketOfTheQuestion(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1", Markets: []string{"CN"}}).OnSale().Path(7)
	c := newClient(t, w, func(o *Options) { o.MarketHeader = "X-Country" })
	for query, want := range map[string]verdict.Reason{"": "", "?market=CN": "", "?market=SG": verdict.OtherMarket, "?market=%3Cb%3E": ""} {
		wantReason(t, c.verdict(path+query), want)
	}
	a := decode[verdict.Answer](t, c.get(path, "Accept", typeJSON, "X-Country", "SG"))
	wantReason(t, a, "") // nobody trusted said so
}

// A trusted proxy is believed before the link.
func TestMarketByTrustedProxy(t *testing.T) {
	_, network, _ := net.ParseCIDR("192.0.2.0/24") // where httptest asks from
	all := []*net.IPNet{network}
	h := &handler{Options: Options{MarketHeader: "X-Country", Proxies: all}}
	r := httptest.NewRequest("GET", "/01/x?market=CN", nil)
	r.Header.Set("X-Country", "SG")
	if got := h.market(r); got != "SG" {
		t.Errorf("%q", got)
	}
	r.RemoteAddr = "203.0.113.9:1"
	if got := h.market(r); got != "CN" {
		t.Errorf("from a stranger: %q", got)
	}
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
