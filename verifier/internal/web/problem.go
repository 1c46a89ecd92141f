package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// problemDocument adds to a problem how often the unit's PIN can still be tried, where one was wrong.
type problemDocument struct {
	problem.Document
	TriesLeft *int `json:"triesLeft,omitempty"`
}

// fail answers every error as a problem document, or as a page to a browser. What a shopper may not be told is for the log.
func (h *handler) fail(err error, c echo.Context) {
	if c.Response().Committed || errors.Is(err, echo.ErrNotFound) && h.elsewhere(c) == nil {
		return
	}
	e := asProblem(err)
	if !problem.Verifier.Answers(e.Code) {
		h.Log.Error("request failed", "route", c.Path(), "error", err)
		e = &trace.Error{Code: problem.Internal}
	}
	document := problemDocument{Document: problem.Of(e, languageOf(c.Request()))}
	header := c.Response().Header()
	if document.Status == http.StatusServiceUnavailable || e.Code == problem.TooMany {
		header.Set("Retry-After", retryAfter)
	}
	if wantsPage(c) && problemPage(c, document.Status, document.Title) == nil {
		return
	}
	header.Set("Content-Type", problem.MediaType)
	c.Response().WriteHeader(document.Status)
	if c.Request().Method == http.MethodHead {
		return
	}
	if r, ok := errors.AsType[pinRefusal](err); ok {
		document.TriesLeft = &r.left
	}
	if err := json.NewEncoder(c.Response()).Encode(document); err != nil {
		h.Log.Debug("answer not written", "error", err)
	}
}

// problemPage tells a reader's browser what a program reads as a problem document.
func problemPage(c echo.Context, status int, title string) error {
	page := struct {
		frame
		Title string
	}{newFrame(c.Request(), nil), title}
	return render(c, status, "problem.html", page)
}

// byStatus translates what echo itself refuses.
var byStatus = map[int]trace.Code{
	http.StatusNotFound:              problem.NotFound,
	http.StatusMethodNotAllowed:      problem.MethodNotAllowed,
	http.StatusRequestEntityTooLarge: problem.BodyTooLarge,
	http.StatusUnsupportedMediaType:  problem.MediaUnsupported,
	http.StatusTooManyRequests:       problem.TooMany,
}

func asProblem(err error) *trace.Error {
	var e *trace.Error
	if errors.As(err, &e) {
		return e
	}
	var he *echo.HTTPError
	if errors.As(err, &he) && byStatus[he.Code] != "" {
		return &trace.Error{Code: byStatus[he.Code]}
	}
	return &trace.Error{Code: problem.Internal}
}
