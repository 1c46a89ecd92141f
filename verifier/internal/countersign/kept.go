package countersign

import (
	"sync"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// kept remembers agreements for a while, by the facts that were agreed on: a unit
// that many look at is not signed for each of them, and a page that fetches its
// proof gets what its verdict rested on.
type kept struct {
	mu    sync.Mutex
	newer map[string]agreement
	older map[string]agreement
	since time.Time
}

// agreement is what was signed of one unit, by whom, of which time, when it came.
type agreement struct {
	signed proof.Signed
	by     []string
	stated time.Time
	at     time.Time
	blocks uint64 // that the ledger had before they were asked; 0 where that is not known
}

func (k *kept) get(leaf string, now time.Time, within time.Duration) (agreement, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a, found := k.newer[leaf]
	if !found {
		a, found = k.older[leaf]
	}
	return a, found && now.Sub(a.at) < within
}

// put begins a new generation once the last is as old as anything may be, or full.
func (k *kept) put(leaf string, a agreement) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.newer == nil || a.at.Sub(k.since) >= recent || len(k.newer) >= keptMost/2 {
		k.older, k.newer, k.since = k.newer, map[string]agreement{}, a.at
	}
	k.newer[leaf] = a
}
