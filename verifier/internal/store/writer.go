package store

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Bounds of a writer: what may wait, what one statement takes, and how long it
// may take.
const (
	maxWaiting   = 4096
	maxBatch     = 500
	writeTimeout = 5 * time.Second
)

// errBusy means that more is waiting to be written than will be taken.
var errBusy = errors.New("too many writes are waiting")

// writer gathers requests and writes many with one statement (group commit):
// what comes in while one batch is written goes into the next. It adds no
// delay of its own. write must answer each request.
type writer[T any] struct {
	requests chan T
	write    func(context.Context, []T)
	mu       sync.RWMutex // held for reading while a request is handed in
	closed   bool
	done     chan struct{}
}

func newWriter[T any](write func(context.Context, []T)) *writer[T] {
	w := &writer[T]{requests: make(chan T, maxWaiting), write: write, done: make(chan struct{})}
	go w.run()
	return w
}

// add hands in a request, and never waits.
func (w *writer[T]) add(r T) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return errors.New("the store is closed")
	}
	select {
	case w.requests <- r:
		return nil
	default:
		return errBusy
	}
}

func (w *writer[T]) run() {
	defer close(w.done)
	for first := range w.requests {
		batch := w.gather(first)
		ctx, cancel := context.WithTimeout(context.Background(), writeTimeout)
		w.write(ctx, batch)
		cancel()
	}
}

// gather takes what is waiting, up to maxBatch.
func (w *writer[T]) gather(first T) []T {
	batch := []T{first}
	for len(batch) < maxBatch {
		select {
		case r, open := <-w.requests:
			if !open {
				return batch
			}
			batch = append(batch, r)
		default:
			return batch
		}
	}
	return batch
}

// close takes no more requests and waits until all are written.
func (w *writer[T]) close() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.requests)
	}
	w.mu.Unlock()
	<-w.done
}
