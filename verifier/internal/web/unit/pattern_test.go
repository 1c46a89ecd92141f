package unit_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/watch"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// copies has n shoppers in as many towns, days apart, scan the code of unit 7,
// and the log scored.
func copies(w *verifiertest.World, b verifiertest.Batch, n int) {
	for i := range n {
		w.Exec(
			`insert into scan.scan (nonce, gtin, lot, unit_index, at, device, place, lat, lon)
			values (decode(md5($1), 'hex'), $2, $3, 7, $4, $5, $6, $7, $8)`,
			fmt.Sprint(b.Lot, i),
			b.GTIN,
			b.Lot,
			time.Now().AddDate(0, 0, -6*(n-i)),
			[]byte(fmt.Sprint("hash", i)),
			fmt.Sprint("城", i),
			20+4*i,
			90+5*i,
		)
	}
	for {
		k, err := w.Store.ScoreNext(context.Background(), 100, (*watch.Work).Score)
		if err != nil {
			panic(err)
		}
		if k == 0 {
			return
		}
	}
}

// flagged has somebody confirm on the ledger that unit 7's code was copied, or
// withdraw that.
func flagged(b verifiertest.Batch, copied ...bool) {
	f := trace.UnitFlag{GTIN: b.GTIN, Lot: b.Lot, Index: 7}
	for i, c := range copied {
		f.Rulings = append(
			f.Rulings, trace.FlagRuling{Copied: c, Note: "查实", By: verifiertest.Producer, At: b.Day(8 + i)},
		)
	}
	b.Happens(
		trace.Event{Type: trace.EventUnitFlagged, At: b.Day(9), By: verifiertest.Producer, Flag: &f}, trace.Place{},
	)
}

// The page says how often, where and for how long the code was asked about, and
// never who asked.
func TestPatternOnThePage(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	copies(w, b, 6)
	c := webtest.New(t, w)
	for _, check := range c.Verdict(b.Path(7)).Checks {
		if check.ID != verdict.CheckPattern {
			continue
		}
		if got := fmt.Sprint(check.Reason, check.Detail); got != "CLONE_LIKELYmap[cities:6 count:6 days:31]" {
			t.Errorf("%s", got)
		}
	}
	for lang, wants := range map[string][]string{
		wording.Chinese: {"在 31 天内于 6 个城市被查询 6 次", "刮开核对防伪码"}, wording.English: {"checked 6 times in 6 cities within 31 days", "scratch it and verify the PIN"}} {
		page := plainText(c.Get(b.Path(7), "Accept-Language", lang).Body.String())
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%q is not in the page", want)
			}
		}
		if strings.Contains(page, "hash0") {
			t.Error("the page tells of a device")
		}
	}
}
