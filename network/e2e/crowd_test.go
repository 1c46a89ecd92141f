package e2e

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
)

// writers is how many people of one party handle units of one lot at once.
const writers = 200

// TestManyWritersOfOneLot: two hundred shipments and two hundred sales of
// disjoint units of one lot, all at once. None is refused.
func TestManyWritersOfOneLot(t *testing.T) {
	const lot = "CROWD"
	gtin, to := newBatch(t, lot, 10*writers), party(t, "seller")
	for _, c := range []struct {
		what, path string
		body       func(i int) object
	}{
		{"shipments of 5", "/api/v1/shipments", func(i int) object { return object{"to": to, "lines": []any{line(gtin, lot, 5*i, 5)}} }},
		{"sales of 1", "/api/v1/sales", func(i int) object { return object{"lines": []any{line(gtin, lot, 5*writers+i, 1)}} }},
	} {
		t.Run(c.what, func(t *testing.T) {
			took, refused := atOnce(c.path, c.body)
			t.Logf(
				"%d %s at once: %d refused, p50 %s, p99 %s", writers, c.what, len(refused), took[writers/2],
				took[writers*99/100],
			)
			for _, r := range refused[:min(3, len(refused))] {
				t.Error(r)
			}
			if p99 := took[writers*99/100]; p99 > 20*time.Second {
				t.Logf("slower than it should be: p99 %s", p99) // a figure, and the machine may be busy
			}
		})
	}
}

// atOnce has everybody send at once, as the producer. It answers how long each
// took, sorted, and what was refused.
func atOnce(path string, body func(i int) object) (took []time.Duration, refused []string) {
	producer := touchstone.as("producer")
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			began := time.Now()
			a, err := try(http.MethodPost, producer.base+path, producer.key, body(i))
			mu.Lock()
			defer mu.Unlock()
			took = append(took, time.Since(began).Round(time.Millisecond))
			switch {
			case err != nil:
				refused = append(refused, err.Error())
			case a.status != http.StatusCreated:
				refused = append(refused, string(a.raw))
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	return took, refused
}
