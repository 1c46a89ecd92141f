package door

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// The pace that a client has to keep: so long to begin with, and after that so
// many bytes a second on average. A phone on a bad line keeps it; who sends or
// reads a byte now and then does not, and loses its connection. Who was fast has
// time in hand, but no more than three times what he had to begin with: the first megabytes
// of an answer go into the kernel's buffers, whether somebody reads them or not.
const (
	patience  = 10 * time.Second
	perSecond = 16 << 10
	inHand    = 3
)

// ErrSlow is what reading a body ends with where its sender does not keep pace.
var ErrSlow = errors.New("the body came too slowly")

// Pace holds clients to the pace, both ways.
func Pace(next http.Handler) http.Handler { return paced(next, patience, perSecond) }

func paced(next http.Handler, patience time.Duration, perSecond int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connection := http.NewResponseController(w)
		in := &body{
			ReadCloser: r.Body,
			pace:       pace{patience: patience, perSecond: perSecond, set: connection.SetReadDeadline},
		}
		if r.ContentLength == 0 {
			in.free()
		} else {
			in.begin(0)
		}
		r.Body = in
		out := &answer{
			ResponseWriter: w,
			pace:           pace{patience: patience, perSecond: perSecond, set: connection.SetWriteDeadline},
		}
		defer out.begin(0) // what net/http still holds is sent after the handler
		next.ServeHTTP(out, r)
	})
}

// pace counts what went one way, and the time that was spent waiting for the
// client: the program's own time is not the client's.
type pace struct {
	patience  time.Duration
	perSecond int64
	set       func(deadline time.Time) error
	bytes     int64
	waited    time.Duration
}

// begin sets the time by which so many more bytes have to have gone.
func (p *pace) begin(more int) time.Time {
	now := time.Now()
	left := p.patience + p.timeOf(p.bytes) - p.waited
	_ = p.set(now.Add(min(left, inHand*p.patience) + p.timeOf(int64(more)))) // not every server can
	return now
}

// timeOf is how long so many bytes may take.
func (p *pace) timeOf(bytes int64) time.Duration {
	return time.Duration(bytes/p.perSecond)*time.Second + time.Duration(
		bytes%p.perSecond,
	)*time.Second/time.Duration(p.perSecond)
}

func (p *pace) end(begun time.Time, n int) {
	p.bytes += int64(n)
	p.waited += time.Since(begun)
}

// free takes the deadline away.
func (p *pace) free() { _ = p.set(time.Time{}) }

type body struct {
	io.ReadCloser
	pace
}

// Read has no deadline behind the last byte: what net/http reads then is only
// whether the client is still there.
func (b *body) Read(into []byte) (int, error) {
	begun := b.begin(0)
	n, err := b.ReadCloser.Read(into)
	b.end(begun, n)
	switch {
	case errors.Is(err, io.EOF):
		b.free()
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = ErrSlow
	}
	return n, err
}

type answer struct {
	http.ResponseWriter
	pace
}

func (a *answer) Write(b []byte) (int, error) {
	begun := a.begin(len(b))
	n, err := a.ResponseWriter.Write(b)
	a.end(begun, n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
