package lifeline

import (
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

// conn is a connection whose waits are looked after.
type conn struct {
	net.Conn
	dialer           *Dialer
	network, address string

	mu          sync.Mutex
	read, write time.Time // deadlines of who uses it
	hung        bool      // it was ended because the server hangs
}

// Read waits for bytes for as long as the server lives.
func (c *conn) Read(into []byte) (int, error) {
	return c.patiently("read", c.Conn.SetReadDeadline, &c.read, func() (int, error) { return c.Conn.Read(into) })
}

// Write waits for room for bytes for as long as the server lives.
func (c *conn) Write(all []byte) (sent int, err error) {
	for sent < len(all) && err == nil {
		var n int
		n, err = c.patiently(
			"write", c.Conn.SetWriteDeadline, &c.write, func() (int, error) { return c.Conn.Write(all[sent:]) },
		)
		sent += n
	}
	return sent, err
}

// patiently moves some bytes. Each time that none moved for a while it looks
// whether the server lives.
func (c *conn) patiently(
	op string, set func(time.Time) error, deadline *time.Time, move func() (int, error),
) (int, error) {
	for {
		c.mu.Lock()
		own := *deadline
		c.mu.Unlock()
		until := time.Now().Add(quiet)
		if !own.IsZero() && own.Before(until) {
			until = own
		}
		_ = set(until)
		n, err := move()
		waited := errors.Is(err, os.ErrDeadlineExceeded)
		switch {
		case waited && n > 0:
			return n, nil
		case waited && !until.Equal(own) && c.dialer.lives(c.network, c.address):
			continue
		case waited && !until.Equal(own) || errors.Is(err, net.ErrClosed) && c.wasHung():
			err = &net.OpError{Op: op, Net: c.network, Addr: c.RemoteAddr(), Err: ErrHung}
		}
		return n, err
	}
}

func (c *conn) wasHung() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hung
}

// end ends the connection to a server that hangs.
func (c *conn) end() {
	c.mu.Lock()
	c.hung = true
	c.mu.Unlock()
	_ = c.Conn.Close()
}

// Close ends the connection.
func (c *conn) Close() error {
	c.dialer.mu.Lock()
	delete(c.dialer.open, c)
	c.dialer.mu.Unlock()
	return c.Conn.Close()
}

// SetDeadline and the two below set by when who uses the connection gives up.
func (c *conn) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

// SetReadDeadline sets the deadline of reads.
func (c *conn) SetReadDeadline(t time.Time) error {
	return c.setOwn(&c.read, c.Conn.SetReadDeadline, t)
}

// SetWriteDeadline sets the deadline of writes.
func (c *conn) SetWriteDeadline(t time.Time) error {
	return c.setOwn(&c.write, c.Conn.SetWriteDeadline, t)
}

func (c *conn) setOwn(own *time.Time, set func(time.Time) error, t time.Time) error {
	c.mu.Lock()
	*own = t
	c.mu.Unlock()
	if t.IsZero() { // who waits keeps looking
		return nil
	}
	return set(t)
}
