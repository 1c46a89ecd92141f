package page

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Headers that say what an answer should be like lead to one of those there are.
func FuzzNegotiation(f *testing.F) {
	for _, seed := range []string{"", "*/*", "text/html, application/json;q=0.9", "application/linkset+json;q=1e9", `a/b;c="\"`, "zh-Hans-CN-x-private, en;q=0.1", ";;;,,,", "\xff"} {
		f.Add(seed, seed, seed)
	}
	f.Fuzz(func(t *testing.T, accept, languages, query string) {
		switch got := Negotiate(accept); got {
		case TypeHTML, TypeJSON, TypeLinkset:
		default:
			t.Errorf("Accept %q: %q", accept, got)
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.RawQuery, r.Header = query, http.Header{"Accept-Language": {languages}}
		if got := LanguageOf(r); got != wording.Chinese && got != wording.English {
			t.Errorf("Accept-Language %q: %q", languages, got)
		}
	})
}

// A JSON body is read or refused in words that are not its own.
func FuzzJSONBody(f *testing.F) {
	for _, seed := range []string{`{"uri":"x","nonce":"y"}`, `{"uri":7}`, `{"zqmarkerqz":1}`, `[]`, `{}{}`, `{"uri":"\ud800"}`, strings.Repeat("[", 1000), "\xef\xbb\xbf{}", ""} {
		f.Add(seed)
	}
	e := echo.New()
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", TypeJSON)
		var request struct{ URI, Nonce string }
		err := ReadJSON(e.NewContext(r, httptest.NewRecorder()), &request)
		if err != nil && trace.CodeOf(err) != trace.RequestMalformed {
			t.Errorf("%q: %v", body, err)
		}
		if err != nil && strings.Contains(err.Error(), "zqmarkerqz") {
			t.Errorf("%q comes back: %v", body, err)
		}
	})
}
