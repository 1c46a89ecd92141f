package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

const marker = "zqmarkerqz"

// marked are spellings of the marker that some operation may take for something.
var marked = []string{
	marker,
	strings.ToUpper(marker),
	"<" + marker + ">",
	marker + "\r\nX-Marker: 1",
	"../" + marker,
	"https://" + marker + ".example",
	"zqmarkerqz|a|b",
}

var parameter = regexp.MustCompile(`\{[A-Za-z]+\}`)

// TestWhatWasSentStaysInItsPlace puts a value into every parameter, header and
// field of every operation. To a party with a key a refusal may name the id that
// is not there, as text in a problem document, and nowhere else; the validator's
// refusals, and those to strangers, repeat nothing.
func TestWhatWasSentStaysInItsPlace(t *testing.T) {
	w := newWorld(t)
	parties := map[trace.Role]string{trace.RolePlatform: "platform", record.RoleApplicant: "newcomer"}
	for _, p := range people {
		parties[p.role] = p.id
	}
	w.newcomer("newcomer")
	for id, r := range w.routes {
		allowed := "maker"
		if roles := policies[id].roles; len(roles) > 0 && parties[roles[0]] != "" {
			allowed = parties[roles[0]]
		}
		for _, value := range marked {
			for _, party := range []string{allowed, "nobody"} {
				for _, request := range w.requests(r, value) {
					wantInPlace(t, id, party, request, w.send(party, request))
				}
			}
		}
	}
}

func wantInPlace(t *testing.T, id, party string, r *http.Request, a answer) {
	t.Helper()
	says := func(text string) bool { return strings.Contains(strings.ToLower(text), marker) }
	code, _ := a.body["code"].(string)
	switch {
	case a.status >= 500:
		t.Errorf("%s as %s: %s %s: %d %s", id, party, r.Method, r.URL, a.status, a.raw)
	case says(fmt.Sprint(a.header)):
		t.Errorf("%s as %s: %s %s comes back in a header: %v", id, party, r.Method, r.URL, a.header)
	case a.status < 400 || !says(string(a.raw)):
	case party == "nobody" || code == string(trace.FieldInvalid) || code == string(trace.RequestMalformed):
		t.Errorf("%s as %s: %s %s comes back: %d %s", id, party, r.Method, r.URL, a.status, a.raw)
	case a.header.Get("Content-Type") != "application/problem+json" || a.header.Get("X-Content-Type-Options") != "nosniff" || len(a.raw) > 2000:
		t.Errorf(
			"%s as %s: %s %s comes back: %d %v, %d bytes", id, party, r.Method, r.URL, a.status, a.header,
			len(a.raw),
		)
	}
}

// requests puts a value into every place of an operation that takes one.
func (w *world) requests(r *routers.Route, value string) (all []*http.Request) {
	add := func(path string, body any, headers ...string) {
		request := httptest.NewRequest(r.Method, w.url+path, nil)
		if body != nil {
			request = httptest.NewRequest(r.Method, w.url+path, bytes.NewReader(asJSON(w.t, body)))
			request.Header.Set("Content-Type", "application/json")
		}
		request.RequestURI = ""
		for i := 0; i+1 < len(headers); i += 2 {
			request.Header.Set(headers[i], headers[i+1])
		}
		all = append(all, request)
	}
	call := walks[r.Operation.OperationID]
	path := strings.SplitN("/api/v1"+call.path, "?", 2)[0]
	add(parameter.ReplaceAllLiteralString(r.Path, url.PathEscape(value)), call.body)
	add(path+"?unknown="+url.QueryEscape(value), call.body)
	for _, p := range append(append(openapi3.Parameters{}, r.PathItem.Parameters...), r.Operation.Parameters...) {
		if p.Value.In == "query" {
			add(path+"?"+p.Value.Name+"="+url.QueryEscape(value), call.body)
		}
	}
	oneLine := strings.Join(strings.Fields(value), " ")
	for _, header := range []string{"Idempotency-Key", "X-Request-Id", "Accept-Language", "X-Forwarded-For", "Origin", "Content-Type"} {
		add(path, call.body, header, oneLine)
	}
	if body, ok := call.body.(object); ok {
		for _, changed := range withValues(body, value) {
			add(path, changed)
		}
	}
	return all
}

func asJSON(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// withValues gives a document once for each of its texts, with that one replaced.
func withValues(document any, value string) (all []any) {
	switch d := document.(type) {
	case string:
		return []any{value}
	case object:
		for name, inner := range d {
			for _, changed := range withValues(inner, value) {
				copied := object{}
				for k, v := range d {
					copied[k] = v
				}
				copied[name] = changed
				all = append(all, copied)
			}
		}
	case []any:
		for i, inner := range d {
			for _, changed := range withValues(inner, value) {
				copied := append([]any{}, d...)
				copied[i] = changed
				all = append(all, copied)
			}
		}
	}
	return all
}

// TestStrangersLookAlike: without a key nobody learns which operations, objects
// or accounts there are; a wrong key is answered as none.
func TestStrangersLookAlike(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.RatePerSecond = 10_000 })
	for id, r := range w.routes {
		if policies[id].isOpen() {
			continue
		}
		for _, authorization := range []string{"", "Bearer " + marker, "Basic " + marker, "Bearer"} {
			request := httptest.NewRequest(
				r.Method, w.url+parameter.ReplaceAllLiteralString(r.Path, "x"), strings.NewReader("{"),
			)
			request.RequestURI = ""
			if authorization != "" {
				request.Header.Set("Authorization", authorization)
			}
			a := w.send("nobody", request)
			held := a.status == http.StatusTooManyRequests && a.header.Get("Retry-After") != ""
			if !held &&
				(a.status != http.StatusUnauthorized || a.header.Get("WWW-Authenticate") != "Bearer" || a.body["detail"] != "请登录，或在请求头中附上密钥（Authorization: Bearer KEY）") {
				t.Errorf("%s with %q: %d %v %s", id, authorization, a.status, a.header, a.raw)
			}
		}
	}
}

// TestStrangersAreHeldBackByNetwork: an IPv6 subscriber has as many addresses as
// he likes, and counts as one.
func TestStrangersAreHeldBackByNetwork(t *testing.T) {
	for name, x := range map[string]struct {
		address func(i int) string
		held    bool
	}{
		"one address":               {func(int) string { return "198.51.100.7" }, true},
		"many addresses":            {func(i int) string { return fmt.Sprintf("198.51.%d.%d", i/200, i%200) }, false},
		"one IPv6 subscriber":       {func(i int) string { return fmt.Sprintf("2001:db8:1:2::%x", i) }, true},
		"many IPv6 subscribers":     {func(i int) string { return fmt.Sprintf("2001:db8:1:%x::1", i) }, false},
		"IPv4 written as IPv6":      {func(int) string { return "::ffff:198.51.100.7" }, true},
		"link-local with its zone":  {func(int) string { return "fe80::1%eth0" }, true},
		"what is no address at all": {func(int) string { return "garbage" }, true},
	} {
		limits, held := newLimits(1, 1), false
		for i := range 100 {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			e := echo.New()
			e.IPExtractor = func(*http.Request) string { return x.address(i) }
			rec := httptest.NewRecorder()
			if limits.stranger(e.NewContext(r, rec)) != nil {
				held = rec.Header().Get("Retry-After") != ""
			}
		}
		if held != x.held {
			t.Errorf("%s: held back: %v", name, held)
		}
	}
}
