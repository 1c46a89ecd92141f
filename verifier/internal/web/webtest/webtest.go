// Package webtest asks the verifier as phones and programs do, for tests of its rooms.
package webtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/owner"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/acts"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Host is what labels begin with, in a URI.
const Host = "HTTPS://TRACE.EXAMPLE.COM"

// PhoneAgent is what a browser says that does not say that nobody looks at it.
const PhoneAgent = "Mozilla/5.0 (Linux; Android 15; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36 MicroMessenger/8.0.54"

// Ledger stands for the ledger in activations: it keeps what it was asked
// and answers what it is told to.
type Ledger struct {
	Asked  []trace.ActivateUnitRequest
	Acts   []trace.Transaction
	Answer owner.Activation
	Err    error
}

// Activate keeps the claim.
func (l *Ledger) Activate(_ context.Context, r trace.ActivateUnitRequest) (owner.Activation, error) {
	l.Asked = append(l.Asked, r)
	return l.Answer, l.Err
}

// Act keeps what was done.
func (l *Ledger) Act(_ context.Context, act trace.Transaction, _ trace.OwnerRequest) (owner.Activation, error) {
	l.Acts = append(l.Acts, act)
	return l.Answer, l.Err
}

// PINs stands for the gateway that compares PINs.
type PINs struct{ Keys *seal.Keyring }

// Open compares.
func (p PINs) Open(_ context.Context, asked acts.PIN) (acts.Opened, error) {
	salt, right, err := p.Keys.Open(asked.Epoch, gs1.GTIN(asked.GTIN), asked.Lot, asked.Index, asked.PIN)
	if err != nil || !right {
		return acts.Opened{}, err
	}
	return acts.Opened{Right: true, Salt: hex.EncodeToString(salt[:])}, nil
}

// Options are those of a verifier over a world.
func Options(w *verifiertest.World) web.Options {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret)
	serials := codes.NewSerials(w.Store)
	_ = serials.Read(context.Background()) // where there is no Postgres nothing is known
	return web.Options{
		Codes:      w.Checking,
		Records:    w.Store,
		Serials:    serials,
		Scans:      w.Store,
		Tries:      w.Store,
		Complaints: w.Store,
		Reports:    w.Store,
		Decisions:  w.Store,
		Reviews:    w.Store,
		Logs:       w.Store,
		Shelves:    w.Store,
		Pictures:   w.Store,
		Badges:     w.Store,
		Creators:   w.Store,
		Clicks:     w.Store,
		Activator:  &Ledger{},
		PINs:       PINs{w.Codes},
		Base:       "trace.example.com",
		Secret:     secret,
		MaxAge:     2 * time.Minute,
		Log:        slog.New(slog.NewTextHandler(io.Discard, nil)),
		Metrics:    prometheus.NewRegistry(),
		Now:        time.Now,
	}
}

// Client asks a handler and reads answers.
type Client struct {
	T testing.TB
	H http.Handler
}

// New asks a verifier over a world.
func New(t testing.TB, w *verifiertest.World, change ...func(*web.Options)) Client {
	o := Options(w)
	for _, f := range change {
		f(&o)
	}
	return Client{t, web.New(o)}
}

// Get asks for an address; headers are names and values in turn.
func (c Client) Get(path string, headers ...string) *httptest.ResponseRecorder {
	c.T.Helper()
	return c.Do(httptest.NewRequest(http.MethodGet, path, nil), headers...)
}

// Post sends JSON.
func (c Client) Post(path, body string, headers ...string) *httptest.ResponseRecorder {
	c.T.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", page.TypeJSON)
	return c.Do(r, headers...)
}

// Form sends what a form without files holds.
func (c Client) Form(path string, values url.Values, headers ...string) *httptest.ResponseRecorder {
	c.T.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", page.TypeForm)
	return c.Do(r, headers...)
}

// Do sends a request.
func (c Client) Do(r *http.Request, headers ...string) *httptest.ResponseRecorder {
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	c.H.ServeHTTP(rec, r)
	return rec
}

// Verdict asks for a unit's verdict as JSON.
func (c Client) Verdict(path string) verdict.Answer {
	c.T.Helper()
	return c.Unit(path).Answer
}

// UnitAnswer is what a unit's code is answered with as JSON.
type UnitAnswer struct {
	verdict.Answer
	Reviews *feedback.Reviews `json:"reviews,omitempty"`
	Shop    *content.Shown    `json:"shop,omitempty"`
}

// Unit asks for it.
func (c Client) Unit(path string) UnitAnswer {
	c.T.Helper()
	return Decode[UnitAnswer](c.T, c.Get(path, "Accept", page.TypeJSON))
}

// Problem is a refusal.
type Problem struct {
	problem.Document
	TriesLeft *int `json:"triesLeft,omitempty"`
}

// Decode reads a JSON answer.
func Decode[T any](t testing.TB, rec *httptest.ResponseRecorder) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(rec.Body.Bytes(), &v); err != nil {
		t.Fatalf("%d %s: %v", rec.Code, rec.Body, err)
	}
	return v
}

var nonceInPage = regexp.MustCompile(`<meta name="scan-nonce" content="([^"]+)">`)

// Nonce gives the nonce in a unit's page.
func (c Client) Nonce(path string) string {
	c.T.Helper()
	m := nonceInPage.FindStringSubmatch(c.Get(path).Body.String())
	if m == nil {
		c.T.Fatal("no nonce in the page")
	}
	return m[1]
}

// ScanAnswer is what a confirmed scan is answered with.
type ScanAnswer struct {
	FirstScan   time.Time `json:"firstScan"`
	ScanCount   int64     `json:"scanCount"`
	ReviewToken string    `json:"reviewToken"`
}

// Confirm says that somebody saw a unit's page, and gives the status with the answer or the refusal.
func (c Client) Confirm(path, nonce string, headers ...string) (int, ScanAnswer, Problem) {
	c.T.Helper()
	rec := c.Post("/api/v1/scans", fmt.Sprintf(`{"uri": %q, "nonce": %q}`, Host+path, nonce), headers...)
	if rec.Code != http.StatusOK {
		return rec.Code, ScanAnswer{}, Decode[Problem](c.T, rec)
	}
	return rec.Code, Decode[ScanAnswer](c.T, rec), Problem{}
}

// Token confirms a scan and gives the review token that comes with it.
func (c Client) Token(path string) string {
	c.T.Helper()
	_, got, p := c.Confirm(path, c.Nonce(path))
	if got.ReviewToken == "" {
		c.T.Fatalf("%+v", p)
	}
	return got.ReviewToken
}

// Activate claims a unit, with a key that is made for it.
func (c Client) Activate(path, pin string) *httptest.ResponseRecorder {
	c.T.Helper()
	return c.Post("/api/v1/activations", fmt.Sprintf(`{"uri": %q, "pin": %q}`, "https://trace.example.com"+path, pin))
}

// Review sends a review.
func (c Client) Review(path, token string, rating int, text string) *httptest.ResponseRecorder {
	c.T.Helper()
	return c.Post(
		"/api/v1/reviews",
		fmt.Sprintf(`{"uri": %q, "token": %q, "rating": %d, "text": %q}`, Host+path, token, rating, text),
	)
}

// Report sends a report as a page's form does: to the page's own address.
func (c Client) Report(address string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	c.T.Helper()
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(form.Encode()))
	path, query, _ := strings.Cut(address, "?")
	plain, err := url.PathUnescape(path)
	if err != nil {
		c.T.Fatal(err)
	}
	r.URL = &url.URL{Path: plain, RawPath: path, RawQuery: query}
	r.Header.Set("Content-Type", page.TypeForm)
	return c.Do(r, headers...)
}
