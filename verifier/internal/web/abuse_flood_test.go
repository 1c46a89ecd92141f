package web_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// unlimited are the routes that cost nothing, and those for who runs the verifier.
func unlimited(r route) bool {
	switch r.path {
	case "/robots.txt", "/healthz", "/readyz", "/metrics", "/api/openapi.json":
		return true
	}
	return strings.HasPrefix(r.path, "/assets/")
}

// every is the strictest setting of all limits: three at once.
var every = web.Limits{Reads: 0.1, Scans: 0.1, Activations: 0.1, Complaints: 0.1}

// Each route holds back who asks too often, says when to come back, and goes on
// answering everybody else.
func TestEveryRouteIsLimited(t *testing.T) {
	w := verifiertest.New(t)
	for _, r := range routesOf(webtest.New(t, w).H) {
		if unlimited(r) {
			continue
		}
		c := webtest.New(t, w, func(o *web.Options) { o.Limits = every })
		ask := func(address string) *httptest.ResponseRecorder {
			request := httptest.NewRequest(r.method, r.at("1"), strings.NewReader("{}"))
			request.RemoteAddr = address
			return c.Do(request, "Content-Type", page.TypeJSON)
		}
		var last *httptest.ResponseRecorder
		for range 4 {
			last = ask("198.51.100.7:1000")
		}
		if p := webtest.Decode[webtest.Problem](
			t, last,
		); last.Code != http.StatusTooManyRequests || last.Header().Get("Retry-After") == "" ||
			p.Code != problem.TooMany {
			t.Errorf("%s: the fourth is answered %d %v", r, last.Code, last.Header())
		}
		if rec := ask("198.51.100.8:1000"); rec.Code == http.StatusTooManyRequests {
			t.Errorf("%s: somebody else is held back too", r)
		}
	}
}

// Who counts as one: an IPv4 address, an IPv6 subscriber's 64-bit prefix,
// behind a proxy of ours the address that it saw, and nothing that the asker
// says himself.
func TestWhoIsHeldBack(t *testing.T) {
	w := verifiertest.New(t)
	_, proxy, _ := net.ParseCIDR("10.0.0.0/8")
	type ask struct {
		remote  string
		headers []string
	}
	times := func(a func(i int) ask) (all []ask) {
		for i := range 6 {
			all = append(all, a(i))
		}
		return all
	}
	for name, x := range map[string]struct {
		asks []ask
		held bool
	}{
		"one address, other ports":              {times(func(i int) ask { return ask{fmt.Sprintf("198.51.100.7:%d", i+1), nil} }), true},
		"six addresses":                         {times(func(i int) ask { return ask{fmt.Sprintf("198.51.100.%d:1", i), nil} }), false},
		"one IPv6 subscriber":                   {times(func(i int) ask { return ask{fmt.Sprintf("[2001:db8:1:2::%x]:1", i), nil} }), true},
		"six IPv6 subscribers":                  {times(func(i int) ask { return ask{fmt.Sprintf("[2001:db8:1:%x::1]:1", i), nil} }), false},
		"one IPv4 address written as IPv6":      {times(func(i int) ask { return ask{[]string{"198.51.100.7:1", "[::ffff:198.51.100.7]:1"}[i%2], nil} }), true},
		"one link-local address, with its zone": {times(func(int) ask { return ask{"[fe80::1%eth0]:1", nil} }), true},
		"addresses that the asker makes up": {times(func(i int) ask {
			return ask{"198.51.100.7:1", []string{"X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i)}}
		}), true},
		"other headers that he makes up": {times(func(i int) ask {
			return ask{"198.51.100.7:1", []string{"X-Real-Ip", fmt.Sprintf("203.0.113.%d", i), "Forwarded", fmt.Sprintf("for=203.0.113.%d", i)}}
		}), true},
		"six people behind our proxy": {times(func(i int) ask { return ask{"10.0.0.1:1", []string{"X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i)}} }), false},
		"one of them":                 {times(func(int) ask { return ask{"10.0.0.1:1", []string{"X-Forwarded-For", "203.0.113.7"}} }), true},
		"one of them, who puts addresses in front": {times(func(i int) ask {
			return ask{"10.0.0.1:1", []string{"X-Forwarded-For", fmt.Sprintf("203.0.113.%d, 198.51.100.7", i)}}
		}), true},
		"one of them, who says he is a proxy of ours": {times(func(i int) ask {
			return ask{"10.0.0.1:1", []string{"X-Forwarded-For", fmt.Sprintf("10.9.9.%d,198.51.100.7", i)}}
		}), true},
		"one of them, with spaces": {times(func(i int) ask {
			return ask{"10.0.0.1:1", []string{"X-Forwarded-For", strings.Repeat(" ", i) + "203.0.113.7 "}}
		}), true},
		"garbage through our proxy": {times(func(i int) ask { return ask{"10.0.0.1:1", []string{"X-Forwarded-For", fmt.Sprintf("garbage %d", i)}} }), true},
		"a huge header through our proxy": {times(func(i int) ask {
			return ask{"10.0.0.1:1", []string{"X-Forwarded-For", strings.Repeat("1.2.3.4,", 2000+i) + "198.51.100.7"}}
		}), true},
		"two headers, the proxy's is the second": {times(func(i int) ask {
			return ask{"10.0.0.1:1", []string{"X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i), "X-Forwarded-For", "198.51.100.7"}}
		}), true},
	} {
		c := webtest.New(t, w, func(o *web.Options) { o.Limits, o.Proxies = every, []*net.IPNet{proxy} })
		held := false
		for _, a := range x.asks {
			r := httptest.NewRequest(http.MethodGet, "/01/x", nil)
			r.RemoteAddr = a.remote
			for i := 0; i < len(a.headers); i += 2 {
				r.Header.Add(a.headers[i], a.headers[i+1])
			}
			held = c.Do(r).Code == http.StatusTooManyRequests
		}
		if held != x.held {
			t.Errorf("%s: held back: %v", name, held)
		}
	}
}

// heldRecords keeps whoever asks waiting until it is let go.
type heldRecords struct {
	*webtest.CountedRecords
	waiting chan struct{} // one for each who waits
	let     chan struct{}
}

func (r *heldRecords) Records(ctx context.Context, u verdict.Unit) (*verdict.Records, error) {
	r.waiting <- struct{}{}
	<-r.let
	return r.CountedRecords.Records(ctx, u)
}

// A flood of readers from everywhere is turned away beyond a number, and told
// so; scans are taken all the while.
func TestFloodOfReadersLeavesRoomForScans(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	const room = 8
	slow := &heldRecords{&webtest.CountedRecords{Real: w.Store}, make(chan struct{}, 100), make(chan struct{})}
	c := webtest.New(t, w, func(o *web.Options) {
		o.Records, o.Limits.ReadsAtOnce, o.Secret = slow, room, bytes.Repeat([]byte{1}, 32)
	})
	nonce := webtest.New(t, w, func(o *web.Options) { o.Secret = bytes.Repeat([]byte{1}, 32) }).Nonce(path)
	var wg sync.WaitGroup
	for range room {
		wg.Go(func() { c.Get(path, "Accept", page.TypeJSON) })
	}
	for range room {
		<-slow.waiting
	}
	if rec := c.Get(path); rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" {
		t.Errorf("the ninth: %d %v", rec.Code, rec.Header())
	}
	if status, got, p := c.Confirm(path, nonce); status != http.StatusOK || got.ScanCount != 1 {
		t.Errorf("a scan meanwhile: %d %+v %+v", status, got, p)
	}
	close(slow.let)
	wg.Wait()
	if a := c.Verdict(path); a.Verdict != verdict.Genuine {
		t.Errorf("afterwards: %s", a.Verdict)
	}
}

// One person with a script, a thousand made-up phones and a thousand valid
// nonces, does not make a genuine item look copied.
func TestOnePersonCannotCondemnAnItem(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	c := webtest.New(t, w)
	for i := range 1000 {
		if status, _, p := c.Confirm(
			path, c.Nonce(path), "User-Agent", fmt.Sprint("phone ", i), "Accept-Language",
			fmt.Sprintf("zh;q=0.%d", i%10),
		); status != http.StatusOK {
			t.Fatalf("%d %+v", status, p)
		}
	}
	a := c.Verdict(path)
	if a.Verdict != verdict.Genuine || a.ScanCount > verdict.NetworkDevices {
		t.Errorf("%s after %d scans: %+v", a.Verdict, a.ScanCount, a.Checks)
	}
}
