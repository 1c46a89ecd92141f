package service

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

func unit(i int64) []trace.Line { return []trace.Line{{GTIN: "g", Lot: "l", From: i, Count: 1}} }

// TestLanesLetOneThrough: whoever touches the same stripe waits, whoever touches
// another, or is of another party, does not.
func TestLanesLetOneThrough(t *testing.T) {
	l := newLanes()
	in := func(party string, i int64) func() {
		leave, err := l.enter(t.Context(), Caller{Party: party, Account: party}, keysOf(party, unit(i)))
		if err != nil {
			t.Fatal(err)
		}
		return leave
	}
	first := in("maker", 0)
	in("maker", 8)()
	in("shop", 0)()
	ended := make(chan struct{})
	go func() { in("maker", 7)(); close(ended) }()
	select {
	case <-ended:
		t.Fatal("two of one stripe at once")
	case <-time.After(20 * time.Millisecond):
	}
	first()
	<-ended
}

// TestLanesTakeTurns: an account with one write does not wait behind another's hundred.
func TestLanesTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes()
		var order []string
		var mu sync.Mutex
		var all sync.WaitGroup
		ask := func(account string) {
			all.Go(func() {
				leave, err := l.enter(t.Context(), Caller{Party: "maker", Account: account}, keysOf("maker", unit(0)))
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				order = append(order, account)
				mu.Unlock()
				time.Sleep(time.Millisecond)
				leave()
			})
			synctest.Wait()
		}
		for range 5 {
			ask("till-1")
		}
		ask("till-2")
		all.Wait()
		if got := strings.Join(order, " "); got != "till-1 till-1 till-2 till-1 till-1 till-1" {
			t.Error(got)
		}
	})
}

// TestLanesAreBounded in number and in time: what comes too late is a conflict.
func TestLanesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes()
		c := Caller{Party: "maker", Account: "till"}
		leave, err := l.enter(t.Context(), c, keysOf("maker", unit(0)))
		if err != nil {
			t.Fatal(err)
		}
		defer leave()
		var refused atomic.Int64
		var all sync.WaitGroup
		for range maxWaiting + 5 {
			all.Go(func() {
				if _, err := l.enter(context.Background(), c, keysOf("maker", unit(0))); errors.Is(
					err, record.ErrConflict,
				) {
					refused.Add(1)
				}
			})
		}
		synctest.Wait()
		if refused.Load() != 5 {
			t.Errorf("%d refused at once", refused.Load())
		}
		time.Sleep(maxWait)
		all.Wait()
		if refused.Load() != maxWaiting+5 || len(l.waiting) != 0 {
			t.Errorf("%d refused in the end, %d wait", refused.Load(), len(l.waiting))
		}
	})
}

// TestLanesEnd: whatever touches whatever, everybody has his turn and nobody meets another.
func TestLanesEnd(t *testing.T) {
	l := newLanes()
	var inside sync.Map
	var all sync.WaitGroup
	for i := range int64(300) {
		all.Go(func() {
			lines := []trace.Line{{GTIN: "g", Lot: "l", From: i * 7 % 300, Count: 1 + i%40}}
			keys := keysOf("maker", lines)
			leave, err := l.enter(t.Context(), Caller{Party: "maker", Account: fmt.Sprint(i % 9)}, keys)
			if err != nil {
				t.Error(err)
				return
			}
			for _, k := range keys {
				if _, met := inside.LoadOrStore(k, i); met {
					t.Error("two are in", k)
				}
			}
			for _, k := range keys {
				inside.Delete(k)
			}
			leave()
		})
	}
	all.Wait()
	if len(l.busy) != 0 || len(l.waiting) != 0 {
		t.Errorf("left behind: %v, %d waiting", l.busy, len(l.waiting))
	}
}
