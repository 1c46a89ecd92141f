package web

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

func TestMain(m *testing.M) {
	if err := serveRival(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(verifiertest.Main(m))
}

// ledgerFake stands for the ledger in activations: it keeps what it was asked
// and answers what it is told to.
type ledgerFake struct {
	asked  []trace.ActivateUnitRequest
	acts   []trace.Transaction
	answer Activation
	err    error
}

func (l *ledgerFake) Activate(_ context.Context, r trace.ActivateUnitRequest) (Activation, error) {
	l.asked = append(l.asked, r)
	return l.answer, l.err
}

func (l *ledgerFake) Act(_ context.Context, act trace.Transaction, _ trace.OwnerRequest) (Activation, error) {
	l.acts = append(l.acts, act)
	return l.answer, l.err
}

func options(w *verifiertest.World) Options {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret)
	serials := NewSerials(w.Store)
	_ = serials.Read(context.Background()) // where there is no Postgres nothing is known
	return Options{
		Codes: w.Codes, Records: w.Store, Serials: serials, Scans: w.Store, Tries: w.Store,
		Complaints: w.Store, Reports: w.Store, Decisions: w.Store, Reviews: w.Store, Logs: w.Store, Shelves: w.Store, Pictures: w.Store, Badges: w.Store, Creators: w.Store, Clicks: w.Store, Activator: &ledgerFake{},
		Base: "trace.example.com", Secret: secret, MaxAge: 2 * time.Minute,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Metrics: prometheus.NewRegistry(), Now: time.Now,
	}
}

// client asks a handler and reads answers.
type client struct {
	t testing.TB
	h http.Handler
}

func newClient(t testing.TB, w *verifiertest.World, change ...func(*Options)) client {
	o := options(w)
	for _, f := range change {
		f(&o)
	}
	return client{t, New(o)}
}

func (c client) get(path string, headers ...string) *httptest.ResponseRecorder {
	c.t.Helper()
	return c.do(httptest.NewRequest(http.MethodGet, path, nil), headers...)
}

func (c client) post(path, body string, headers ...string) *httptest.ResponseRecorder {
	c.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return c.do(r, headers...)
}

func (c client) do(r *http.Request, headers ...string) *httptest.ResponseRecorder {
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	c.h.ServeHTTP(rec, r)
	return rec
}

// verdict asks for a unit's verdict as JSON.
func (c client) verdict(path string) verdict.Answer {
	c.t.Helper()
	rec := c.get(path, "Accept", "application/json")
	var a verdict.Answer
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		c.t.Fatalf("%d %s: %v", rec.Code, rec.Body, err)
	}
	return a
}

// decode reads a JSON answer.
func decode[T any](t testing.TB, rec *httptest.ResponseRecorder) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(rec.Body.Bytes(), &v); err != nil {
		t.Fatalf("%d %s: %v", rec.Code, rec.Body, err)
	}
	return v
}
