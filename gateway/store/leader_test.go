package store_test

import (
	"context"
	"database/sql"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
)

// A leader that hangs keeps its connection open and says nothing. Another leads
// soon after, and the first learns that it has lost the lead once it goes on.
func TestAHungLeaderLosesTheLead(t *testing.T) {
	direct := databasetest.URL(t)
	wire := newWire(t, direct)
	hung, other := storetest.Open(t, wire.url), storetest.Open(t, direct)
	lost, leads := make(chan struct{}), make(chan struct{})
	began := make(chan struct{})
	go func() {
		err := hung.Lead(t.Context(), func(ctx context.Context) error {
			close(began)
			<-ctx.Done()
			close(lost)
			return nil
		})
		t.Log("the first led until:", err)
	}()
	wait(t, "the first leads", began, 10*time.Second)
	go func() {
		_ = other.Lead(t.Context(), func(context.Context) error { close(leads); return nil })
	}()
	select {
	case <-leads:
		t.Fatal("two lead at once")
	case <-time.After(4 * time.Second): // longer than a living leader is silent
	}
	wire.silent.Store(true)
	wait(t, "another leads", leads, 15*time.Second)
	wire.silent.Store(false)
	wait(t, "the first learns of it", lost, 10*time.Second)
}

// A database that hangs is told of in time.
func TestPingComesBackFromAHungDatabase(t *testing.T) {
	wire := newWire(t, databasetest.URL(t))
	s := storetest.Open(t, wire.url)
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	wire.silent.Store(true)
	defer wire.silent.Store(false)
	began := time.Now()
	if err := s.Ping(t.Context()); err == nil || time.Since(began) > 10*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

// answered bounds how long a call waits for a database that hangs: ten seconds,
// and as many for a busy machine.
const answered = 20 * time.Second

// A database elsewhere hangs, and nobody starts it again: every call ends, those
// in flight, those that come, and transactions, and says that it could not be
// reached. When the database goes on, so do they.
func TestCallsEndWhereTheDatabaseHangs(t *testing.T) {
	wire := newWire(t, databasetest.URL(t))
	s := storetest.Open(t, wire.url)
	read := func() error { _, err := s.Checkpoint(t.Context()); return err }
	write := func() error {
		return s.InTx(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(
				t.Context(),
				`insert into app.audit (account, party, action, detail) values ('a', 'a', 'b', '{}')`,
			)
			return err
		})
	}
	for _, call := range []func() error{read, write} {
		if err := call(); err != nil {
			t.Fatal(err)
		}
	}
	wire.silent.Store(true)
	defer wire.silent.Store(false)
	began := time.Now()
	ended := make(chan error)
	for range 10 {
		go func() { ended <- read() }()
		go func() { ended <- write() }()
	}
	for range 20 {
		select {
		case err := <-ended:
			if !record.Unreachable(err) {
				t.Errorf("ended with %v", err)
			}
		case <-time.After(answered):
			t.Fatalf("a call waits still after %s", time.Since(began))
		}
	}
	t.Logf("all ended within %s", time.Since(began))
	wire.silent.Store(false)
	for _, call := range []func() error{read, write} {
		for err := call(); err != nil; err = call() {
			if time.Since(began) > 2*answered {
				t.Fatalf("the database goes on, and: %v", err)
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
}

func wait(t *testing.T, what string, done <-chan struct{}, limit time.Duration) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(limit):
		t.Fatalf("not within %s: %s", limit, what)
	}
}

// wire carries bytes to Postgres, or holds them back while it is silent.
type wire struct {
	url    string
	silent atomic.Bool
}

func newWire(t *testing.T, databaseURL string) *wire {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	network, far := "tcp", u.Host
	settings := u.Query()
	if folder := settings.Get("host"); folder != "" {
		network, far = "unix", folder+"/.s.PGSQL.5432"
		settings.Del("host")
		u.RawQuery = settings.Encode()
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	u.Host = listener.Addr().String()
	w := &wire{url: u.String()}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial(network, far)
			if err != nil {
				near.Close()
				continue
			}
			go func() { _, _ = io.Copy(near, server); near.Close() }()
			go w.carry(server, near)
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
