package history_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/history"
	"github.com/touchstone-trace/touchstone/verifier/rules/history/historytest"
)

// BenchmarkHistory verifies a lot of ten thousand events, each in a block of its own: as many units of it were sold one
// by one, every other one first, so that what is held is in as many pieces as can be.
func BenchmarkHistory(b *testing.B) {
	const events = 10_000
	l := historytest.New(b)
	h := &historytest.Story{TB: b, Rand: rand.New(rand.NewPCG(1, 0)), L: l, Taken: map[trace.Transaction]int{}}
	h.Begin(l.Network.At)
	batch := trace.HistoryRequest{GTIN: historytest.Tea, Lot: "MANY"}
	registered := trace.Batch{
		GTIN:       batch.GTIN,
		Lot:        batch.Lot,
		Quantity:   events,
		UnitsRoot:  strings.Repeat("ab", 32),
		ProducedOn: trace.DayOf(l.Network.At),
	}
	if _, err := l.Submit(trace.ProducerMSP, "maker", trace.RegisterBatch, registered); err != nil {
		b.Fatal(err)
	}
	for i := range int64(events - 1) {
		at := 2 * i % (events - 1)
		line := trace.Line{GTIN: batch.GTIN, Lot: batch.Lot, From: at, Count: 1}
		if _, err := l.Submit(
			trace.ProducerMSP, "maker", trace.Sell, trace.SellRequest{Lines: []trace.Line{line}},
		); err != nil {
			b.Fatal(err)
		}
	}
	file := l.File(batch, 1)
	before := processorTime(b)
	for b.Loop() {
		r, err := history.Verify(bytes.NewReader(file), l.Network.Trust, history.Options{})
		if err != nil || r.Events != events {
			b.Fatalf("%d events: %v", r.Events, err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/history")
	b.ReportMetric((processorTime(b)-before).Seconds()/float64(b.N), "processor-s/history")
	b.ReportMetric(float64(len(file))/1e6, "MB")
}

// processorTime is what the process has had of the processors so far: what counts on a machine that does other things.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
