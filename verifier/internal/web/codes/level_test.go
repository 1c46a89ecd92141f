package codes_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// chain stands for the peers: it has had so many blocks until a moment.
type chain struct {
	mu     sync.Mutex
	blocks uint64
	at     time.Time
	newer  chan struct{}
}

func (c *chain) Since(blocks uint64) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.blocks > blocks {
		return time.Time{}
	}
	return c.at
}

func (c *chain) Newer() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.newer
}

func (c *chain) is(blocks uint64, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.newer != nil {
		close(c.newer)
	}
	c.blocks, c.at, c.newer = blocks, at, make(chan struct{})
}

// What the projector says of itself counts for nothing: an item is genuine only
// while the peers say that the read model has all their blocks. A stop needs no
// such word, and does not wait for one.
func TestLevelWithThePeers(t *testing.T) {
	w := verifiertest.New(t)
	good, bad := w.Batch(trace.Batch{Lot: "GOOD"}).OnSale(), w.Batch(trace.Batch{Lot: "BAD"}).OnSale()
	bad.Happens(
		trace.Event{Type: trace.EventDecommissioned, At: bad.Day(3), By: verifiertest.Seller},
		trace.Place{Holder: verifiertest.Seller, State: trace.Removed, Reason: trace.ReasonStolen},
	)
	height, now := uint64(w.Height()), time.Now()
	for _, x := range []struct {
		name   string
		blocks uint64
		age    time.Duration
		good   verdict.Verdict
	}{
		{"level a moment ago", height, 0, verdict.Genuine},
		{"level two seconds ago", height, 2*time.Second + time.Millisecond, verdict.Unavailable},
		{"a block behind", height + 1, 0, verdict.Unavailable},
		{"the peers have said nothing", 1 << 62, 0, verdict.Unavailable},
	} {
		t.Run(x.name, func(t *testing.T) {
			peers := &chain{}
			peers.is(x.blocks, now.Add(-x.age))
			c := webtest.New(t, w, func(o *web.Options) {
				o.MaxAge, o.Level, o.Now = 2*time.Second, peers, func() time.Time { return now }
			})
			if got := c.Verdict(good.Path(1)).Verdict; got != x.good {
				t.Errorf("genuine goods: %s, want %s", got, x.good)
			}
			start := time.Now()
			if got := c.Verdict(bad.Path(1)).Verdict; got != verdict.Stop || time.Since(start) > codes.LevelTime {
				t.Errorf("stolen goods: %s after %s", got, time.Since(start))
			}
		})
	}
}

// A block that was committed a moment ago is waited for, not answered with 503.
func TestABlockOnItsWay(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(1)
	peers := &chain{}
	peers.is(uint64(w.Height())+1, time.Now())
	c := webtest.New(t, w, func(o *web.Options) { o.MaxAge, o.Level = 2*time.Second, peers })
	go func() {
		time.Sleep(codes.LevelTime / 4)
		w.Batch(trace.Batch{Lot: "L2"})
		peers.is(uint64(w.Height()), time.Now())
	}()
	if rec := c.Get(path, "Accept", page.TypeJSON); rec.Code != http.StatusOK {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
}
