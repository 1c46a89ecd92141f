package web_test

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
)

// What is no text is refused by every route in path, query and body; the page and
// the report of a code answer all the same.
func TestWhatIsNoTextIsRefused(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	for _, r := range routesOf(c.H) {
		for _, bad := range []string{"\x00", "\xff\xfe"} {
			for _, target := range []string{r.at(url.PathEscape(bad)), r.at("x") + "?q=" + url.QueryEscape(bad)} {
				rec := c.Do(
					httptest.NewRequest(r.method, target, strings.NewReader(`{"uri":"a\u0000"}`)),
					"Content-Type",
					page.TypeJSON,
				)
				p := decodeProblem(rec.Body.Bytes())
				asked := strings.Contains(target, "?") || strings.Contains(r.path, ":")
				if rec.Code == 500 && !strings.HasPrefix(r.path, "/01/") {
					t.Errorf("%s %q: %d %s", r.method, target, rec.Code, rec.Body)
				}
				if asked && !slices.Contains(web.AnyBytes, r.path) &&
					(rec.Code != 400 || p.Code != trace.RequestMalformed || p.Field == "") {
					t.Errorf("%s %q: %d %s", r.method, target, rec.Code, rec.Body)
				}
			}
		}
	}
}

func decodeProblem(b []byte) (p webtest.Problem) {
	_ = json.Unmarshal(b, &p)
	return p
}
