package level

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

var start = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func at(second float64) time.Time { return start.Add(time.Duration(second * float64(time.Second))) }

func TestSince(t *testing.T) {
	type answer struct {
		height uint64
		second float64
	}
	for _, c := range []struct {
		name    string
		answers []answer
		blocks  uint64
		want    time.Time
	}{
		{"nothing asked yet", nil, 10, time.Time{}},
		{"level", []answer{{10, 1}, {10, 2}}, 10, at(2)},
		{"the read model is ahead of the answer", []answer{{10, 1}}, 11, at(1)},
		{"behind since the chain grew", []answer{{10, 1}, {11, 2}, {11, 3}}, 10, at(1)},
		{"behind since before the first question", []answer{{10, 1}}, 9, time.Time{}},
		{"caught up", []answer{{10, 1}, {12, 2}}, 12, at(2)},
		{"a peer that is behind changes nothing", []answer{{10, 1}, {9, 2}}, 9, time.Time{}},
		{"an answer that was overtaken changes nothing", []answer{{10, 3}, {10, 2}}, 10, at(3)},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := New(nil, nil)
			for _, a := range c.answers {
				w.note(a.height, at(a.second))
			}
			if got := w.Since(c.blocks); !got.Equal(c.want) {
				t.Errorf("level with %d blocks at %s, want %s", c.blocks, got, c.want)
			}
		})
	}
}

// What is remembered of the past is bounded, whatever the chain does.
func TestBounded(t *testing.T) {
	w := New(nil, nil)
	for height := range uint64(1000) {
		w.note(height, at(float64(height)))
	}
	if len(w.seen) != kept {
		t.Errorf("%d heights remembered, want %d", len(w.seen), kept)
	}
}

type peers struct {
	height atomic.Uint64
	hung   atomic.Bool
}

func (p *peers) Height(ctx context.Context) (uint64, error) {
	if p.hung.Load() {
		<-ctx.Done()
		return 0, errors.New("no peer answers")
	}
	return p.height.Load(), nil
}

// Whatever hangs, what was known stops being new, and is new again soon after.
func TestHungPeers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &peers{}
		p.height.Store(7)
		w := New(p, time.Now)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go w.Run(ctx)
		time.Sleep(time.Minute)
		if age := time.Since(w.Since(7)); age > every {
			t.Errorf("level %s ago while all peers answer", age)
		}
		p.hung.Store(true)
		time.Sleep(time.Minute)
		if age := time.Since(w.Since(7)); age < time.Minute {
			t.Errorf("level %s ago, though no peer has answered for a minute", age)
		}
		p.hung.Store(false)
		time.Sleep(timeout + every)
		if age := time.Since(w.Since(7)); age > every {
			t.Errorf("level %s ago once the peers answer again", age)
		}
	})
}
