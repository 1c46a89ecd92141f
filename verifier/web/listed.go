package web

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/label"
	"github.com/touchstone-trace/touchstone/verifier/verdict"
)

// Serials are those that factories brought for their batches. They bear no tag,
// so a database has to be asked; but only for lots that are known to list
// theirs, so that a forged code still costs next to nothing.
type Serials interface {
	ListedBatches(ctx context.Context) ([]trace.Batch, error)
	// Serial finds a serial, however it was typed, and gives it as printed.
	Serial(ctx context.Context, root [32]byte, typed string) (index int64, serial string, found bool, err error)
	// Serials gives those of count units from one on.
	Serials(ctx context.Context, root [32]byte, from, count int64) ([]string, error)
}

// listedAge is how long the names of the listed batches are believed without
// asking again; a batch is shipped long after that.
const listedAge = time.Second

// listed remembers which batches list their serials.
type listed struct {
	mu     sync.RWMutex
	known  map[[2]string]trace.Batch
	readAt time.Time
	loads  singleflight.Group
}

// get gives a listed batch. An error means that nobody knows which there are.
func (l *listed) get(source Serials, now time.Time, gtin, lot string) (trace.Batch, bool, error) {
	name := [2]string{gtin, lot}
	l.mu.RLock()
	b, found := l.known[name]
	fresh, ever := now.Sub(l.readAt) < listedAge, !l.readAt.IsZero()
	l.mu.RUnlock()
	if found || fresh {
		return b, found, nil
	}
	if _, err, _ := l.loads.Do("", func() (any, error) { return nil, l.load(source, now) }); err != nil && !ever {
		return b, false, err
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	b, found = l.known[name]
	return b, found, nil
}

func (l *listed) load(source Serials, now time.Time) error {
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	all, err := source.ListedBatches(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		return err
	}
	l.known, l.readAt = map[[2]string]trace.Batch{}, now
	for _, b := range all {
		l.known[[2]string{b.GTIN, b.Lot}] = b
	}
	return nil
}

// checkListed checks a code that bears no tag of ours: its batch may list its
// serials, which false says it does not. Where the lists cannot be read nobody can tell.
func (h *handler) checkListed(l label.Label) (c code, listed bool) {
	if h.Serials == nil {
		return code{}, false
	}
	for _, r := range l.Readings {
		for _, lot := range label.LotSpellings(r.Lot) {
			b, isListed, err := h.listed.get(h.Serials, h.Now(), string(r.GTIN), lot)
			if err != nil {
				return code{}, true
			}
			if !isListed {
				continue
			}
			if c = h.onList(b, r.Serial); c.state != verdict.CodeNotIssued {
				return c, true
			}
			listed = true
		}
	}
	return code{state: verdict.CodeNotIssued}, listed
}

// onList finds a serial on the list of its batch.
func (h *handler) onList(b trace.Batch, serial string) code {
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	root, err := unitsRoot(b)
	if err != nil {
		return code{}
	}
	index, printed, found, err := h.Serials.Serial(ctx, root, serial)
	switch {
	case err != nil:
		h.Log.Error("no listed serials for a verdict", "gtin", b.GTIN, "lot", b.Lot, "error", err)
		return code{}
	case !found:
		return code{state: verdict.CodeNotIssued}
	}
	return code{state: verdict.CodeIssued, serial: printed, epoch: uint32(b.KeyEpoch), unit: verdict.Unit{GTIN: b.GTIN, Lot: b.Lot, Index: index}}
}

// listedAround gives the serials that a proof of a listed unit is made from.
func (h *handler) listedAround(ctx context.Context, b trace.Batch, from, count int64) ([]string, error) {
	root, err := unitsRoot(b)
	if err != nil {
		return nil, err
	}
	return h.Serials.Serials(ctx, root, from, count)
}
