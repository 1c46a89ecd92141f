package lifeline

import (
	"errors"
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"
)

// server says what it is told, keeps what is said to it, and hangs on demand: it
// keeps its connections and takes new ones, as the kernel does for a frozen process.
type server struct {
	net.Listener
	hangs atomic.Bool
}

func newServer(t *testing.T) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{Listener: l}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(t, c)
		}
	}()
	return s
}

// serve answers what asks for TLS, and nothing else.
func (s *server) serve(t *testing.T, c net.Conn) {
	t.Cleanup(func() { c.Close() })
	for said := make([]byte, len(wantsTLS)); ; {
		if s.hangs.Load() {
			return
		}
		if _, err := io.ReadFull(c, said); err != nil || s.hangs.Load() {
			return
		}
		if string(said) == string(wantsTLS) {
			_, _ = c.Write([]byte("N"))
		}
	}
}

// within bounds what may take the sum of this package's bounds, on a busy machine.
const within = 2*(quiet+signs*sign) + time.Second

func read(c net.Conn) <-chan error {
	ended := make(chan error, 1)
	go func() {
		_, err := c.Read(make([]byte, 1))
		ended <- err
	}()
	return ended
}

func wantHung(t *testing.T, ended <-chan error) {
	t.Helper()
	select {
	case err := <-ended:
		var network *net.OpError
		if !errors.Is(err, ErrHung) || !errors.As(err, &network) {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(within):
		t.Errorf("waits still after %s", within)
	}
}

// Whoever waits for a server that hangs is told, whether he reads or writes, and
// nobody dials it again at once.
func TestAHungServerEndsItsConnections(t *testing.T) {
	s, d := newServer(t), New()
	dial := func() net.Conn {
		c, err := d.Dial("tcp", s.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	readers, writer, idle := []net.Conn{dial(), dial()}, dial(), dial()
	s.hangs.Store(true)
	written := make(chan error, 1)
	go func() {
		for part := make([]byte, 1<<20); ; {
			if _, err := writer.Write(part); err != nil {
				written <- err
				return
			}
		}
	}()
	for _, c := range readers {
		wantHung(t, read(c))
	}
	wantHung(t, written)
	if _, err := idle.Write([]byte("x")); !errors.Is(err, ErrHung) {
		t.Errorf("a connection that was idle: %v", err)
	}
	if _, err := d.Dial("tcp", s.Addr().String()); !errors.Is(err, ErrHung) {
		t.Errorf("dialled again: %v", err)
	}
	if len(d.open) != 0 {
		t.Errorf("%d connections are remembered", len(d.open))
	}
}

// A server that takes its time is waited for, as long as its user wants.
func TestABusyServerIsWaitedFor(t *testing.T) {
	s, d := newServer(t), New()
	c, err := d.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	ended := read(c)
	select {
	case err := <-ended:
		t.Fatalf("ended with %v", err)
	case <-time.After(quiet + sign): // longer than one look takes
	}
	_ = c.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	var timeout net.Error
	if err := <-ended; !errors.As(err, &timeout) || !timeout.Timeout() || errors.Is(err, ErrHung) {
		t.Errorf("its own deadline ended it with %v", err)
	}
	_ = c.SetDeadline(time.Time{})
	if _, err := c.Write(wantsTLS); err != nil {
		t.Error(err)
	}
	if err := <-read(c); err != nil {
		t.Errorf("after its deadline was taken away: %v", err)
	}
	if c.Close(); len(d.open) != 0 {
		t.Error("a closed connection is remembered")
	}
}
