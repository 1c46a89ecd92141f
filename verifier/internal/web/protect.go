package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
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
	burstSeconds = 30
	bodyLimit    = "16K"
)

var maxBody = middleware.BodyLimit(bodyLimit)

// limit gives a route's own limit: what one address asks of it counts nowhere else.
func limit(perSecond float64) echo.MiddlewareFunc {
	seen, burst := door.NewRates(visitor.ForgetAddress), max(1, int(perSecond*burstSeconds))
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if perSecond <= 0 {
			return next
		}
		return func(c echo.Context) error {
			if seen.Wait(door.Network(c.RealIP()), perSecond, burst) > 0 {
				return page.Refuse(problem.TooMany, "", "wait_a_little")
			}
			return next(c)
		}
	}
}

// protect sets the headers that every answer carries. Codes stand in the URL,
// so nothing is cached, indexed or told to other sites.
func (h *handler) protect(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		header.Set("Cache-Control", "no-store")
		header.Set("Content-Security-Policy", page.Policy)
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
func (h *handler) sameOrigin(origin string) echo.MiddlewareFunc {
	check := http.NewCrossOriginProtection()
	if err := check.AddTrustedOrigin(origin); err != nil {
		h.Log.Warn("the label host is no origin", "error", err)
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if check.Check(c.Request()) != nil {
				return page.Refuse(problem.CrossOrigin, "", "page_of_host")
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
			return page.Refuse(trace.RequestMalformed, field, "no_text")
		}
		return next(c)
	}
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
				return page.Refuse(problem.Unavailable, "", "too_many_ask")
			}
		}
	}
}

// robots keeps crawlers from the pages of units, cases, reports, owners and drafts;
// X-Robots-Tag is for those that come all the same.
func robots(c echo.Context) error {
	return c.String(
		http.StatusOK,
		"User-agent: *\nDisallow: /01/\nDisallow: /api/\nDisallow: /complaints/\nDisallow: /reports\nDisallow: /owner\nDisallow: /previews/\n",
	)
}
