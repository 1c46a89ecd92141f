package share

import (
	"context"
	"runtime"
	"time"
)

// Bounds of a Memory: bytes in use at one time, from how many on a thing's
// garbage is collected behind it, and how long one waits for his turn.
const (
	decodeMemory   = 320 << 20
	muchMemory     = 64 << 20
	decodePatience = 30 * time.Second
)

// Memory is what a process uses at one time to decode what strangers send. Who
// makes one and who shares it decides what a process is.
type Memory struct{ pool *Pool }

// NewMemory gives all of it.
func NewMemory() *Memory { return &Memory{New(decodeMemory, decodeMemory)} }

// Do does work that takes so many bytes, in its turn. Errors: those of work;
// ErrNever where it takes more than there is, ErrOwn where who waits for much
// already, context.DeadlineExceeded where the turn did not come.
func (m *Memory) Do(ctx context.Context, who string, bytes int64, work func() error) error {
	waiting, cancel := context.WithTimeout(ctx, decodePatience)
	defer cancel()
	give, err := m.pool.Take(waiting, who, bytes)
	if err != nil {
		return err
	}
	defer give()
	err = work()
	if bytes >= muchMemory {
		runtime.GC() // or the next one would come on top of what this one left
	}
	return err
}
