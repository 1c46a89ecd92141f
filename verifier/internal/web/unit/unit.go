package unit

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Show answers what the QR code opens: the page, the verdict as JSON, or the
// linkset. A verdict is an answer also where it is not_recognised: 200, the
// same for every code that was not issued. Only unavailable is 503, with its
// full body all the same. What is no whole code is asked for field by field.
func (h *Handler) Show(c echo.Context) error {
	r := c.Request()
	header := c.Response().Header()
	header.Add("Vary", "Accept, Accept-Language")
	asked := h.Codes.ReadPath(r.URL.EscapedPath())
	if asked.State == verdict.CodeIncomplete {
		asked = h.Codes.ReadPath(r.URL.RequestURI()) // lot and serial may stand in the query
	}
	accepted := page.Negotiate(strings.Join(r.Header.Values("Accept"), ","))
	if asked.State == verdict.CodeIncomplete && accepted != page.TypeJSON {
		return h.Reader.Incomplete(c, accepted)
	}
	from := codes.Asker{Seller: r.URL.Query().Get("seller"), Market: h.Visitors.Market(r)}
	a := h.Judge.Of(r.Context(), asked, from)
	h.Verdicts.WithLabelValues(string(a.Verdict)).Inc()
	status := http.StatusOK
	if a.Verdict == verdict.Unavailable && asked.State != verdict.CodeIncomplete {
		header.Set("Retry-After", page.RetryAfter)
		status = http.StatusServiceUnavailable
	}
	if a.Item == nil {
		asked.Serial = "" // nothing is known about the unit that could be confirmed
	}
	switch accepted {
	case page.TypeJSON:
		h.setNonce(header, asked)
		shop := h.Shop.Shown(r.Context(), a, asked.Unit)
		if shop.Empty() {
			shop = nil
		}
		return c.JSON(status, unitAnswer{a, h.Shop.ReviewsOf(r.Context(), a), shop})
	case page.TypeLinkset:
		return h.linkset(c, a)
	default:
		return h.page(c, status, asked, from, a)
	}
}

// NonceHeader carries the scan nonce of a JSON answer, for clients that show
// the verdict in a page of their own.
const NonceHeader = "Touchstone-Scan-Nonce"

func (h *Handler) setNonce(header http.Header, asked codes.Code) {
	if asked.Serial != "" {
		header.Set(NonceHeader, h.Visitors.NewNonce(asked.Unit))
	}
}

// unitAnswer is the verdict with what merchants, creators and other shoppers say.
type unitAnswer struct {
	verdict.Answer
	Reviews *feedback.Reviews `json:"reviews,omitempty"`
	Shop    *content.Shown    `json:"shop,omitempty"`
}
