// Package level knows when the read model was level with the ledger. It asks the
// peers themselves how long the chain is, so that a projector that hangs, or a
// database that takes no more writes, cannot keep an old answer looking new.
//
// It knows nothing of SQL or Fabric, and judges nothing: how old an answer may
// be is for verifier/rules/verdict.
package level

import (
	"context"
	"sync"
	"time"
)

// Heights asks the peers for the number of blocks of the longest chain. It
// fails where fewer than most of them answer: those that do may all be behind.
type Heights interface {
	Height(ctx context.Context) (uint64, error)
}

const (
	every   = 500 * time.Millisecond
	atOnce  = 4 // questions under way: a slow answer must not keep the next question from being asked
	timeout = every * atOnce
	kept    = 64 // heights whose last sight is remembered
)

// Watch asks for the height over and over. It is safe for concurrent use.
type Watch struct {
	Heights Heights
	Now     func() time.Time

	mu    sync.Mutex
	seen  []sight       // heights in rising order, each with the last moment at which the chain was no longer
	newer chan struct{} // closed and replaced with every answer
}

type sight struct {
	height uint64
	at     time.Time
}

// New gives a Watch that knows nothing until Run runs.
func New(h Heights, now func() time.Time) *Watch {
	return &Watch{Heights: h, Now: now, newer: make(chan struct{})}
}

// Run asks until ctx ends.
func (w *Watch) Run(ctx context.Context) {
	places := make(chan struct{}, atOnce)
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case places <- struct{}{}:
			go func() {
				w.ask(ctx)
				<-places
			}()
		default: // all questions are out
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// ask notes the height as of the moment before the question went out: the chain
// may have grown while the answer was on its way.
func (w *Watch) ask(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	at := w.Now()
	if height, err := w.Heights.Height(ctx); err == nil {
		w.note(height, at)
	}
}

// note keeps for each height the last moment at which it was seen. Answers may
// come in another order than the questions went out, and a chain never shrinks:
// what is lower than something seen before comes from a peer that is behind.
func (w *Watch) note(height uint64, at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	last := len(w.seen) - 1
	switch {
	case last < 0 || height > w.seen[last].height:
		w.seen = append(w.seen, sight{height, at})
		w.seen = w.seen[max(0, len(w.seen)-kept):]
	case height == w.seen[last].height && at.After(w.seen[last].at):
		w.seen[last].at = at
	}
	close(w.newer)
	w.newer = make(chan struct{})
}

// Since gives the last moment at which the chain is known to have had no more
// than a read model's blocks: the zero time where that is not known.
func (w *Watch) Since(blocks uint64) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	var at time.Time
	for _, s := range w.seen {
		if s.height <= blocks && s.at.After(at) {
			at = s.at
		}
	}
	return at
}

// Latest gives the longest chain that peers have told of, and the last moment at which it was no longer: zero
// where nothing is known.
func (w *Watch) Latest() (blocks uint64, at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.seen) == 0 {
		return 0, time.Time{}
	}
	last := w.seen[len(w.seen)-1]
	return last.height, last.at
}

// Newer gives a channel that is closed when the next answer is there.
func (w *Watch) Newer() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.newer
}
