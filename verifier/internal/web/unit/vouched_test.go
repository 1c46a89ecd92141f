package unit_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// outcomes vouches with one outcome.
type outcomes verdict.Signatures

func (s outcomes) Vouch(_ context.Context, e verdict.Evidence, anew func() verdict.Evidence) verdict.Answer {
	e = anew()
	e.Signatures = verdict.Signatures(s)
	return verdict.Judge(e)
}

// TestVouched: a genuine answer says who signed it, one without signatures is
// unavailable, and a unit under recall is answered whoever signs.
func TestVouched(t *testing.T) {
	w := verifiertest.New(t)
	good, recalled := w.Batch(trace.Batch{Lot: "GOOD"}).OnSale(), w.Batch(trace.Batch{Lot: "RECALLED"}).OnSale()
	recalled.Happens(
		trace.Event{Type: trace.EventRecalled, At: recalled.Day(8), By: verifiertest.Producer, Recall: &trace.Recall{
			ID:   "RECALL-1",
			GTIN: recalled.GTIN,
			Lots: []string{
				recalled.Lot,
			},
			Class: trace.ClassI,
			By:    verifiertest.Producer,
			At:    recalled.Day(8),
		}},
		trace.Place{},
	)
	for _, test := range []struct {
		outcome verdict.Countersigning
		want    verdict.Verdict
		status  int
	}{
		{verdict.Countersigned, verdict.Genuine, http.StatusOK},
		{verdict.Unsigned, verdict.Unavailable, http.StatusServiceUnavailable},
		{verdict.Disputed, verdict.Unavailable, http.StatusServiceUnavailable},
	} {
		c := webtest.New(t, w, func(o *web.Options) {
			o.Voucher = outcomes{Outcome: test.outcome, By: []string{"AuditorMSP", "ProducerMSP"}, At: time.Now()}
		})
		a, rec := c.Verdict(good.Path(7)), c.Get(good.Path(7), "Accept", "application/json")
		if a.Verdict != test.want || rec.Code != test.status || (a.Signed != nil) != (test.want == verdict.Genuine) {
			t.Errorf("outcome %d: %d %s, signed by %+v", test.outcome, rec.Code, a.Verdict, a.Signed)
		}
		if page := c.Get(good.Path(7), "Accept", "text/html"); page.Code != test.status {
			t.Errorf("outcome %d: the page is answered %d", test.outcome, page.Code)
		}
		if a := c.Verdict(recalled.Path(7)); a.Verdict != verdict.Stop {
			t.Errorf("outcome %d: a recalled unit is %s", test.outcome, a.Verdict)
		}
	}
}
