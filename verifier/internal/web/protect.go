package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Limits says how many requests a second one address may make; half a minute's
// worth may come at once. 0 means no limit. Phones share addresses, so the
// limits are against machines, not people.
type Limits struct {
	Reads       float64
	Scans       float64
	Activations float64
	Complaints  float64
	ReadsAtOnce int // of all addresses together
}

const (
	burstSeconds  = 30
	forgetAddress = 5 * time.Minute
	bodyLimit     = "16K"
)

var maxBody = middleware.BodyLimit(bodyLimit)

// limit gives a route's own limit: what one address asks of it counts nowhere else.
func limit(perSecond float64) echo.MiddlewareFunc {
	seen, burst := door.NewRates(forgetAddress), max(1, int(perSecond*burstSeconds))
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if perSecond <= 0 {
			return next
		}
		return func(c echo.Context) error {
			if seen.Wait(door.Network(c.RealIP()), perSecond, burst) > 0 {
				return problem.New(problem.TooMany, "", "wait a little between requests")
			}
			return next(c)
		}
	}
}

// extractIP takes the address from X-Forwarded-For only where a trusted proxy wrote it.
func extractIP(proxies []*net.IPNet) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		options = append(options, echo.TrustIPRange(p))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// place gives the asker's city where a trusted proxy names it.
func (h *handler) place(r *http.Request) string {
	return verdict.CityName(h.told(r, h.PlaceHeader))
}

// market gives the country that the question comes from: what a trusted proxy
// says, else what the link to the page says.
func (h *handler) market(r *http.Request) string {
	for _, country := range []string{h.told(r, h.MarketHeader), r.URL.Query().Get("market")} {
		if gs1.IsCountry(country) {
			return country
		}
	}
	return ""
}

// told gives a header that a trusted proxy has written.
func (h *handler) told(r *http.Request, name string) string {
	if name == "" {
		return ""
	}
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	for _, p := range h.Proxies {
		if ip != nil && p.Contains(ip) {
			values := r.Header.Values(name) // the last one is the proxy's
			if len(values) > 0 {
				return values[len(values)-1]
			}
		}
	}
	return ""
}

// protect sets the headers that every answer carries. Codes stand in the URL,
// so nothing is cached, indexed or told to other sites.
func (h *handler) protect(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		header.Set("Cache-Control", "no-store")
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "same-origin") // with none at all a form could not say where it comes from
		header.Set("X-Robots-Tag", "noindex")
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		if h.HSTS {
			header.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		return next(c)
	}
}

// sameOrigin refuses what another site's page has a browser send: whoever can
// make visitors of his own site confirm scans could make a crowd.
func (h *handler) sameOrigin() echo.MiddlewareFunc {
	check := http.NewCrossOriginProtection()
	if err := check.AddTrustedOrigin(originOf(h.Base)); err != nil {
		h.Log.Warn("the label host is no origin", "error", err)
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if check.Check(c.Request()) != nil {
				return problem.New(problem.CrossOrigin, "", "send it from a page of this host")
			}
			return next(c)
		}
	}
}

// anyBytes are the routes that take a code however it is written: one that nobody
// issued is an answer too, and may be reported.
var anyBytes = []string{"/01/*", "/reports"}

// onlyText refuses a request whose path or query is no text.
func onlyText(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		field := door.NotText(c.Request())
		for _, name := range c.ParamNames() {
			if name != "*" && !door.IsText(c.Param(name)) {
				field = name
			}
		}
		if field != "" && !slices.Contains(anyBytes, c.Path()) {
			return problem.New(trace.RequestMalformed, field, "not text: it holds a NUL, or bytes that are not UTF-8")
		}
		return next(c)
	}
}

// originOf gives the origin of the pages behind the labels, which begin with a
// host, or scheme and host, in any case.
func originOf(base string) string {
	if !strings.Contains(base, "://") {
		base = "https://" + base
	}
	return strings.ToLower(base)
}

// atOnce turns away what comes while n requests are being answered, so that a
// flood of readers leaves room for the rest. 0 means any number.
func atOnce(n int) echo.MiddlewareFunc {
	running := make(chan struct{}, n)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if n <= 0 {
			return next
		}
		return func(c echo.Context) error {
			select {
			case running <- struct{}{}:
				defer func() { <-running }()
				return next(c)
			default:
				return problem.New(problem.Unavailable, "", "too many are asking; try again shortly")
			}
		}
	}
}

// robots keeps crawlers from the pages of units, cases, reports, owners and drafts;
// X-Robots-Tag is for those that come all the same.
func robots(c echo.Context) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /01/\nDisallow: /api/\nDisallow: /complaints/\nDisallow: /reports\nDisallow: /owner\nDisallow: /previews/\n")
}

// readJSON reads a body of exactly one JSON object without unknown fields.
func readJSON(c echo.Context, v any) error {
	contentType, _, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	if err != nil || contentType != typeJSON {
		return problem.New(problem.MediaUnsupported, "", "Content-Type must be application/json")
	}
	var he *echo.HTTPError
	body, err := io.ReadAll(c.Request().Body)
	if errors.As(err, &he) {
		return err
	}
	if err != nil {
		return problem.New(trace.RequestMalformed, "", "the body ends early")
	}
	if !json.Valid(body) || !utf8.Valid(body) || bytes.Contains(body, []byte(`\u0000`)) {
		return problem.New(trace.RequestMalformed, "", "the body is not JSON of text without NUL")
	}
	if trace.Unmarshal(body, v) != nil { // whose error quotes the body
		return problem.New(trace.RequestMalformed, "", "the body must be one JSON object with the fields that /api/openapi.json names for it")
	}
	return nil
}
