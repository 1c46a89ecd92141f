package web

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
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

var nonceInPage = regexp.MustCompile(`name="scan-nonce" content="([^"]+)"`)

func (c client) nonce(path string) string {
	c.t.Helper()
	m := nonceInPage.FindStringSubmatch(c.get(path).Body.String())
	if m == nil {
		c.t.Fatal("no nonce in the page")
	}
	return m[1]
}

func (c client) confirm(path, nonce string, headers ...string) (int, scanAnswer, problemDocument) {
	c.t.Helper()
	rec := c.post("/api/v1/scans", fmt.Sprintf(`{"uri": %q, "nonce": %q}`, "HTTPS://TRACE.EXAMPLE.COM"+path, nonce), headers...)
	if rec.Code != http.StatusOK {
		return rec.Code, scanAnswer{}, decode[problemDocument](c.t, rec)
	}
	return rec.Code, decode[scanAnswer](c.t, rec), problemDocument{}
}

// Loading pages is no scan; confirming one is, once for each nonce and phone.
func TestScan(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	path := b.Path(7)
	c := newClient(t, w)
	for range 3 {
		c.get(path)
	}
	if a := c.verdict(path); a.ScanCount != 0 || a.FirstScan != nil {
		t.Fatalf("before: %+v", a)
	}
	nonce := c.nonce(path)
	for range 2 {
		if status, got, p := c.confirm(path, nonce, "User-Agent", "phone 1"); status != 200 || got.ScanCount != 1 || time.Since(got.FirstScan) > time.Minute {
			t.Fatalf("%d %+v %+v", status, got, p)
		}
	}
	if _, got, _ := c.confirm(path, c.nonce(path), "User-Agent", "phone 1"); got.ScanCount != 1 {
		t.Errorf("the page loaded again: %+v", got)
	}
	rec := c.get(path, "Accept", typeJSON)
	if _, got, p := c.confirm(path, rec.Header().Get(nonceHeader), "User-Agent", "phone 2"); got.ScanCount != 2 {
		t.Errorf("with the nonce of the JSON answer: %+v %+v", got, p)
	}
	a := c.verdict(path)
	if a.ScanCount != 2 || a.FirstScan == nil || !strings.Contains(a.Headline.ZhCN, "此前查询过 2 次") {
		t.Errorf("after: %+v", a)
	}
	if other := c.verdict(b.Path(8)); other.ScanCount != 0 {
		t.Errorf("another unit: %+v", other)
	}
}

// A nonce is good for its own unit, whole, and for half an hour.
func TestNonceIsBound(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	now := time.Now()
	clock := func(o *Options) { o.Now = func() time.Time { return now } }
	c := newClient(t, w, clock)
	nonce := c.nonce(b.Path(7))
	raw, err := base64.RawURLEncoding.DecodeString(nonce)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		bad := bytes.Clone(raw)
		bad[i] ^= 1
		if status, _, p := c.confirm(b.Path(7), base64.RawURLEncoding.EncodeToString(bad)); status != 400 || p.Code != problem.NonceInvalid {
			t.Fatalf("byte %d changed: %d %+v", i, status, p)
		}
	}
	for name, bad := range map[string]string{"empty": "", "cut": nonce[:len(nonce)-2], "long": nonce + nonce, "another verifier's": newClient(t, w).nonce(b.Path(7))} {
		if status, _, p := c.confirm(b.Path(7), bad); status != 400 || p.Code != problem.NonceInvalid {
			t.Errorf("%s: %d %+v", name, status, p)
		}
	}
	for _, path := range []string{b.Path(8), "/01/x", b.Path(7) + "0"} {
		if status, _, p := c.confirm(path, nonce); status != 400 || p.Code != problem.NonceInvalid {
			t.Errorf("for %s: %d %+v", path, status, p)
		}
	}
	now = now.Add(nonceLife + time.Second)
	if status, _, p := c.confirm(b.Path(7), nonce); status != 400 || p.Code != problem.NonceInvalid {
		t.Errorf("expired: %d %+v", status, p)
	}
	now = now.Add(-time.Minute)
	if status, _, p := c.confirm(b.Path(7), nonce); status != 200 {
		t.Errorf("in time: %d %+v", status, p)
	}
}

// A city is kept where a trusted proxy names it, an address nowhere.
func TestWhatAScanKeeps(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	_, proxies, _ := net.ParseCIDR("192.0.2.0/24") // where httptest's requests come from
	trusting := newClient(t, w, func(o *Options) { o.Proxies, o.PlaceHeader = []*net.IPNet{proxies}, "X-City" })
	_, elsewhere, _ := net.ParseCIDR("10.0.0.0/8")
	wary := newClient(t, w, func(o *Options) { o.Proxies, o.PlaceHeader = []*net.IPNet{elsewhere}, "X-City" })
	headers := []string{"X-City", "杭州", "X-Forwarded-For", "203.0.113.77", "User-Agent", "VeryPersonalPhone/1.0"}
	trusting.confirm(b.Path(1), trusting.nonce(b.Path(1)), headers...)
	wary.confirm(b.Path(2), wary.nonce(b.Path(2)), headers...)
	trusting.confirm(b.Path(3), trusting.nonce(b.Path(3)), "X-City", strings.Repeat("x", 41))
	for index, want := range map[int]string{1: "杭州", 2: "", 3: ""} {
		var row, place string
		if err := w.DB.QueryRow(`select s::text, place from scan.scan s where unit_index = $1`, index).Scan(&row, &place); err != nil {
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

// A device is the same for a month, and cannot be followed beyond it.
func TestDevice(t *testing.T) {
	h := &handler{Options: Options{Secret: bytes.Repeat([]byte{7}, 32)}}
	november := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	same := h.device("192.0.2.1", "phone", "zh", november)
	if !bytes.Equal(same, h.device("192.0.2.1", "phone", "zh", november.AddDate(0, 0, 29))) {
		t.Error("changes within the month")
	}
	other := &handler{Options: Options{Secret: bytes.Repeat([]byte{8}, 32)}}
	for name, got := range map[string][]byte{
		"next month": h.device("192.0.2.1", "phone", "zh", november.AddDate(0, 1, 0)), "another address": h.device("192.0.2.2", "phone", "zh", november),
		"another phone": h.device("192.0.2.1", "tablet", "zh", november), "another secret": other.device("192.0.2.1", "phone", "zh", november),
	} {
		if bytes.Equal(same, got) {
			t.Errorf("the same for %s", name)
		}
	}
}

func TestBadBodies(t *testing.T) {
	c := newClient(t, verifiertest.New(t))
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
			rec := c.post(path, body)
			if p := decode[problemDocument](t, rec); p.Code != want || p.Status != rec.Code {
				t.Errorf("%s %.20s: %d %+v", path, body, rec.Code, p)
			}
		}
		if rec := c.post(path, "{}", "Content-Type", "text/plain"); rec.Code != http.StatusUnsupportedMediaType {
			t.Errorf("%s: text/plain: %d", path, rec.Code)
		}
	}
}

// Whoever asks too often is told to wait, by his own address and not by one he makes up.
func TestRateLimit(t *testing.T) {
	w := verifiertest.New(t)
	c := newClient(t, w, func(o *Options) { o.Limits = Limits{Reads: 0.1, Scans: 0.1, Activations: 0.1} })
	last := http.StatusOK
	for i := range 4 {
		rec := c.get("/01/x", "X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i), "X-Real-Ip", fmt.Sprintf("203.0.113.%d", i))
		if last = rec.Code; last == http.StatusTooManyRequests && rec.Header().Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the fourth request: %d", last)
	}
	if rec := c.post("/api/v1/scans", "{}"); rec.Code == http.StatusTooManyRequests {
		t.Error("one limit uses up another")
	}
}
