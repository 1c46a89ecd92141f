package web_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// route is one of the handler's own; what is added to it is covered by itself.
type route struct{ method, path string }

func (r route) String() string { return r.method + " " + r.path }

// routesOf lists the routes of a handler.
func routesOf(h http.Handler) (all []route) {
	for _, r := range h.(*echo.Echo).Routes() {
		if r.Method != http.MethodHead {
			all = append(all, route{r.Method, r.Path})
		}
	}
	return all
}

var parameter = regexp.MustCompile(`:[a-z]+|\*`)

// at gives the route's path with every parameter replaced.
func (r route) at(value string) string {
	return parameter.ReplaceAllLiteralString(r.path, value)
}

// fields are the names that requests have anywhere; those that a route does not
// know are unknown fields to it.
var fields = []string{
	"uri",
	"nonce",
	"pin",
	"token",
	"text",
	"photo",
	"code",
	"place",
	"contact",
	"rating",
	"lang",
	"seller",
	"market",
	"gtin",
	"lot",
	"serial",
	"offset",
	"respondent",
	"q",
	"url",
	"next",
	"host",
}

// marked are spellings of the marker that some route may take for something.
var marked = []string{
	webtest.Marker,
	strings.ToUpper(webtest.Marker),
	"<" + webtest.Marker + ">",
	`"` + webtest.Marker,
	webtest.Marker + "\r\nX-" + webtest.Marker + ": 1",
	"https://" + webtest.Marker + ".example/" + webtest.Marker,
	"https://trace.example.com/01/" + verifiertest.GTIN + "/10/" + webtest.Marker + "/21/" + webtest.Marker,
	"//" + webtest.Marker + ".example",
}

// requests puts a value into every place of a route that takes one.
func (r route) requests(value string) (all []*http.Request) {
	escaped := strings.NewReplacer("%", "%25", "<", "%3C", ">", "%3E", `"`, "%22", "\r", "%0D", "\n", "%0A", " ", "%20", "/", "%2F", "?", "%3F").
		Replace(value)
	add := func(path, contentType, body string, headers ...string) {
		request := httptest.NewRequest(r.method, path, strings.NewReader(body))
		if contentType != "" {
			request.Header.Set("Content-Type", contentType)
		}
		for i := 0; i < len(headers); i += 2 {
			request.Header.Set(headers[i], headers[i+1])
		}
		all = append(all, request)
	}
	everything := strings.Join(append(fields, ""), "="+escaped+"&") + escaped
	for _, accept := range []string{page.TypeHTML, page.TypeJSON} {
		add(r.at(escaped), page.TypeJSON, "{}", "Accept", accept)
		add(r.at("1")+"?"+everything, page.TypeForm, everything, "Accept", accept)
		for _, name := range append(fields, escaped) {
			if r.method == http.MethodGet {
				add(r.at("1")+"?"+name+"="+escaped, page.TypeJSON, "{}", "Accept", accept)
			}
		}
		for _, header := range []string{"Accept", "Accept-Language", "User-Agent", "Origin", "Referer", "Cookie", "Authorization", "X-Forwarded-For", "X-Forwarded-Host", "Forwarded",
			"X-Forwarded-Proto", "X-City", "X-Point", "X-Country", "Content-Type", "X-Request-Id", "Range", "If-None-Match", "X-HTTP-Method-Override"} {
			add(r.at("1"), page.TypeJSON, "{}", "Accept", accept, header, strings.Join(strings.Fields(value), " "))
		}
		for _, name := range append(fields, value) {
			if r.method == http.MethodGet {
				break
			}
			add(r.at("1"), page.TypeJSON, fmt.Sprintf(`{%q: %q}`, name, value), "Accept", accept)
			add(r.at("1"), page.TypeForm, name+"="+escaped, "Accept", accept)
			contentType, body := formOf(name, value)
			add(r.at("1"), contentType, body, "Accept", accept)
		}
	}
	host := httptest.NewRequest(r.method, r.at("1"), nil)
	host.Host = strings.Join(strings.Fields(value), "")
	return append(all, host)
}

func formOf(name, value string) (contentType, body string) {
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	_ = form.WriteField(name, value)
	_ = form.Close()
	return form.FormDataContentType(), b.String()
}

// Nothing that is sent comes back, in no body and no header of any route: no
// answer can be made to carry somebody else's words, script, header or link.
func TestNoInputComesBack(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	for _, r := range routesOf(c.H) {
	values:
		for _, value := range marked {
			for _, request := range r.requests(value) {
				sent := request.Method + " " + request.URL.String()
				rec := c.Do(request)
				if r.path == "/" && strings.HasPrefix(rec.Header().Get("Location"), "/01/") {
					continue // what was typed has the form of a unit's address, and this is it
				}
				answer := fmt.Sprint(rec.Header()) + rec.Body.String()
				if strings.Contains(strings.ToLower(answer), webtest.Marker) {
					t.Errorf("%s: %s %v comes back: %d %.600s", r, sent, request.Header, rec.Code, answer)
					break values
				}
				if rec.Code >= 500 && rec.Code != http.StatusServiceUnavailable {
					t.Fatalf("%s: %s %v: %d %s", r, sent, request.Header, rec.Code, rec.Body)
				}
			}
		}
	}
}

// framable are the routes that other sites may show within their pages.
var framable = map[string]bool{}

// cacheable is what stays as it is.
func cacheable(r route) bool { return strings.HasPrefix(r.path, "/assets/") }

// Every answer, an error's too, forbids sniffing, indexing and telling other
// sites where the reader was; none but files that never change is kept by a
// cache, and what depends on a header says so.
func TestEveryAnswerIsGuarded(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	for _, r := range append(routesOf(c.H), route{"GET", "/nowhere"}, route{"DELETE", "/01/x"}) {
		rec := c.Do(httptest.NewRequest(r.method, r.at("1"), strings.NewReader("{}")), "Content-Type", page.TypeJSON)
		header := rec.Header()
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"} {
			if header.Get(name) != want {
				t.Errorf("%s: %s is %q", r, name, header.Get(name))
			}
		}
		policy := header.Get("Content-Security-Policy")
		if !framable[r.path] &&
			(header.Get("X-Frame-Options") != "DENY" || !strings.Contains(policy, "frame-ancestors 'none'")) {
			t.Errorf("%s can be framed", r)
		}
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe-inline") {
			t.Errorf("%s: policy %s", r, policy)
		}
		if got := header.Get("Cache-Control"); (got != "no-store") != cacheable(r) {
			t.Errorf("%s: Cache-Control %s", r, got)
		}
		if strings.HasPrefix(header.Get("Content-Type"), page.TypeHTML) &&
			!strings.Contains(strings.Join(header.Values("Vary"), ","), "Accept-Language") {
			t.Errorf("%s: Vary %q", r, header.Get("Vary"))
		}
		if len(header.Values("Set-Cookie")) > 0 || header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", r, header)
		}
	}
}

// What changes something takes nothing that another site's page has a browser
// send. A program that is no browser sends none of these headers.
func TestOtherSitesCannotPost(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	posts := 0
	for _, r := range routesOf(c.H) {
		if r.method == http.MethodGet {
			continue
		}
		posts++
		for _, contentType := range []string{page.TypeJSON, page.TypeForm, "text/plain"} {
			for name, headers := range map[string][]string{
				"marked by the browser": {"Sec-Fetch-Site", "cross-site"}, "from a subdomain": {"Sec-Fetch-Site", "same-site"},
				"an old browser": {"Origin", "https://evil.example"}, "a sandboxed frame": {"Origin", "null"},
			} {
				rec := c.Do(
					httptest.NewRequest(r.method, r.at("1"), strings.NewReader("{}")),
					append(headers, "Content-Type", contentType)...)
				if p := webtest.Decode[webtest.Problem](t, rec); rec.Code != http.StatusForbidden ||
					p.Code != problem.CrossOrigin {
					t.Errorf("%s, %s: %d %+v", r, name, rec.Code, p)
				}
			}
			for name, headers := range map[string][]string{
				"the page itself": {"Sec-Fetch-Site", "same-origin"}, "an old browser behind a proxy": {"Origin", "https://trace.example.com"}, "no browser": {},
			} {
				rec := c.Do(
					httptest.NewRequest(r.method, r.at("1"), strings.NewReader("{}")),
					append(headers, "Content-Type", contentType)...)
				if rec.Code == http.StatusForbidden &&
					strings.Contains(rec.Body.String(), string(problem.CrossOrigin)) {
					t.Errorf("%s, %s: refused", r, name)
				}
			}
		}
	}
	if posts < 5 {
		t.Errorf("%d routes", posts)
	}
}

// A method that a route has not is refused, whatever a header says it should be.
func TestOtherMethods(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	has := map[route]bool{}
	for _, r := range routesOf(c.H) {
		has[r] = true
	}
	for r := range has {
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "BREW"} {
			if has[route{method, r.path}] {
				continue
			}
			rec := c.Do(
				httptest.NewRequest(method, r.at("1"), nil), "X-HTTP-Method-Override", r.method,
				"X-Method-Override", r.method,
			)
			if rec.Code != http.StatusMethodNotAllowed && rec.Code != http.StatusNotFound &&
				(method != http.MethodOptions || rec.Code != http.StatusNoContent) {
				t.Errorf("%s %s: %d", method, r.path, rec.Code)
			}
		}
	}
}

// Bodies that cost much to read for their size, or can be read in two ways, end
// as clear refusals, or where a form leads, at once.
func TestHostileBodies(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	other := fmt.Sprintf(
		`{"uri": "https://x%s", "uri": "https://x%s", "nonce": %q}`,
		b.Path(7),
		b.Path(8),
		c.Nonce(b.Path(7)),
	)
	deep := strings.Repeat("[", 8000) + strings.Repeat("]", 8000)
	bodies := map[string]string{
		"deep nesting":       deep,
		"a deep field":       `{"uri": ` + deep + `}`,
		"a field twice":      other,
		"something after":    `{"uri": "x"}{"uri": "y"}`,
		"a number too large": `{"uri": 1e999999}`,
		"a byte order mark":  "\ufeff{}",
		"invalid UTF-8":      "{\"uri\": \"\xff\xfe\"}",
		"a NUL":              "{\"uri\": \"\x00\"}",
		"half a surrogate":   `{"uri": "\ud800"}`,
		"only white space":   strings.Repeat(" ", 16000),
		"1 MB":               `{"uri": "` + strings.Repeat("x", 1<<20) + `"}`,
		"UTF-16":             "\xff\xfe{\x00}\x00",
	}
	types := []string{
		page.TypeJSON,
		"application/json; charset=utf-16",
		page.TypeForm,
		"multipart/form-data; boundary=x",
		"multipart/form-data",
		"text/plain",
		"application/problem+json",
		"",
		";;;",
		"application/json, text/html",
	}
	for _, r := range routesOf(c.H) {
		for name, body := range bodies {
			for _, contentType := range types {
				if r.method == http.MethodGet {
					continue
				}
				begin := time.Now()
				rec := c.Do(
					httptest.NewRequest(r.method, r.at("1"), strings.NewReader(body)), "Content-Type", contentType,
				)
				if rec.Code < 300 || rec.Code >= 500 && rec.Code != http.StatusServiceUnavailable ||
					time.Since(begin) > 5*time.Second {
					t.Errorf(
						"%s, %s as %q: %d after %s: %.200s", r, name, contentType, rec.Code, time.Since(begin),
						rec.Body,
					)
				}
			}
		}
	}
	if n := webtest.Count(t, w, `select count(*) from scan.scan`); n != 0 {
		t.Errorf("%d scans", n)
	}
}
