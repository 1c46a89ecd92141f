package seal

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// EndingLength is how many of a serial's last characters stand on the label for reading aloud.
const EndingLength = 6

// searchStep is how many units are searched between two looks at the context.
const searchStep = 1 << 14

// IsSerial tells whether a text has the form of a serial: 20 characters of Crockford's alphabet, as printed.
func IsSerial(s string) bool {
	_, _, ok := splitSerial(s)
	return ok
}

// Ending answers a serial's last characters as they are searched for; false where what was typed is no ending.
func Ending(typed string) (string, bool) {
	typed = Normalise(typed)
	if len(typed) != EndingLength {
		return "", false
	}
	_, ok := base32(typed)
	return typed, ok
}

// FindEndings finds the units from (inclusive) to (exclusive) whose serials end in one of the endings, by deriving them
// all on all cores: about 0.2 s for a million units on two. Nothing is stored for it. It answers each ending's indexes
// in no order, and the context's error where that ended first.
func (b *Batch) FindEndings(ctx context.Context, endings []string, from, to int64) (map[string][]int64, error) {
	wanted := map[uint64]string{}
	for _, e := range endings {
		if bits, ok := base32(e); ok && len(e) == EndingLength {
			wanted[bits] = e
		}
	}
	found := map[string][]int64{}
	var mu sync.Mutex
	var next atomic.Int64
	next.Store(from)
	var wg sync.WaitGroup
	for range min(int64(runtime.GOMAXPROCS(0)), (to-from+searchStep-1)/searchStep) {
		wg.Go(func() {
			for at := next.Add(searchStep) - searchStep; at < to && ctx.Err() == nil; at = next.Add(searchStep) - searchStep {
				b.eachEnding(at, min(at+searchStep, to), func(index int64, bits uint64) {
					if ending, ok := wanted[bits]; ok {
						mu.Lock()
						found[ending] = append(found[ending], index)
						mu.Unlock()
					}
				})
			}
		})
	}
	wg.Wait()
	return found, ctx.Err()
}

// eachEnding derives the last bits of the serials of a run of units.
func (b *Batch) eachEnding(from, to int64, yield func(index int64, bits uint64)) {
	m := b.minters.Get().(*minter)
	defer b.minters.Put(m)
	for i := from; i < to; i++ {
		yield(i, (uint64(i)^m.maskOf(m.tagOf(uint64(i))))&(1<<(5*EndingLength)-1))
	}
}
