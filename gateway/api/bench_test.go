package api

import (
	"runtime"
	"testing"
	"time"
)

// BenchmarkRequests says what the interface itself costs, without a ledger.
func BenchmarkRequests(b *testing.B) {
	w := newWorld(b)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			w.must("maker", 200, "GET", "/api/v1/me", nil)
		}
	})
	b.Run("refused write", func(b *testing.B) {
		for b.Loop() {
			w.ask("maker", "POST", "/api/v1/sales", object{"lines": []any{line(0, 1)}})
		}
	})
}

// A batch of a million units is one transaction and a few seconds of hashing.
func TestAMillionUnits(t *testing.T) {
	if testing.Short() {
		t.Skip("computes a million units")
	}
	w := newWorld(t)
	w.must("maker", 201, "POST", "/api/v1/products", product(gtin))
	began := time.Now()
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, lot, 1_000_000))
	took := time.Since(began)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	t.Logf("1,000,000 units in %s; %d MB taken from the system since the process began", took, memory.Sys>>20)
	if took > 15*time.Second || memory.Sys > 500<<20 {
		t.Errorf("%s and %d MB for a million units, want under 15 s and 500 MB", took, memory.Sys>>20)
	}
}
