package e2e

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// answeredAgain bounds how long after its death a gateway's writes may stay
// without an answer: its restart, and the two seconds for which it might have
// been merely slow. It is far above what is measured, for busy machines, and far
// below the minute after which transactions of unknown outcome are looked at.
const answeredAgain = 25 * time.Second

// A gateway dies with keyed writes in flight. Whoever repeats his request gets
// the answer as soon as there is one, and nothing is written twice.
func TestWritesInFlightWhenTheGatewayDies(t *testing.T) {
	gtin := newBatch(t, "FLIGHT", 1)
	var died atomic.Int64
	var flights sync.WaitGroup
	waits := make([]time.Duration, 16)
	for worker := range waits {
		flights.Go(func() {
			for n := 0; died.Load() == 0; n++ {
				register(gtin, fmt.Sprintf("FLIGHT-%d-%d", worker, n))
			}
			waits[worker] = time.Since(time.Unix(0, died.Load()))
		})
	}
	time.Sleep(2 * time.Second)
	pid := touchstone.status(t)["gateway"]
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	died.Store(time.Now().UnixNano())
	flights.Wait()
	longest := time.Duration(0)
	for _, w := range waits {
		longest = max(longest, w)
	}
	t.Logf("the last of %d writes in flight was answered %s after the gateway's death", len(waits), longest)
	if longest > answeredAgain {
		t.Errorf("a write was answered %s after the gateway's death, want at most %s", longest, answeredAgain)
	}
}

// register repeats a registration until it is answered with what was written.
func register(gtin, lot string) {
	producer := touchstone.as("producer")
	for {
		a, err := try(
			http.MethodPost, producer.base+"/api/v1/batches", producer.key, batch(gtin, lot, 10),
			"Idempotency-Key", lot,
		)
		if err == nil && a.status == http.StatusCreated {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}
