package unit_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// scenario is a unit's story and the verdict that it must lead to.
type scenario struct {
	name    string
	verdict verdict.Verdict
	reason  verdict.Reason
	path    string
}

// scenarios puts a batch for each story into the read model.
func scenarios(w *verifiertest.World) []scenario {
	var all []scenario
	add := func(name string, v verdict.Verdict, r verdict.Reason, b trace.Batch, tell func(verifiertest.Batch)) {
		b.Lot = "202610" + string(rune('A'+len(all)))
		batch := w.Batch(b)
		tell(batch)
		all = append(all, scenario{name, v, r, batch.Path(7)})
	}
	gone := func(reason trace.Reason) func(verifiertest.Batch) {
		return func(b verifiertest.Batch) {
			b.OnSale()
			b.Happens(
				trace.Event{Type: trace.EventDecommissioned, At: b.Day(6), By: verifiertest.Seller},
				trace.Place{Holder: verifiertest.Seller, State: trace.Removed, Reason: reason},
			)
		}
	}
	today := trace.DayOf(time.Now())
	fresh := trace.Batch{ExpiresOn: today.AddDays(700)}
	add("genuine", verdict.Genuine, "", fresh, func(b verifiertest.Batch) { webtest.Examined(b); b.OnSale() })
	add("genuine-sold", verdict.Genuine, "", fresh, func(b verifiertest.Batch) {
		b.OnSale()
		b.Happens(
			trace.Event{Type: trace.EventSold, At: b.Day(7), By: verifiertest.Seller},
			trace.Place{Holder: verifiertest.Seller, State: trace.Sold},
		)
		w.Exec(
			`insert into scan.unit values ($1, $2, 7, 2, now() - interval '9 days', now() - interval '3 days', '杭州')`,
			b.GTIN,
			b.Lot,
		)
	})
	add("not-yet-shipped", verdict.Caution, verdict.NotYetShipped, fresh, func(verifiertest.Batch) {})
	add("in-transit", verdict.Caution, verdict.InTransit, fresh, func(b verifiertest.Batch) {
		b.ShipTo(verifiertest.Producer, verifiertest.Distributor, 2)
		b.Send(verifiertest.Distributor, verifiertest.Seller, 4)
	})
	add("missing", verdict.Caution, verdict.UnitMissing, fresh, gone(trace.ReasonMissing))
	add(
		"expires-soon",
		verdict.Caution,
		verdict.ExpiresSoon,
		trace.Batch{ProducedOn: today.AddDays(-700), ExpiresOn: today.AddDays(20)},
		func(b verifiertest.Batch) { b.OnSale() },
	)
	add("activated", verdict.Caution, verdict.AlreadyActivated, fresh, func(b verifiertest.Batch) {
		b.OnSale()
		u := trace.UnitEvent{GTIN: b.GTIN, Lot: b.Lot, Index: 7, Type: trace.Activated, At: b.Day(8)}
		b.Happens(
			trace.Event{Type: trace.EventUnitActivated, At: b.Day(8), By: "platform", Units: []trace.UnitEvent{u}},
			trace.Place{},
		)
	})
	add("recalled", verdict.Stop, verdict.Recalled, fresh, func(b verifiertest.Batch) {
		b.OnSale()
		r := trace.Recall{
			ID:     "RECALL-" + b.Lot,
			GTIN:   b.GTIN,
			Lots:   []string{b.Lot},
			Class:  trace.ClassII,
			By:     verifiertest.Producer,
			At:     b.Day(8),
			Reason: trace.Text{ZhCN: "防腐剂超标", En: "a preservative exceeded the limit"},
			Instruction: trace.Text{
				ZhCN: "请停止饮用，凭此页到购买处退货退款",
				En:   "Stop drinking it and return it where you bought it, with this page, for a refund",
			},
		}
		b.Happens(
			trace.Event{Type: trace.EventRecalled, At: b.Day(8), By: verifiertest.Producer, Recall: &r},
			trace.Place{},
		)
	})
	add("ingredient-recalled", verdict.Stop, verdict.IngredientRecalled, fresh, func(b verifiertest.Batch) {
		b.OnSale()
		r := trace.Recall{
			ID:    "RECALL-" + b.Lot,
			GTIN:  "06998801000012",
			Lots:  []string{"LEAF"},
			Class: trace.ClassI,
			By:    verifiertest.Producer,
			At:    b.Day(8),
			Reason: trace.Text{
				ZhCN: "铅超标",
				En:   "too much lead",
			},
			Instruction: trace.Text{ZhCN: "停止使用", En: "Do not use it"},
		}
		b.Happens(
			trace.Event{Type: trace.EventRecalled, At: b.Day(8), By: verifiertest.Producer, Recall: &r},
			trace.Place{},
		)
	})
	against := func(index int64, outcomes ...trace.Outcome) func(verifiertest.Batch) {
		return func(b verifiertest.Batch) { b.OnSale(); b.Complaint("C-"+b.Lot, index, outcomes...) }
	}
	add(
		"confirmed-counterfeit", verdict.Stop, verdict.ConfirmedCounterfeit, fresh,
		against(7, trace.CounterfeitConfirmed),
	)
	add("under-complaint", verdict.Caution, verdict.UnderComplaint, fresh, against(7))
	add(
		"counterfeit-in-batch", verdict.Caution, verdict.CounterfeitInBatch, fresh,
		against(8, trace.CounterfeitConfirmed),
	)
	add("found-genuine", verdict.Genuine, "", fresh, against(7, trace.CounterfeitConfirmed, trace.FoundGenuine))
	add(
		"clone-likely", verdict.Caution, verdict.CloneLikely, fresh,
		func(b verifiertest.Batch) { copies(w, b.OnSale(), 6) },
	)
	add(
		"confirmed-clone", verdict.Stop, verdict.ConfirmedClone, fresh,
		func(b verifiertest.Batch) { flagged(b.OnSale(), true) },
	)
	add("clone-withdrawn", verdict.Genuine, "", fresh, func(b verifiertest.Batch) { flagged(b.OnSale(), true, false) })
	add("scans-not-weighed", verdict.Caution, verdict.ScansNotWeighed, fresh, func(b verifiertest.Batch) {
		b.OnSale()
		w.Exec(
			`insert into scan.scan (nonce, gtin, lot, unit_index, at, device) values (decode(md5($1), 'hex'), $2, $1, 7, now() - interval '2 minutes', '\x01')`,
			b.Lot,
			b.GTIN,
		)
	})
	add(
		"expired",
		verdict.Stop,
		verdict.Expired,
		trace.Batch{ProducedOn: today.AddDays(-800), ExpiresOn: today.AddDays(-1)},
		func(b verifiertest.Batch) { b.OnSale() },
	)
	for _, x := range []struct {
		trace trace.Reason
		found verdict.Reason
	}{{trace.ReasonStolen, verdict.Stolen}, {trace.ReasonDestroyed, verdict.Destroyed}, {trace.ReasonSampled, verdict.Sample},
		{trace.ReasonExported, verdict.ExportedElsewhere}, {trace.ReasonDamaged, verdict.UnitDamaged}, {trace.ReasonVoided, verdict.UnitVoided}} {
		add(string(x.trace), verdict.Stop, x.found, fresh, gone(x.trace))
	}
	add("not-on-ledger", verdict.NotRecognised, verdict.BatchNotOnLedger, fresh, func(b verifiertest.Batch) {
		w.Exec(`delete from ledger.batch where lot = $1`, b.Lot)
	})
	add("evidence-missing", verdict.Unavailable, verdict.EvidenceMissing, fresh, func(b verifiertest.Batch) {
		b.OnSale()
		w.Exec(`delete from ledger.holding where lot = $1`, b.Lot)
	})
	forged := all[0].path[:len(all[0].path)-1] + "Z"
	return append(all, scenario{"not-issued", verdict.NotRecognised, verdict.NotIssued, forged})
}

// Every story leads to its verdict, decided by its reason.
func TestVerdicts(t *testing.T) {
	w := verifiertest.New(t)
	c := webtest.New(t, w)
	for _, s := range scenarios(w) {
		a := c.Verdict(s.path)
		if a.Verdict != s.verdict {
			t.Errorf("%s: %s, want %s: %+v", s.name, a.Verdict, s.verdict, a.Checks)
		}
		if s.reason == "" {
			continue
		}
		found := false
		for _, check := range a.Checks {
			found = found || check.Reason == s.reason
		}
		if !found {
			t.Errorf("%s: no check says %s: %+v", s.name, s.reason, a.Checks)
		}
	}
}

// With TOUCHSTONE_TEST_PAGES set to a folder, every page is written there to be looked at.
func TestWritePages(t *testing.T) {
	folder := os.Getenv("TOUCHSTONE_TEST_PAGES")
	if folder == "" {
		t.Skip("set TOUCHSTONE_TEST_PAGES to a folder to have every page written there")
	}
	w := verifiertest.New(t)
	c := webtest.New(t, w)
	reputed(w)
	pages := append(
		scenarios(w),
		scenario{name: "decisions", path: "/decisions"},
		scenario{name: "landing", path: "/"},
		scenario{name: "landing-wrong", path: "/?uri=nonsense"},
	)
	for _, s := range pages {
		for _, lang := range webtest.Languages {
			rec := c.Get(s.path, "Accept-Language", lang)
			name := filepath.Join(folder, s.name+"."+lang+".html")
			if err := os.WriteFile(name, rec.Body.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
