// Package doortest sends a program what strangers send, for its tests.
package doortest

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// Route is a route, with every parameter replaced by a value.
type Route struct {
	Method string
	At     func(value string) string
}

// Log counts what is logged; Longest is the longest line.
type Log struct{ Bytes, Longest atomic.Int64 }

func (l *Log) Write(line []byte) (int, error) {
	l.Bytes.Add(int64(len(line)))
	if n := int64(len(line)); n > l.Longest.Load() {
		l.Longest.Store(n)
	}
	return len(line), nil
}

// Bounds of what may be left: bytes of the heap for good and of the metrics in
// the second half, and of a line in the log.
const (
	rounds      = 24
	mayKeep     = 8 << 20
	mayTell     = 2 << 10
	longestLine = 1 << 10
)

// HoldsUnderJunk sends every route junk of growing number and size. After half of
// it memory, metrics and goroutines grow no more, and no line of the log is long.
func HoldsUnderJunk(t *testing.T, h http.Handler, routes []Route, metrics func() int, log *Log) {
	t.Helper()
	sent := 0
	send := func(from, to int) {
		for round := from; round < to; round++ {
			for _, r := range routes {
				h.ServeHTTP(httptest.NewRecorder(), junk(r, round))
				sent++
			}
		}
	}
	send(0, rounds/2)
	heap, told, running := settled(), metrics(), runtime.NumGoroutine()
	send(rounds/2, rounds)
	more, moreTold := settled()-heap, metrics()-told
	t.Logf(
		"%d requests; in the second half the heap grew by %d kB, metrics by %d bytes to %d; %d bytes logged, the longest line %d",
		sent,
		more>>10,
		moreTold,
		metrics(),
		log.Bytes.Load(),
		log.Longest.Load(),
	)
	if more > mayKeep || moreTold > mayTell || runtime.NumGoroutine() > running+20 || log.Longest.Load() > longestLine {
		t.Errorf("left behind: %d bytes of heap, %d of metrics, %d goroutines, %d in a line of the log",
			more, moreTold, runtime.NumGoroutine()-running, log.Longest.Load())
	}
}

func settled() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// junk is a request with something new in every place that a client fills in.
// Each third one has a method that nobody serves, each third one a path.
func junk(r Route, round int) *http.Request {
	word := func() string {
		return fmt.Sprintf("%x", rand.Uint64()) + strings.Repeat("junk", rand.IntN(1+round*20))
	}
	method, path := r.Method, r.At(url.PathEscape(word()))
	switch round % 3 {
	case 1:
		method = "BREW" + word()
	case 2:
		path += "/" + word()
	}
	request := httptest.NewRequest(method, "/", strings.NewReader(`{"`+word()+`": "`+word()+`"}`))
	request.URL = &url.URL{RawQuery: word() + "=" + word() + "&lang=" + word() + "&market=" + word()}
	request.URL.Path, _ = url.PathUnescape(path)
	request.URL.RawPath, request.RequestURI = path, path+"?"+request.URL.RawQuery
	request.Host = word() + ".example"
	request.RemoteAddr = fmt.Sprintf("127.0.0.1:%d", 1+rand.IntN(60_000))
	request.Header.Set(
		"X-Forwarded-For", fmt.Sprintf("2001:db8:%x:%x::%x", rand.IntN(1<<16), rand.IntN(1<<16), rand.IntN(1<<16)),
	)
	for _, name := range []string{"User-Agent", "Accept", "Accept-Language", "Authorization", "Cookie", "Origin", "Referer", "Idempotency-Key",
		"X-Request-Id", "X-Forwarded-Proto", "Touchstone-Creator", word()} {
		request.Header.Set(name, word())
	}
	request.Header.Set(
		"Content-Type",
		[...]string{"application/json", "multipart/form-data; boundary=" + word()[:8], word()}[rand.IntN(3)],
	)
	return request
}
