// Package share divides what there is of something (memory, work at a time)
// among those who ask, so that nobody has all of it for long. It remembers
// nobody who neither has nor waits for any.
package share

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Why there is nothing to have.
var (
	// ErrAll: all of it is in use; somebody who gives back makes room.
	ErrAll = errors.New("all of it is in use")
	// ErrOwn: who asks has its share, or waits for too much already.
	ErrOwn = errors.New("the asker's own share is in use")
	// ErrNever: there is not so much of it.
	ErrNever = errors.New("there is not so much")
)

// mostWaiting is how often one may wait at a time.
const mostWaiting = 16

// Pool is so much of something.
type Pool struct {
	total, each int64

	mu      sync.Mutex
	used    int64
	usedBy  map[string]int64
	waiting map[string][]*waiter
	turns   []string // those who wait, the next first
}

type waiter struct {
	n   int64
	has chan struct{} // closed when it has what it waits for
}

// New gives a pool of total, of which one may have each at a time.
func New(total, each int64) *Pool {
	return &Pool{total: total, each: min(each, total), usedBy: map[string]int64{}, waiting: map[string][]*waiter{}}
}

// Try takes n for who, now or not at all. give is to be called once. Errors:
// ErrAll, ErrOwn, ErrNever.
func (p *Pool) Try(who string, n int64) (give func(), err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case n > p.each:
		return nil, ErrNever
	case p.usedBy[who]+n > p.each:
		return nil, ErrOwn
	case p.used+n > p.total:
		return nil, ErrAll
	}
	return p.take(who, n), nil
}

// Take waits for n. Turns go round those who wait, one thing each, however much
// one of them waits for. Errors: ErrOwn, ErrNever, that of ctx.
func (p *Pool) Take(ctx context.Context, who string, n int64) (give func(), err error) {
	p.mu.Lock()
	switch {
	case n > p.each:
		p.mu.Unlock()
		return nil, ErrNever
	case len(p.turns) == 0 && p.fits(who, n):
		defer p.mu.Unlock()
		return p.take(who, n), nil
	case len(p.waiting[who]) >= mostWaiting:
		p.mu.Unlock()
		return nil, ErrOwn
	}
	w := &waiter{n, make(chan struct{})}
	if p.waiting[who] == nil {
		p.turns = append(p.turns, who)
	}
	p.waiting[who] = append(p.waiting[who], w)
	p.serve() // others may wait for nothing but their own share
	p.mu.Unlock()
	select {
	case <-w.has:
	case <-ctx.Done():
		if !p.leave(who, w) { // it has come all the same
			p.give(who, n)
		}
		return nil, ctx.Err()
	}
	return sync.OnceFunc(func() { p.give(who, n) }), nil
}

func (p *Pool) fits(who string, n int64) bool {
	return p.used+n <= p.total && p.usedBy[who]+n <= p.each
}

func (p *Pool) take(who string, n int64) func() {
	p.count(who, n)
	return sync.OnceFunc(func() { p.give(who, n) })
}

func (p *Pool) count(who string, n int64) {
	p.used += n
	if p.usedBy[who] += n; p.usedBy[who] == 0 {
		delete(p.usedBy, who)
	}
}

func (p *Pool) give(who string, n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count(who, -n)
	p.serve()
}

// serve goes round those who wait. Who has its share is passed over; who needs
// more than is left holds the others up, or it would wait for ever.
func (p *Pool) serve() {
	for i := 0; i < len(p.turns); {
		who := p.turns[i]
		w := p.waiting[who][0]
		switch {
		case p.usedBy[who]+w.n > p.each:
			i++
			continue
		case p.used+w.n > p.total:
			return
		}
		p.count(who, w.n)
		close(w.has)
		p.turns = slices.Delete(p.turns, i, i+1)
		if p.waiting[who] = p.waiting[who][1:]; len(p.waiting[who]) == 0 {
			delete(p.waiting, who)
		} else {
			p.turns = append(p.turns, who)
		}
	}
}

// leave takes a waiter out; false where it has been served.
func (p *Pool) leave(who string, w *waiter) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.Index(p.waiting[who], w)
	if i < 0 {
		return false
	}
	if p.waiting[who] = slices.Delete(p.waiting[who], i, i+1); len(p.waiting[who]) == 0 {
		delete(p.waiting, who)
		p.turns = slices.DeleteFunc(p.turns, func(t string) bool { return t == who })
	}
	p.serve()
	return true
}
