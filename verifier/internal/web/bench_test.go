package web_test

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
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// A whole answer, from the request to the last byte, over a real Postgres.
func BenchmarkAnswer(b *testing.B) {
	w := verifiertest.New(b)
	path := w.Batch(trace.Batch{Lot: "L1", Quantity: 100_000}).OnSale().Path(77_777)
	c := webtest.New(b, w)
	for _, accept := range []string{page.TypeJSON, page.TypeHTML} {
		b.Run(accept, func(b *testing.B) {
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					r := httptest.NewRequest(http.MethodGet, path, nil)
					r.Header.Set("Accept", accept)
					rec := httptest.NewRecorder()
					if c.H.ServeHTTP(rec, r); rec.Code != http.StatusOK {
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
	c := webtest.New(b, w, func(o *web.Options) { o.Scans, o.Limits = oneInsert{}, web.Limits{Scans: 1e9} })
	body := fmt.Sprintf(`{"uri": "https://trace.example.com%s", "nonce": %q}`, path, c.Nonce(path))
	b.ReportAllocs()
	for b.Loop() {
		if rec := c.Post("/api/v1/scans", body, "User-Agent", "phone"); rec.Code != http.StatusOK {
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
			s := verdict.Scan{
				Unit:   verdict.Unit{GTIN: verifiertest.GTIN, Lot: "L1", Index: int64(nonce[0])},
				Nonce:  nonce,
				Device: nonce,
				At:     time.Now(),
			}
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
	w.Exec(
		`insert into ledger.event_line select $1, 'L1', n, n + 1, 1000 + n, 0, 'sale' || n from generate_series(0, 99999) n`,
		batch.GTIN,
	)
	w.Exec(`update ledger.holding set state = 'sold' where lot = 'L1'`)
	w.Exec(`analyze`)
	for b.Loop() {
		r, err := w.Store.Records(context.Background(), verdict.Unit{GTIN: batch.GTIN, Lot: "L1", Index: 77_777})
		if err != nil || len(r.Events) != 6 {
			b.Fatal(fmt.Sprint(err, len(r.Events)))
		}
	}
}
