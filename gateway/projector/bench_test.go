package projector_test

import (
	"fmt"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
)

// BenchmarkRebuild projects blocks of 500 registrations and sales; it reports
// transactions a second, Postgres without fsync.
func BenchmarkRebuild(b *testing.B) {
	const blocks, perBlock = 20, 500
	c := newChain()
	held, sold := trace.Place{Holder: "maker", State: trace.Held}, trace.Place{Holder: "maker", State: trace.Sold}
	for i := range blocks {
		var txs []tx
		for j := 0; j < perBlock; j += 2 {
			x := trace.Batch{
				GTIN:         gtin(j),
				Lot:          fmt.Sprint("L", i),
				Quantity:     1000,
				UnitsRoot:    txID(0),
				Producer:     "maker",
				RegisteredAt: began,
			}
			whole := trace.Line{GTIN: x.GTIN, Lot: x.Lot, Count: 1000}
			some := trace.Line{GTIN: x.GTIN, Lot: x.Lot, From: 100, Count: 10}
			txs = append(
				txs,
				tx{
					event: &trace.Event{
						Type:  trace.EventBatchRegistered,
						At:    began,
						By:    "maker",
						Batch: &x,
						Lines: []trace.Line{whole},
						Moves: []trace.Move{{Line: whole, Target: held}},
					},
				},
				tx{event: &trace.Event{Type: trace.EventSold, At: began, By: "maker", Lines: []trace.Line{some},
					Moves: []trace.Move{{Line: some, Source: held, Target: sold}}}},
			)
		}
		c.add(txs...)
	}
	s := storetest.Projecting(b)
	for b.Loop() {
		rebuild(b, s, c.blocks)
	}
	b.ReportMetric(float64(b.N*blocks*perBlock)/b.Elapsed().Seconds(), "tx/s")
}

func gtin(n int) string { return fmt.Sprintf("%014d", n) }
