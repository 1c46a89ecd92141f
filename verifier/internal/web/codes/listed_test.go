package codes_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// factorySerials are as factories print them: short, long, with signs, in small letters.
func factorySerials() []string {
	serials := []string{"A-1", "oil/7", "00000000000000000042", "x"}
	for i := len(serials); i < 150; i++ {
		serials = append(serials, fmt.Sprintf("F%05dK", i*7919%100000))
	}
	return serials
}

func pathOfSerial(lot, serial string) string {
	return gs1.UnitURI("X", verifiertest.GTIN, lot, serial)[len("HTTPS://X"):]
}

// A code with a serial of the factory's is judged as any other, however its
// letters were typed; a serial that is not on its list was never issued, and
// neither is one of ours for that batch.
func TestListedSerials(t *testing.T) {
	w := verifiertest.New(t)
	serials := factorySerials()
	batch := w.BatchOf(trace.Batch{Lot: "FACTORY", ExpiresOn: "2030-01-01"}, serials).OnSale()
	c := webtest.New(t, w)
	for i, serial := range []string{serials[0], serials[1], serials[2], serials[3], serials[149], "0I1/7", "f" + strings.ToLower(serials[149][1:])} {
		rec := c.Get(pathOfSerial(batch.Lot, serial), "Accept", "application/json")
		if rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), `"verdict":"genuine"`) {
			t.Errorf("%d %q: %d %.120s", i, serial, rec.Code, rec.Body)
		}
	}
	if page := c.Get(pathOfSerial(batch.Lot, "x")).Body.String(); !strings.Contains(page, "编码由生产方自行印制") {
		t.Error("the page does not say who printed the code")
	}
	keys, err := w.Codes.Batch(w.Codes.Current(), verifiertest.GTIN, batch.Lot)
	if err != nil {
		t.Fatal(err)
	}
	derived, _ := keys.Unit(0)
	for _, serial := range []string{"F00000X", derived.Serial, "A-2", strings.Repeat("9", 20)} {
		if rec := c.Get(pathOfSerial(batch.Lot, serial), "Accept", "application/json"); !strings.Contains(
			rec.Body.String(),
			`"verdict":"not_recognised"`,
		) {
			t.Errorf("%q: %d %.120s", serial, rec.Code, rec.Body)
		}
	}
}

// Where the list cannot be read nobody is told that a code was not issued.
func TestListedSerialsOutOfReach(t *testing.T) {
	w := verifiertest.New(t)
	batch := w.BatchOf(trace.Batch{Lot: "FACTORY"}, factorySerials()).OnSale()
	c := webtest.New(t, w)
	unread := webtest.New(t, w, func(o *web.Options) { o.Serials = codes.NewSerials(w.Store) })
	if a := unread.Verdict(pathOfSerial("OTHER", strings.Repeat("Z", 20))); a.Verdict != verdict.Unavailable {
		t.Errorf("with no list read yet: %s", a.Verdict)
	}
	w.Exec(`alter table app.listed_serial rename to gone`)
	rec := c.Get(pathOfSerial(batch.Lot, "A-1"), "Accept", "application/json")
	if rec.Code != http.StatusServiceUnavailable || !strings.Contains(rec.Body.String(), `"verdict":"unavailable"`) {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
}

// A verifier that runs learns of batches that are registered, and of none costs
// a forged code a look at the database.
func TestListedSerialsAreFollowed(t *testing.T) {
	w := verifiertest.New(t)
	serials := codes.NewSerials(w.Store)
	go serials.Follow(t.Context(), slog.New(slog.DiscardHandler))
	c := webtest.New(t, w, func(o *web.Options) { o.Serials = serials })
	path := pathOfSerial("FACTORY", "A-1")
	w.BatchOf(trace.Batch{Lot: "FACTORY", ExpiresOn: "2030-01-01"}, factorySerials()).OnSale()
	for deadline := time.Now().Add(10 * time.Second); c.Verdict(path).Verdict != verdict.Genuine; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the batch is not learnt of")
		}
	}
	w.Exec(`alter table app.listed_serial rename to gone`)
	if a := c.Verdict(pathOfSerial("OTHER", strings.Repeat("Z", 20))); a.Verdict != verdict.NotRecognised {
		t.Errorf("a forged code of a lot that lists none: %s", a.Verdict)
	}
}

// Shoppers are told of goods that were labelled after they were made: they stop
// without an inspector's statement.
func TestLegacyStock(t *testing.T) {
	w := verifiertest.New(t)
	batch := w.Batch(trace.Batch{Lot: "OLD", Legacy: true, ExpiresOn: "2030-01-01"}).OnSale()
	c := webtest.New(t, w)
	if rec := c.Get(batch.Path(1), "Accept", "application/json"); !strings.Contains(rec.Body.String(), "NOT_RELEASED") {
		t.Errorf("without a statement: %.120s", rec.Body)
	}
	webtest.Examined(batch)
	if page := c.Get(batch.Path(1)).Body.String(); !strings.Contains(page, "这批商品在登记之前已经生产") {
		t.Error("the page does not say that the goods are older than their label")
	}
}
