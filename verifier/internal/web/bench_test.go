package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// What codes cost without a query: a genuine one; a forged one, whose lot is also tried in other spellings; forged ones of
// lots that were never asked for.
func BenchmarkForgedCode(b *testing.B) {
	w := verifiertest.New(b)
	h := &handler{Options: options(w)}
	genuine := w.Batch(trace.Batch{Lot: "202610A"}).Path(7)
	forged := func(lot string) string { return "/01/" + verifiertest.GTIN + "/10/" + lot + "/21/0123456789ABCDEFGHJK" }
	for name, path := range map[string]func(i int) string{
		"genuine": func(int) string { return genuine }, "forged": func(int) string { return forged("202610A") },
		"lot of digits": func(int) string { return forged("123") }, "many lots": func(i int) string { return forged(fmt.Sprintf("A%d", 10_000+i)) },
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if (h.readPath(path(i)).state == verdict.CodeIssued) != (name == "genuine") {
					b.Fatal("a code is judged wrong")
				}
			}
		})
	}
}

// The proof that a code is a leaf of its batch's tree, the tree being in memory.
func BenchmarkMembership(b *testing.B) {
	w := verifiertest.New(b)
	batch := w.Batch(trace.Batch{Lot: "L1", Quantity: 100_000})
	h := &handler{Options: options(w)}
	h.trees.read = w.Store.TreeRow
	asked := h.readPath(batch.Path(77_777))
	for b.Loop() {
		if _, m := h.membership(context.Background(), asked, batch.Batch); m != verdict.MembershipProved {
			b.Fatal(m)
		}
	}
}

// A whole answer, from the request to the last byte, over a real Postgres.
func BenchmarkAnswer(b *testing.B) {
	w := verifiertest.New(b)
	path := w.Batch(trace.Batch{Lot: "L1", Quantity: 100_000}).OnSale().Path(77_777)
	c := newClient(b, w)
	for _, accept := range []string{typeJSON, typeHTML} {
		b.Run(accept, func(b *testing.B) {
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					r := httptest.NewRequest(http.MethodGet, path, nil)
					r.Header.Set("Accept", accept)
					rec := httptest.NewRecorder()
					if c.h.ServeHTTP(rec, r); rec.Code != http.StatusOK {
						b.Fatal(rec.Code)
					}
				}
			})
		})
	}
}

// What a confirmation costs before it reaches the store.
func BenchmarkConfirmation(b *testing.B) {
	w := verifiertest.New(b)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	c := newClient(b, w, func(o *Options) { o.Scans, o.Limits = oneInsert{}, Limits{Scans: 1e9} })
	body := fmt.Sprintf(`{"uri": "https://trace.example.com%s", "nonce": %q}`, path, c.nonce(path))
	b.ReportAllocs()
	for b.Loop() {
		if rec := c.post("/api/v1/scans", body, "User-Agent", "phone"); rec.Code != http.StatusOK {
			b.Fatal(rec.Code, rec.Body)
		}
	}
}

// Scans confirmed by many phones at once: durable, many in one commit.
func BenchmarkConfirm(b *testing.B) {
	w := verifiertest.New(b)
	b.SetParallelism(64)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			nonce := make([]byte, 16)
			_, _ = rand.Read(nonce)
			s := verdict.Scan{Unit: verdict.Unit{GTIN: verifiertest.GTIN, Lot: "L1", Index: int64(nonce[0])}, Nonce: nonce, Device: nonce, At: time.Now()}
			if _, err := w.Store.Confirm(context.Background(), s); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// A unit's records in a batch of which every unit was sold by itself.
func BenchmarkRecordsOfBusyBatch(b *testing.B) {
	w := verifiertest.New(b)
	batch := w.Batch(trace.Batch{Lot: "L1", Quantity: 100_000}).OnSale()
	w.Exec(`insert into ledger.block select 1000 + n, '', '', '', 1 from generate_series(0, 99999) n`)
	w.Exec(`insert into ledger.tx select 'sale' || n, 1000 + n, 0, 'VALID', 'Sell', 'heyu', 'P', 'heyu', '{}', now(),
		jsonb_build_object('type', 'sold', 'at', now(), 'by', 'heyu', 'moves', jsonb_build_array(jsonb_build_object(
			'gtin', $1::text, 'lot', 'L1', 'from', n, 'count', 1, 'target', '{"holder":"heyu","state":"sold"}'::jsonb)))
		from generate_series(0, 99999) n`, batch.GTIN)
	w.Exec(`insert into ledger.event_line select $1, 'L1', n, n + 1, 1000 + n, 0, 'sale' || n from generate_series(0, 99999) n`, batch.GTIN)
	w.Exec(`update ledger.holding set state = 'sold' where lot = 'L1'`)
	w.Exec(`analyze`)
	for b.Loop() {
		r, err := w.Store.Records(context.Background(), verdict.Unit{GTIN: batch.GTIN, Lot: "L1", Index: 77_777})
		if err != nil || len(r.Events) != 6 {
			b.Fatal(fmt.Sprint(err, len(r.Events)))
		}
	}
}
