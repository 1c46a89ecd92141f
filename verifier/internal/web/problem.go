package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/owner"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// problemDocument adds to a problem how often the unit's PIN can still be tried, where one was wrong.
type problemDocument struct {
	problem.Document
	TriesLeft *int `json:"triesLeft,omitempty"`
}

// fail answers every error as a problem document, or as a page to a browser. What a shopper may not
// be told is for the log.
func (h *handler) fail(err error, c echo.Context) {
	if c.Response().Committed || errors.Is(err, echo.ErrNotFound) && h.reader.Elsewhere(c) == nil {
		return
	}
	e := page.Refusal(err)
	if !problem.Verifier.Answers(e.Code) {
		h.Log.Error("request failed", "route", c.Path(), "error", err)
		e = &trace.Error{Code: problem.Internal}
	}
	document := problemDocument{problem.Of(e, page.LanguageOf(c.Request())), owner.TriesLeft(err)}
	header := c.Response().Header()
	if document.Status == http.StatusServiceUnavailable || e.Code == problem.TooMany {
		header.Set("Retry-After", page.RetryAfter)
	}
	if page.WantsPage(c) && page.Plain(c, document.Status, document.Title) == nil {
		return
	}
	header.Set("Content-Type", problem.MediaType)
	c.Response().WriteHeader(document.Status)
	if c.Request().Method == http.MethodHead {
		return
	}
	if err := json.NewEncoder(c.Response()).Encode(document); err != nil {
		h.Log.Debug("answer not written", "error", err)
	}
}
