package share

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func TestTry(t *testing.T) {
	p := New(4, 2)
	var gives []func()
	for i, c := range []struct {
		who  string
		n    int64
		want error
	}{
		{"a", 3, ErrNever}, {"a", 2, nil}, {"a", 1, ErrOwn}, {"b", 1, nil}, {"b", 2, ErrOwn}, {"c", 2, ErrAll}, {"c", 1, nil}, {"d", 1, ErrAll},
	} {
		give, err := p.Try(c.who, c.n)
		if !errors.Is(err, c.want) {
			t.Errorf("%d: %v, want %v", i, err, c.want)
		}
		if err == nil {
			gives = append(gives, give)
		}
	}
	for _, give := range gives {
		give()
		give() // giving back twice changes nothing
	}
	wantEmpty(t, p)
}

func wantEmpty(t interface{ Errorf(string, ...any) }, p *Pool) {
	if p.used != 0 || len(p.usedBy) != 0 || len(p.waiting) != 0 || len(p.turns) != 0 {
		t.Errorf("left behind: %d in use, %v, %v, %v", p.used, p.usedBy, p.waiting, p.turns)
	}
}

// Who comes behind fourteen of somebody else waits for one or two of them.
func TestTurnsGoRound(t *testing.T) {
	p := New(1, 1)
	first, err := p.Take(context.Background(), "many", 1)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var order []string
	var all sync.WaitGroup
	wait := func(who string, ahead int) {
		all.Go(func() {
			give, err := p.Take(context.Background(), who, 1)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			order = append(order, who)
			mu.Unlock()
			give()
		})
		for waits := 0; waits <= ahead; { // until it stands in line
			p.mu.Lock()
			waits = 0
			for _, w := range p.waiting {
				waits += len(w)
			}
			p.mu.Unlock()
		}
	}
	for i := range 14 {
		wait("many", i)
	}
	wait("one", 14)
	first()
	all.Wait()
	if order[0] != "one" && order[1] != "one" {
		t.Errorf("the order was %v", order)
	}
	wantEmpty(t, p)
}

func TestWaitingEnds(t *testing.T) {
	p := New(1, 1)
	give, _ := p.Try("a", 1)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range mostWaiting + 1 {
		if _, err := p.Take(ctx, "a", 1); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	}
	give()
	wantEmpty(t, p)
}

// Whatever is asked for and given back, nobody has more than its share, all
// together have no more than there is, and in the end nothing is left behind.
func TestShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64Range(1, 10).Draw(t, "total")
		each := rapid.Int64Range(1, total).Draw(t, "each")
		p := New(total, each)
		asks := rapid.SliceOfN(rapid.Int64Range(1, each), 1, 30).Draw(t, "asks")
		var all sync.WaitGroup
		for i, n := range asks {
			all.Go(func() {
				give, err := p.Take(context.Background(), fmt.Sprint(i%3), n)
				if err != nil {
					t.Errorf("%v", err)
					return
				}
				p.mu.Lock()
				if p.used > total || p.usedBy[fmt.Sprint(i%3)] > each {
					t.Errorf("%d of %d in use, %v of %d each", p.used, total, p.usedBy, each)
				}
				p.mu.Unlock()
				give()
			})
		}
		all.Wait()
		wantEmpty(t, p)
	})
}
