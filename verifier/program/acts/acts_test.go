package acts_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/acts"
)

const key = "0123456789abcdef0123456789abcdef"

// ledger answers every act in the same way and keeps what it was asked.
type ledger struct {
	done  acts.Outcome
	err   error
	asked []any
}

func (l *ledger) Write(_ context.Context, t trace.Transaction, request any) (acts.Outcome, error) {
	l.asked = append(l.asked, t, request)
	return l.done, l.err
}

func serve(t *testing.T, l *ledger) acts.Client {
	t.Helper()
	routes := http.NewServeMux()
	routes.Handle("POST "+acts.Path, acts.Handler(key, l, slog.New(slog.DiscardHandler)))
	server := httptest.NewServer(routes)
	t.Cleanup(server.Close)
	return acts.Client{URL: server.URL, Key: key, HTTP: server.Client()}
}

var claim = trace.ActivateUnitRequest{
	GTIN:   "06998801000036",
	Lot:    "L1",
	Index:  7,
	Serial: "S",
	PIN:    "1234",
	Salt:   "00",
	Owner:  "04",
}

// Each outcome of the ledger comes through as it is.
func TestOutcomes(t *testing.T) {
	for name, want := range map[string]ledger{
		"written":     {done: acts.Outcome{TxID: "t", Block: 9, Known: true}},
		"not known":   {done: acts.Outcome{TxID: "t"}},
		"refused":     {err: &trace.Error{Code: trace.UnitActivated, Field: "uri"}},
		"unavailable": {err: errors.New("no peer answers")},
	} {
		t.Run(name, func(t *testing.T) {
			l := want
			done, err := serve(t, &l).Write(t.Context(), trace.ActivateUnit, claim)
			if done != want.done || (err == nil) != (want.err == nil) || trace.CodeOf(err) != trace.CodeOf(want.err) {
				t.Errorf("%+v, %v", done, err)
			}
			if trace.CodeOf(want.err) != "" && err.Error() != want.err.Error() {
				t.Errorf("%q, want %q", err, want.err)
			}
			if len(l.asked) != 2 || l.asked[0] != trace.ActivateUnit ||
				l.asked[1].(trace.ActivateUnitRequest).Serial != claim.Serial {
				t.Errorf("asked %v", l.asked)
			}
		})
	}
}

// Only owners' acts are written, and only for those who have the key.
func TestNothingElse(t *testing.T) {
	l := &ledger{done: acts.Outcome{Known: true}}
	client := serve(t, l)
	for name, try := range map[string]func() error{
		"a sale": func() error {
			_, err := client.Write(t.Context(), trace.Sell, claim)
			return err
		},
		"a request of another form": func() error {
			_, err := client.Write(t.Context(), trace.PassOnUnit, claim)
			return err
		},
		"another key": func() error {
			stranger := client
			stranger.Key = strings.Repeat("x", len(key))
			_, err := stranger.Write(t.Context(), trace.ActivateUnit, claim)
			return err
		},
		"no key": func() error {
			stranger := client
			stranger.Key = ""
			_, err := stranger.Write(t.Context(), trace.ActivateUnit, claim)
			return err
		},
		"too large": func() error {
			large := claim
			large.Serial = strings.Repeat("x", 1<<20)
			_, err := client.Write(t.Context(), trace.ActivateUnit, large)
			return err
		},
	} {
		if err := try(); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if len(l.asked) > 0 {
		t.Errorf("asked %v", l.asked)
	}
}

// Where the answer is lost, nobody says that nothing was written; where the
// gateway was never reached, somebody does.
func TestLostAnswers(t *testing.T) {
	for name, lose := range map[string]http.HandlerFunc{
		"connection broken": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"too late": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // only then is it seen that the client left
			<-r.Context().Done()
		},
		"a proxy's word": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"half an answer": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"known"`))
		},
	} {
		server := httptest.NewServer(lose)
		client := acts.Client{URL: server.URL, Key: key, HTTP: server.Client()}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		if done, err := client.Write(ctx, trace.ActivateUnit, claim); err != nil || done.Known {
			t.Errorf("%s: %+v, %v", name, done, err)
		}
		cancel()
		server.CloseClientConnections()
		server.Close()
		if _, err := client.Write(t.Context(), trace.ActivateUnit, claim); err == nil {
			t.Errorf("%s: a gateway that is not there has taken an act", name)
		}
	}
}
