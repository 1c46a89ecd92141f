package unit_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/unit"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

var nonceInPage = regexp.MustCompile(`name="scan-nonce" content="([^"]+)"`)

// Loading pages is no scan; confirming one is, once for each nonce and phone.
func TestScan(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	path := b.Path(7)
	c := webtest.New(t, w)
	for range 3 {
		c.Get(path)
	}
	if a := c.Verdict(path); a.ScanCount != 0 || a.FirstScan != nil {
		t.Fatalf("before: %+v", a)
	}
	nonce := c.Nonce(path)
	for range 2 {
		if status, got, p := c.Confirm(path, nonce, "User-Agent", "phone 1"); status != 200 || got.ScanCount != 1 ||
			time.Since(got.FirstScan) > time.Minute {
			t.Fatalf("%d %+v %+v", status, got, p)
		}
	}
	if _, got, _ := c.Confirm(path, c.Nonce(path), "User-Agent", "phone 1"); got.ScanCount != 1 {
		t.Errorf("the page loaded again: %+v", got)
	}
	rec := c.Get(path, "Accept", page.TypeJSON)
	if _, got, p := c.Confirm(path, rec.Header().Get(unit.NonceHeader), "User-Agent", "phone 2"); got.ScanCount != 2 {
		t.Errorf("with the nonce of the JSON answer: %+v %+v", got, p)
	}
	a := c.Verdict(path)
	if a.ScanCount != 2 || a.FirstScan == nil || !strings.Contains(a.Headline.ZhCN, "此前查询过 2 次") {
		t.Errorf("after: %+v", a)
	}
	if other := c.Verdict(b.Path(8)); other.ScanCount != 0 {
		t.Errorf("another unit: %+v", other)
	}
}

// A nonce is good for its own unit, whole, and for half an hour.
func TestNonceIsBound(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	now := time.Now()
	clock := func(o *web.Options) { o.Now = func() time.Time { return now } }
	c := webtest.New(t, w, clock)
	nonce := c.Nonce(b.Path(7))
	raw, err := base64.RawURLEncoding.DecodeString(nonce)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		bad := bytes.Clone(raw)
		bad[i] ^= 1
		if status, _, p := c.Confirm(b.Path(7), base64.RawURLEncoding.EncodeToString(bad)); status != 400 ||
			p.Code != problem.NonceInvalid {
			t.Fatalf("byte %d changed: %d %+v", i, status, p)
		}
	}
	for name, bad := range map[string]string{"empty": "", "cut": nonce[:len(nonce)-2], "long": nonce + nonce, "another verifier's": webtest.New(t, w).Nonce(b.Path(7))} {
		if status, _, p := c.Confirm(b.Path(7), bad); status != 400 || p.Code != problem.NonceInvalid {
			t.Errorf("%s: %d %+v", name, status, p)
		}
	}
	for _, path := range []string{b.Path(8), "/01/x", b.Path(7) + "0"} {
		if status, _, p := c.Confirm(path, nonce); status != 400 || p.Code != problem.NonceInvalid {
			t.Errorf("for %s: %d %+v", path, status, p)
		}
	}
	now = now.Add(visitor.NonceLife + time.Second)
	if status, _, p := c.Confirm(b.Path(7), nonce); status != 400 || p.Code != problem.NonceInvalid {
		t.Errorf("expired: %d %+v", status, p)
	}
	now = now.Add(-time.Minute)
	if status, _, p := c.Confirm(b.Path(7), nonce); status != 200 {
		t.Errorf("in time: %d %+v", status, p)
	}
}

// A city is kept where a trusted proxy names it, an address nowhere.
func TestWhatAScanKeeps(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	_, proxies, _ := net.ParseCIDR("192.0.2.0/24") // where httptest's requests come from
	trusting := webtest.New(t, w, func(o *web.Options) { o.Proxies, o.PlaceHeader = []*net.IPNet{proxies}, "X-City" })
	_, elsewhere, _ := net.ParseCIDR("10.0.0.0/8")
	wary := webtest.New(t, w, func(o *web.Options) { o.Proxies, o.PlaceHeader = []*net.IPNet{elsewhere}, "X-City" })
	headers := []string{"X-City", "杭州", "X-Forwarded-For", "203.0.113.77", "User-Agent", "VeryPersonalPhone/1.0"}
	trusting.Confirm(b.Path(1), trusting.Nonce(b.Path(1)), headers...)
	wary.Confirm(b.Path(2), wary.Nonce(b.Path(2)), headers...)
	trusting.Confirm(b.Path(3), trusting.Nonce(b.Path(3)), "X-City", strings.Repeat("x", 41))
	for index, want := range map[int]string{1: "杭州", 2: "", 3: ""} {
		var row, place string
		if err := w.DB.QueryRow(`select s::text, place from scan.scan s where unit_index = $1`, index).
			Scan(&row, &place); err != nil {
			t.Fatal(err)
		}
		if place != want {
			t.Errorf("unit %d: place %q", index, place)
		}
		for _, private := range []string{"203.0.113", "192.0.2", "Personal"} {
			if strings.Contains(row, private) {
				t.Errorf("unit %d: %s is stored: %s", index, private, row)
			}
		}
	}
}

func TestBadBodies(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	for _, path := range []string{"/api/v1/scans", "/api/v1/activations"} {
		for body, want := range map[string]trace.Code{
			"":                        trace.RequestMalformed,
			"{":                       trace.RequestMalformed,
			"[]":                      trace.RequestMalformed,
			`{"uri": 7}`:              trace.RequestMalformed,
			`{"uri": "x", "mood": 1}`: trace.RequestMalformed,
			`{"uri": "x"} {}`:         trace.RequestMalformed,
			`{"uri": "` + strings.Repeat("x", 17<<10) + `"}`: problem.BodyTooLarge,
		} {
			rec := c.Post(path, body)
			if p := webtest.Decode[webtest.Problem](t, rec); p.Code != want || p.Status != rec.Code {
				t.Errorf("%s %.20s: %d %+v", path, body, rec.Code, p)
			}
		}
		if rec := c.Post(path, "{}", "Content-Type", "text/plain"); rec.Code != http.StatusUnsupportedMediaType {
			t.Errorf("%s: text/plain: %d", path, rec.Code)
		}
	}
}

// Whoever asks too often is told to wait, by his own address and not by one he makes up.
func TestRateLimit(t *testing.T) {
	w := verifiertest.New(t)
	c := webtest.New(t, w, func(o *web.Options) { o.Limits = web.Limits{Reads: 0.1, Scans: 0.1, Activations: 0.1} })
	last := http.StatusOK
	for i := range 4 {
		rec := c.Get(
			"/01/x", "X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i), "X-Real-Ip", fmt.Sprintf("203.0.113.%d", i),
		)
		if last = rec.Code; last == http.StatusTooManyRequests && rec.Header().Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the fourth request: %d", last)
	}
	if rec := c.Post("/api/v1/scans", "{}"); rec.Code == http.StatusTooManyRequests {
		t.Error("one limit uses up another")
	}
}
