package store_test

import (
	"context"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/watch"
)

// How fast a verifier catches up with a log of thousands of phones, five scans a
// unit, all of one batch.
func BenchmarkCatchingUp(b *testing.B) {
	w := verifiertest.New(b)
	lot := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	w.Exec(`insert into scan.scan (nonce, gtin, lot, unit_index, at, device, place, lat, lon)
		select decode(md5(n::text), 'hex'), $1, 'L1', n / 5, now() - interval '30 days' + n * interval '1 second', decode(md5('d' || n % 7919), 'hex'),
			'city ' || n % 97, 20 + n % 30, 90 + n % 40 from generate_series(1, $2::int) n`, lot.GTIN, b.N)
	b.ResetTimer()
	for taken := 0; taken < b.N; {
		n, err := w.Store.ScoreNext(context.Background(), 500, (*watch.Work).Score)
		if err != nil {
			b.Fatal(err)
		}
		taken += n
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "scans/s")
}
