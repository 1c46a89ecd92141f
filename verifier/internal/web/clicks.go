package web

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Clicks counts that links of a product's page were opened.
type Clicks interface {
	SaveClick(ctx context.Context, u verdict.Unit, l content.CountedLink, device []byte, at time.Time) error
}

// click counts that a link was opened: a browser tells us beside opening it (the ping of HTML), so that the link itself leads
// straight to where it says and nothing here redirects. It counts once a day for a device that has scanned the unit, and
// only a link that the page shows.
func (h *handler) click(c echo.Context) error {
	asked := h.readURI(c.QueryParam("uri"))
	if _, ours := h.openNonce(c.QueryParam("nonce"), asked.unit); !ours || asked.state != verdict.CodeIssued {
		return problem.New(problem.NonceInvalid, "nonce", "the nonce is not this page's, or has expired")
	}
	if isProgram(c.Request()) {
		return c.NoContent(http.StatusNoContent)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), answerTime)
	defer cancel()
	shelf, err := h.Shelves.Shelf(ctx, asked.unit.GTIN)
	if err == nil && shelf != nil {
		shown := shelf.On(trace.DayOf(h.Now()))
		link, isShown := shown.Link(c.QueryParam("link"))
		if !isShown {
			return problem.New(problem.NotFound, "link", "the page shows no such link")
		}
		err = h.Clicks.SaveClick(ctx, asked.unit, link, h.visitor(c, h.Now()).Device, h.Now())
	}
	if err != nil {
		h.Log.Error("click not counted", "error", err)
		return problem.New(problem.Unavailable, "", "the click is not counted")
	}
	return c.NoContent(http.StatusNoContent)
}

// Ping is where a browser tells that a link of this page was opened.
func (p unitPage) Ping(id string) template.URL {
	if p.Nonce == "" {
		return ""
	}
	return template.URL("/clicks?" + url.Values{"uri": {p.URL}, "nonce": {p.Nonce}, "link": {id}}.Encode()) //nolint:gosec // encoded just now
}

// Ping is empty: what a merchant opens of a preview is not counted.
func (shopPage) Ping(string) template.URL { return "" }
