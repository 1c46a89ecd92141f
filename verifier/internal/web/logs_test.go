package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// lockedBuffer may be written by several at once.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Whatever happens, no log and no metric holds an address, a code, a nonce, a
// token or what somebody's browser calls itself, though everything is logged
// and the database is away.
func TestLogsHoldNothingOfShoppers(t *testing.T) {
	w := verifiertest.New(t)
	unit := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	path, serial := unit.Path(7), unit.Unit(7).Serial
	for _, away := range []bool{false, true} {
		var log lockedBuffer
		metrics := prometheus.NewRegistry()
		c := webtest.New(t, w, func(o *web.Options) {
			o.Metrics = metrics
			o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			o.Limits = web.Limits{Reads: 1, Scans: 1, Activations: 1, Complaints: 1}
			if away {
				o.Records = brokenRecords{w.Store}
			}
		})
		nonce := webtest.New(t, w).Nonce(path)
		ask := func(method, target string) {
			body := fmt.Sprintf(
				`{"uri": "https://trace.example.com%s", "nonce": %q, "pin": "SECRETPN", "token": "secrettoken"}`,
				path,
				nonce,
			)
			r := httptest.NewRequest(method, target, strings.NewReader(body))
			r.RemoteAddr = "203.0.113.77:4711"
			c.Do(
				r, "Content-Type", page.TypeJSON, "User-Agent", "VeryPersonalPhone/1.0", "Referer",
				"https://secretsite.example/", "X-Forwarded-For", "203.0.113.78",
			)
		}
		for _, target := range []string{path, path + "?seller=secrettoken", "/secrettoken", "/01", "/complaints/secrettoken/secrettoken"} {
			ask(http.MethodGet, target)
			ask(http.MethodPost, target)
		}
		for _, r := range routesOf(c.H) {
			for range 3 {
				ask(r.method, r.at("secrettoken"))
			}
		}
		everything := log.String() + webtest.Numbers(t, metrics)
		for _, private := range []string{"203.0.113", serial, nonce, "VeryPersonal", "SECRETPN", "secrettoken", "secretsite"} {
			if at := strings.Index(everything, private); at >= 0 {
				t.Errorf("the database away: %v: %q stands in %.200s", away, private, everything[max(0, at-150):])
			}
		}
		if away && !strings.Contains(everything, "no records") {
			t.Error("nothing was logged, so the test shows nothing")
		}
	}
}

// brokenRecords is a database that is away.
type brokenRecords struct{ real web.Records }

func (brokenRecords) Records(context.Context, verdict.Unit) (*verdict.Records, error) {
	return nil, errors.New("away")
}

func (b brokenRecords) TreeRow(ctx context.Context, root [32]byte) ([]byte, error) {
	return b.real.TreeRow(ctx, root)
}

func (b brokenRecords) Commitments(ctx context.Context, root [32]byte, first, count int64) ([]byte, error) {
	return b.real.Commitments(ctx, root, first, count)
}

func (brokenRecords) Ready(context.Context) error { return errors.New("away") }

// panicking is a database whose reader fails as nobody foresaw.
type panicking struct{ brokenRecords }

func (panicking) Records(context.Context, verdict.Unit) (*verdict.Records, error) {
	panic("unforeseen")
}

// A panic is an internal error to who asked, and a line in the log.
func TestPanicIsAnswered(t *testing.T) {
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	var log lockedBuffer
	c := webtest.New(t, w, func(o *web.Options) {
		o.Records, o.Log = panicking{brokenRecords{w.Store}}, slog.New(slog.NewTextHandler(&log, nil))
	})
	rec := c.Get(path)
	if p := webtest.Decode[webtest.Problem](
		t, rec,
	); rec.Code != http.StatusInternalServerError || p.Code != problem.Internal ||
		strings.Contains(rec.Body.String(), "unforeseen") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if text := log.String(); !strings.Contains(text, "unforeseen") || !strings.Contains(text, "/01/*") ||
		strings.Contains(text, path) {
		t.Errorf("logged: %s", text)
	}
}
