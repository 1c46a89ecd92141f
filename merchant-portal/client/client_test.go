package client

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// script answers one request after the other and remembers them.
type script struct {
	answers []func(http.ResponseWriter)
	asked   []string
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.asked = append(s.asked, r.Header.Get("Idempotency-Key")+" "+string(body))
	next := s.answers[0]
	if len(s.answers) > 1 {
		s.answers = s.answers[1:]
	}
	next(w)
}

func answering(status int, contentType, body string, headers ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Retry-After", "0")
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

var (
	busy    = answering(503, "application/problem+json", `{"code":"UNAVAILABLE","title":"t","status":503}`)
	running = answering(
		409,
		"application/problem+json",
		`{"code":"IDEMPOTENCY_KEY_IN_PROGRESS","title":"t","status":409}`,
	)
	unknown = answering(
		202,
		"application/json",
		`{"status":"unknown","txId":"ab"}`,
		"Location",
		"/api/v1/transactions/ab",
	)
	written = answering(201, "application/json", `{"txId":"ab","block":7}`)
)

// A named write is repeated, the same each time, until its outcome is known.
func TestWhatIsSafeIsRepeated(t *testing.T) {
	s := &script{answers: []func(http.ResponseWriter){busy, running, unknown, written}}
	server := httptest.NewServer(s)
	defer server.Close()
	g, err := Dial(server.URL, "key", "en")
	if err != nil {
		t.Fatal(err)
	}
	r, err := g.SellWithResponse(
		t.Context(), &SellParams{IdempotencyKey: "k"}, NewSale{Lines: []Line{{Gtin: "1", Lot: "2", Count: 3}}},
	)
	if err != nil || r.JSON201 == nil || r.JSON201.Block != 7 {
		t.Fatalf("%v %v", r, err)
	}
	if len(s.asked) != 4 || s.asked[0] != s.asked[3] || s.asked[0] == "k " {
		t.Errorf("asked %q, want the same four times", s.asked)
	}
}

// Without a name a write may have happened: it is left to the caller.
func TestWhatIsNotSafeIsNot(t *testing.T) {
	s := &script{answers: []func(http.ResponseWriter){busy}}
	server := httptest.NewServer(s)
	defer server.Close()
	g, err := Dial(server.URL, "key", "en")
	if err != nil {
		t.Fatal(err)
	}
	r, err := g.SellWithResponse(t.Context(), &SellParams{}, NewSale{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	var refused *Refused
	if !errors.As(err, &refused) || refused.Code != "UNAVAILABLE" || len(s.asked) != 1 {
		t.Errorf("%v after %d requests", err, len(s.asked))
	}
}

// A parameter that nobody set is not sent: an empty one may be a value that is refused.
func TestParametersThatNobodySetAreNotSent(t *testing.T) {
	asked := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.RawQuery
		answering(200, "application/json", `{"items":[]}`)(w)
	}))
	defer server.Close()
	g, err := Dial(server.URL, "key", "en")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.ListComplaintsWithResponse(
		t.Context(), &ListComplaintsParams{Limit: 200, Sort: ListComplaintsParamsSortDue},
	); err != nil {
		t.Fatal(err)
	}
	if asked != "count=false&limit=200&sort=due" {
		t.Errorf("asked %q", asked)
	}
}
