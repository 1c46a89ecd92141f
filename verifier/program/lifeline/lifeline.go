// Package lifeline dials Postgres so that nobody waits for a server that hangs. A frozen process keeps its connections,
// and its kernel acknowledges what they carry, so neither TCP nor keepalives notice: a statement in flight would wait
// until somebody starts the server again. Here, who has waited for a while asks for a sign of life on a connection of
// its own. Where none comes, all connections to that server end with ErrHung; a server that is merely busy gives one.
//
// It knows of the database's protocol only how a conversation begins, and of what is said on it nothing.
package lifeline

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// ErrHung is what connections to a server end with that gives no sign of life.
var ErrHung = errors.New("the server hangs: it gives no sign of life")

// Bounds: how long an answer may take before a sign of life is asked for, how
// long that may take, and how often it is asked for. A server is given up after the sum.
const (
	quiet = 3 * time.Second
	sign  = 2 * time.Second
	signs = 2
)

// givenUp is for how long nobody dials a server that was found to hang.
const givenUp = time.Second

// Dialer dials servers and ends the connections to one that hangs. It is safe
// for concurrent use; New makes one.
type Dialer struct {
	asking singleflight.Group

	mu   sync.Mutex
	open map[*conn]bool
	hung map[string]time.Time // by address, when it was last found to hang
}

// New gives a Dialer.
func New() *Dialer { return &Dialer{open: map[*conn]bool{}, hung: map[string]time.Time{}} }

// Dial dials without a bound but the kernel's.
func (d *Dialer) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

// DialTimeout dials within a time.
func (d *Dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// DialContext dials until the context ends.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	d.mu.Lock()
	hung := time.Since(d.hung[address]) < givenUp
	d.mu.Unlock()
	if hung {
		return nil, &net.OpError{Op: "dial", Net: network, Err: ErrHung}
	}
	c, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	kept := &conn{Conn: c, dialer: d, network: network, address: address}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open[kept] = true
	return kept, nil
}

// lives asks a server for a sign of life, once for all who wait for it. Where
// none comes the connections to it are ended.
func (d *Dialer) lives(network, address string) bool {
	_, err, _ := d.asking.Do(address, func() (any, error) {
		var err error
		for range signs {
			if err = ask(network, address); err == nil {
				return nil, nil
			}
		}
		d.end(address)
		return nil, err
	})
	return err == nil
}

// wantsTLS is how a conversation with Postgres may begin (PostgreSQL, 54.7,
// SSLRequest). Any server answers it with a byte, before it asks who is there.
var wantsTLS = []byte{0, 0, 0, 8, 4, 210, 22, 47}

func ask(network, address string) error {
	c, err := net.DialTimeout(network, address, sign)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(sign))
	if _, err := c.Write(wantsTLS); err != nil {
		return err
	}
	_, err = io.ReadFull(c, make([]byte, 1))
	return err
}

func (d *Dialer) end(address string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.hung[address] = time.Now()
	for c := range d.open {
		if c.address == address {
			c.end()
			delete(d.open, c)
		}
	}
}
