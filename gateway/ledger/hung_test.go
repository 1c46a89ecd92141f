package ledger_test

import (
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/ledger"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/network/networktest"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

// withoutWrites bounds the time without a write while a part of the network
// hangs: ten seconds to notice it, and five to pass it over.
const withoutWrites = 15 * time.Second

// A part that hangs (kill -STOP) is no worse than one that is dead: it is noticed
// and passed over, and writes go on.
func TestHungIsNoWorseThanDead(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute and a half")
	}
	n := networktest.Start(t, networktest.Options{Orderers: 3})
	w := newWorldOn(t, n, storetest.Open(t, databasetest.URL(t)))
	acks := w.writers(6)
	for _, part := range []struct{ what, process string }{
		{"the leader of three orderers", n.Leader()},
		{"a chaincode", "chaincode-producer"},
		{"a peer", "peer-platform"},
		{"a follower", ""},
	} {
		t.Run(part.what, func(t *testing.T) {
			if part.process == "" {
				part.process = n.Follower()
			}
			acks.steady(t, 3*time.Second)
			hung := time.Now()
			if err := n.Super.Signal(part.process, syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = n.Super.Signal(part.process, syscall.SIGCONT) }()
			acks.steady(t, 10*time.Second)
			gap, writes := acks.since(hung)
			t.Logf(
				"%s (%s) hangs: the longest time without a write was %s; %d writes in %s",
				part.what,
				part.process,
				gap,
				writes,
				time.Since(hung),
			)
			if gap > withoutWrites {
				t.Errorf("no write for %s, want at most %s", gap, withoutWrites)
			}
		})
	}
}

// A peer on another machine, whom nobody here can start again, goes silent: it is
// passed over all the same.
func TestASilentPeerElsewhereIsPassedOver(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	w := newWorld(t)
	wires := make([]*wire, len(w.profile.Orgs))
	for i := range w.profile.Orgs {
		wires[i] = newWire(t, w.profile.Orgs[i].Gateway.Address)
		w.profile.Orgs[i].Gateway.Address = wires[i].address
	}
	w.client = w.dial(ledger.Options{Journal: w.store})
	acks := w.writers(4)
	acks.steady(t, 2*time.Second)
	wires[0].silent.Store(true) // the one that all calls go to
	defer wires[0].silent.Store(false)
	hung := time.Now()
	acks.steady(t, 10*time.Second)
	gap, writes := acks.since(hung)
	t.Logf("the longest time without a write was %s; %d writes in %s", gap, writes, time.Since(hung))
	if gap > withoutWrites {
		t.Errorf("no write for %s, want at most %s", gap, withoutWrites)
	}
}

// wire carries bytes to a peer, or holds them back while it is silent.
type wire struct {
	address string
	silent  atomic.Bool
}

func newWire(t *testing.T, far string) *wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	w := &wire{address: listener.Addr().String()}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", far)
			if err != nil {
				near.Close()
				continue
			}
			go w.carry(server, near)
			go w.carry(near, server)
		}
	}()
	return w
}

func (w *wire) carry(to, from net.Conn) {
	defer to.Close()
	for part := make([]byte, 32<<10); ; {
		n, err := from.Read(part)
		for w.silent.Load() {
			time.Sleep(10 * time.Millisecond)
		}
		if err != nil {
			return
		}
		if _, err := to.Write(part[:n]); err != nil {
			return
		}
	}
}

// acks are the times of acknowledged writes.
type acks struct {
	mu  sync.Mutex
	all []time.Time
}

// writers register batches, several at a time, until the test ends.
func (w *world) writers(many int) *acks {
	a, stop := &acks{}, make(chan struct{})
	var writing sync.WaitGroup
	for worker := range many {
		writing.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				_, err := w.client.Submit(
					w.t.Context(),
					record.Call{
						Party:       "maker",
						Transaction: trace.RegisterBatch,
						Request:     batch(fmt.Sprintf("H%d-%d", worker, i), 10),
					},
				)
				if err != nil {
					time.Sleep(50 * time.Millisecond)
					continue
				}
				a.mu.Lock()
				a.all = append(a.all, time.Now())
				a.mu.Unlock()
			}
		})
	}
	w.t.Cleanup(func() { close(stop); writing.Wait() })
	return a
}

// steady waits until writes have come for a while without a pause of 3 s.
func (a *acks) steady(t *testing.T, while time.Duration) {
	t.Helper()
	since := time.Now()
	for deadline := since.Add(3 * time.Minute); time.Since(since) < while; time.Sleep(100 * time.Millisecond) {
		a.mu.Lock()
		last := time.Time{}
		if len(a.all) > 0 {
			last = a.all[len(a.all)-1]
		}
		a.mu.Unlock()
		if time.Since(last) > 3*time.Second {
			since = time.Now()
		}
		if time.Now().After(deadline) {
			t.Fatal("writes have not come back")
		}
	}
}

// since gives the longest time without a write since a moment, and their number.
func (a *acks) since(moment time.Time) (gap time.Duration, writes int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	last := moment
	for _, at := range a.all {
		if at.Before(moment) {
			continue
		}
		gap, last = max(gap, at.Sub(last)), at
		writes++
	}
	return gap, writes
}
