package store

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Horizon knows how far the read model has come, whichever gateway projects it.
// It is safe for concurrent use.
type Horizon struct {
	store *Store

	mu      sync.Mutex
	at      record.Checkpoint
	err     error
	changed chan struct{} // closed and replaced whenever at or err is read anew
}

// pollHorizon bounds how long a lost notification goes unnoticed.
const pollHorizon = time.Second

// NewHorizon gives a Horizon that knows nothing until Run runs.
func NewHorizon(s *Store) *Horizon { return &Horizon{store: s, changed: make(chan struct{})} }

// Run follows the projection until ctx ends.
func (h *Horizon) Run(ctx context.Context) error {
	listener := pq.NewListener(h.store.url, 100*time.Millisecond, 5*time.Second, nil)
	defer context.AfterFunc(ctx, func() { _ = listener.Close() })()
	defer listener.Close()
	if err := listener.Listen(newBlock); err != nil {
		return fmt.Errorf("listen for new blocks: %w", err)
	}
	tick := time.NewTicker(pollHorizon)
	defer tick.Stop()
	for {
		h.read(ctx)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-listener.Notify: // nil after a lost connection came back
		case <-tick.C:
		}
	}
}

func (h *Horizon) read(ctx context.Context) {
	at, err := h.store.Checkpoint(ctx)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.err = err
	if err == nil {
		h.at = at
	}
	close(h.changed)
	h.changed = make(chan struct{})
}

// At gives the checkpoint as it was last read.
func (h *Horizon) At() (record.Checkpoint, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at, h.err
}

// WaitFor waits until the read model has a block, or ctx ends, or the
// projection has halted.
func (h *Horizon) WaitFor(ctx context.Context, block uint64) error {
	for {
		h.mu.Lock()
		at, changed := h.at, h.changed
		h.mu.Unlock()
		if at.NextBlock > block {
			return nil
		}
		if at.Halted != "" {
			return fmt.Errorf("the projection has halted: %s", at.Halted)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("block %d is not in the read model yet: %w", block, ctx.Err())
		case <-changed:
		}
	}
}
