package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// retryAfter is what an unavailable answer asks for, in seconds.
const retryAfter = "10"

// unit answers what the QR code opens: the page, the verdict as JSON, or the
// linkset. A verdict is an answer also where it is not_recognised: 200, the
// same for every code that was not issued. Only unavailable is 503, with its
// full body all the same. What is no whole code is asked for field by field.
func (h *handler) unit(c echo.Context) error {
	r := c.Request()
	header := c.Response().Header()
	header.Add("Vary", "Accept, Accept-Language")
	asked := h.readPath(r.URL.EscapedPath())
	if asked.state == verdict.CodeIncomplete {
		asked = h.readPath(r.URL.RequestURI()) // lot and serial may stand in the query
	}
	accepted := negotiate(strings.Join(r.Header.Values("Accept"), ","))
	if asked.state == verdict.CodeIncomplete && accepted != typeJSON {
		return h.incomplete(c, accepted)
	}
	from := place{r.URL.Query().Get("seller"), h.market(r)}
	a := h.judge(r.Context(), asked, from)
	h.verdicts.WithLabelValues(string(a.Verdict)).Inc()
	status := http.StatusOK
	if a.Verdict == verdict.Unavailable && asked.state != verdict.CodeIncomplete {
		header.Set("Retry-After", retryAfter)
		status = http.StatusServiceUnavailable
	}
	if a.Item == nil {
		asked.serial = "" // nothing is known about the unit that could be confirmed
	}
	switch accepted {
	case typeJSON:
		h.setNonce(header, asked)
		shop := h.shopOf(r.Context(), a, asked.unit)
		if shop.Empty() {
			shop = nil
		}
		return c.JSON(status, unitAnswer{a, h.reviewsOf(r.Context(), a), shop})
	case typeLinkset:
		return h.linkset(c, a)
	default:
		return h.page(c, status, asked, from, a)
	}
}

// nonceHeader carries the scan nonce of a JSON answer, for clients that show
// the verdict in a page of their own.
const nonceHeader = "Touchstone-Scan-Nonce"

func (h *handler) setNonce(header http.Header, asked code) {
	if asked.serial != "" {
		header.Set(nonceHeader, h.newNonce(asked.unit))
	}
}
