package shop

import (
	"context"
	"html/template"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Clicks counts that links of a product's page were opened.
type Clicks interface {
	SaveClick(ctx context.Context, u verdict.Unit, l content.CountedLink, device []byte, at time.Time) error
}

// Click counts that a link was opened: a browser tells us beside opening it (the ping of HTML), so
// that the link itself leads straight to where it says and nothing here redirects. It counts once a
// day for a device that has scanned the unit, and only a link that the page shows.
func (h *Handler) Click(c echo.Context) error {
	asked := h.Codes.ReadURI(c.QueryParam("uri"))
	if _, ours := h.Visitors.OpenNonce(c.QueryParam("nonce"), asked.Unit); !ours || asked.State != verdict.CodeIssued {
		return page.Refuse(problem.NonceInvalid, "nonce", "nonce")
	}
	if visitor.IsProgram(c.Request()) {
		return c.NoContent(http.StatusNoContent)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.AnswerTime)
	defer cancel()
	shelf, err := h.Shelves.Shelf(ctx, asked.Unit.GTIN)
	if err == nil && shelf != nil {
		shown := shelf.On(trace.DayOf(h.Visitors.Now()))
		link, isShown := shown.Link(c.QueryParam("link"))
		if !isShown {
			return page.Refuse(problem.NotFound, "link", "no_link")
		}
		err = h.Clicks.SaveClick(ctx, asked.Unit, link, h.Visitors.Of(c, h.Visitors.Now()).Device, h.Visitors.Now())
	}
	if err != nil {
		h.Log.Error("click not counted", "error", err)
		return page.Refuse(problem.Unavailable, "", "click_not_counted")
	}
	return c.NoContent(http.StatusNoContent)
}

// Ping is empty: what a merchant opens of a preview is not counted.
func (shopPage) Ping(string) template.URL { return "" }
