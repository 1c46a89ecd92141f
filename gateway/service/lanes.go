package service

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// The bounds of waiting for one's turn.
const (
	maxWaiting = 1000 // writes of one party
	maxWait    = 25 * time.Second
)

// lanes let through, of the writes of one party that touch the same keys of the
// ledger, one at a time, in turns between the party's accounts. Two that were sent
// together would be endorsed together, and all but one of them for nothing. What
// touches other keys does not wait, nor does another party. Gateways beside this
// one are not seen; the ledger sorts those out.
type lanes struct {
	mu      sync.Mutex
	busy    map[string]bool
	waiting []*turn // in the order of their rounds
	round   int     // of the last that began
}

// turn is one write's. In each round an account has one, so that one with a
// hundred writes does not keep the others waiting.
type turn struct {
	party, account string
	round          int
	keys           []string
	begun          chan struct{}
}

func newLanes() *lanes { return &lanes{busy: map[string]bool{}} }

// keysOf gives what a write of the party's touches: the stripes that its units are in.
func keysOf(party string, lines []trace.Line) []string {
	keys := map[string]bool{}
	for _, l := range lines {
		for _, s := range trace.StripesOf(l) {
			keys[fmt.Sprintf("%q %q %q %s", party, l.GTIN, l.Lot, s)] = true
		}
	}
	all := make([]string, 0, len(keys))
	for k := range keys {
		all = append(all, k)
	}
	return all
}

// enter waits for the caller's turn. Whoever enters must leave.
func (l *lanes) enter(ctx context.Context, c Caller, keys []string) (leave func(), err error) {
	if len(keys) == 0 {
		return func() {}, nil
	}
	t := &turn{party: c.Party, account: c.Account, keys: keys, begun: make(chan struct{})}
	if err := l.queue(t); err != nil {
		return nil, err
	}
	late := time.NewTimer(maxWait)
	defer late.Stop()
	select {
	case <-t.begun:
		return func() { l.leave(t) }, nil
	case <-late.C:
	case <-ctx.Done():
	}
	if l.giveUp(t) {
		return nil, &record.Unavailable{Err: record.ErrConflict}
	}
	return func() { l.leave(t) }, nil // it began just now
}

func (l *lanes) queue(t *turn) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	mine := 0
	t.round = l.round
	for _, w := range l.waiting {
		if w.party == t.party {
			mine++
		}
		if w.account == t.account {
			t.round = max(t.round, w.round)
		}
	}
	if mine >= maxWaiting {
		return &record.Unavailable{Err: record.ErrConflict}
	}
	t.round++
	l.waiting = append(l.waiting, t)
	slices.SortStableFunc(l.waiting, func(a, b *turn) int { return a.round - b.round })
	l.admit()
	return nil
}

func (l *lanes) leave(t *turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, k := range t.keys {
		delete(l.busy, k)
	}
	l.admit()
}

// giveUp takes a turn out of the line; false where it has begun.
func (l *lanes) giveUp(t *turn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.Index(l.waiting, t)
	if i < 0 {
		return false
	}
	l.waiting = slices.Delete(l.waiting, i, i+1)
	l.admit()
	return true
}

// admit begins every turn that meets no key of one that runs or comes before it.
func (l *lanes) admit() {
	taken := map[string]bool{}
	for k := range l.busy {
		taken[k] = true
	}
	var begun []*turn
	for _, t := range l.waiting {
		if !slices.ContainsFunc(t.keys, func(k string) bool { return taken[k] }) {
			begun, l.round = append(begun, t), max(l.round, t.round)
			close(t.begun)
			for _, k := range t.keys {
				l.busy[k] = true
			}
		}
		for _, k := range t.keys {
			taken[k] = true
		}
	}
	l.waiting = slices.DeleteFunc(l.waiting, func(t *turn) bool { return slices.Contains(begun, t) })
}
