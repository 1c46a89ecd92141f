package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// The codes that belong to HTTP and to shoppers, not to the ledger.
const (
	codeNotFound    trace.Code = "NOT_FOUND"
	codeMethod      trace.Code = "METHOD_NOT_ALLOWED"
	codeTooLarge    trace.Code = "BODY_TOO_LARGE"
	codeMediaType   trace.Code = "MEDIA_TYPE_UNSUPPORTED"
	codeTooMany     trace.Code = "TOO_MANY_REQUESTS"
	codeInternal    trace.Code = "INTERNAL"
	codeUnavailable trace.Code = "UNAVAILABLE"
	codeNonce       trace.Code = "NONCE_INVALID"
	codeNotIssued   trace.Code = "NOT_ISSUED"
	codeIncomplete  trace.Code = "CODE_INCOMPLETE"
	codePINWrong    trace.Code = "PIN_WRONG"
	codePINLocked   trace.Code = "PIN_LOCKED"
	codePhoto       trace.Code = "PHOTO_INVALID"
	codeReviewToken trace.Code = "REVIEW_TOKEN_INVALID"
	codeReviewed    trace.Code = "REVIEW_EXISTS"
	codeCreator     trace.Code = "CREATOR_UNKNOWN"
	codeTampered    trace.Code = "LOG_ENTRY_CHANGED"
	codeLost        trace.Code = "LOG_ENTRY_LOST"
	codeOrigin      trace.Code = "CROSS_ORIGIN"
	codeKnown       trace.Code = "CODE_KNOWN"
)

// answers is the one table from codes to HTTP. A code that is not in it is
// internal, and what it says is hidden.
var answers = map[trace.Code]struct {
	status int
	title  trace.Text
}{
	codeNotFound:            {http.StatusNotFound, text("problem.NOT_FOUND")},
	codeMethod:              {http.StatusMethodNotAllowed, text("problem.METHOD_NOT_ALLOWED")},
	codeTooLarge:            {http.StatusRequestEntityTooLarge, text("problem.BODY_TOO_LARGE")},
	codeMediaType:           {http.StatusUnsupportedMediaType, text("problem.MEDIA_TYPE_UNSUPPORTED")},
	codeTooMany:             {http.StatusTooManyRequests, text("problem.TOO_MANY_REQUESTS")},
	codeInternal:            {http.StatusInternalServerError, text("problem.INTERNAL")},
	codeUnavailable:         {http.StatusServiceUnavailable, text("problem.UNAVAILABLE")},
	codeNonce:               {http.StatusBadRequest, text("problem.NONCE_INVALID")},
	codeNotIssued:           {http.StatusNotFound, text("problem.NOT_ISSUED")},
	codeIncomplete:          {http.StatusUnprocessableEntity, text("problem.CODE_INCOMPLETE")},
	codePINWrong:            {http.StatusForbidden, text("problem.PIN_WRONG")},
	codePINLocked:           {http.StatusTooManyRequests, text("problem.PIN_LOCKED")},
	codePhoto:               {http.StatusUnprocessableEntity, text("problem.PHOTO_INVALID")},
	codeReviewToken:         {http.StatusForbidden, text("problem.REVIEW_TOKEN_INVALID")},
	codeReviewed:            {http.StatusConflict, text("problem.REVIEW_EXISTS")},
	codeCreator:             {http.StatusUnauthorized, text("problem.CREATOR_UNKNOWN")},
	codeLost:                {http.StatusGone, text("problem.LOG_ENTRY_LOST")},
	codeTampered:            {http.StatusConflict, text("problem.LOG_ENTRY_CHANGED")},
	codeKnown:               {http.StatusConflict, text("problem.CODE_KNOWN")},
	codeOrigin:              {http.StatusForbidden, text("problem.CROSS_ORIGIN")},
	trace.ComplaintConflict: {http.StatusConflict, trace.ComplaintConflict.Title()},
	trace.AnchorUnknown:     {http.StatusNotFound, trace.AnchorUnknown.Title()},
	trace.RequestMalformed:  {http.StatusBadRequest, trace.RequestMalformed.Title()},
	trace.FieldInvalid:      {http.StatusBadRequest, trace.FieldInvalid.Title()},
	trace.UnitActivated:     {http.StatusConflict, trace.UnitActivated.Title()},
	trace.OwnerUnproved:     {http.StatusForbidden, trace.OwnerUnproved.Title()},
	trace.UnitStolen:        {http.StatusConflict, trace.UnitStolen.Title()},
	trace.UnitNotStolen:     {http.StatusConflict, trace.UnitNotStolen.Title()},
	trace.OwnerActsSpent:    {http.StatusConflict, trace.OwnerActsSpent.Title()},
	trace.UnitProof:         {http.StatusConflict, trace.UnitProof.Title()},
	trace.UnitUnknown:       {http.StatusConflict, trace.UnitUnknown.Title()},
	trace.BatchUnknown:      {http.StatusConflict, trace.BatchUnknown.Title()},
	trace.BatchUnapproved:   {http.StatusConflict, trace.BatchUnapproved.Title()},
}

func problem(code trace.Code, field, message string) error {
	return trace.Errorf(code, field, "%s", message)
}

// problemDocument is an RFC 9457 problem. Title is in the reader's language, and
// Detail where there is Chinese for it.
type problemDocument struct {
	Type   string     `json:"type"`
	Title  string     `json:"title"`
	Status int        `json:"status"`
	Code   trace.Code `json:"code"`
	Field  string     `json:"field,omitempty"`
	Detail string     `json:"detail,omitempty"`
	// TriesLeft is how often the unit's PIN can still be tried, where one was wrong.
	TriesLeft *int `json:"triesLeft,omitempty"`
}

// fail answers every error as a problem document, or as a page to a browser.
func (h *handler) fail(err error, c echo.Context) {
	if c.Response().Committed || errors.Is(err, echo.ErrNotFound) && h.elsewhere(c) == nil {
		return
	}
	e := asProblem(err)
	answer, known := answers[e.Code]
	if !known {
		h.Log.Error("request failed", "route", c.Path(), "error", err)
		e, answer = &trace.Error{Code: codeInternal}, answers[codeInternal]
	}
	header := c.Response().Header()
	if answer.status == http.StatusServiceUnavailable || e.Code == codeTooMany {
		header.Set("Retry-After", retryAfter)
	}
	if title := answer.title.In(languageOf(c.Request())); wantsPage(c) && problemPage(c, answer.status, title) == nil {
		return
	}
	header.Set("Content-Type", "application/problem+json")
	c.Response().WriteHeader(answer.status)
	if c.Request().Method == http.MethodHead {
		return
	}
	language := languageOf(c.Request())
	document := problemDocument{"about:blank", answer.title.In(language), answer.status, e.Code, e.Field, e.Detail().In(language), nil}
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
	http.StatusNotFound:              codeNotFound,
	http.StatusMethodNotAllowed:      codeMethod,
	http.StatusRequestEntityTooLarge: codeTooLarge,
	http.StatusUnsupportedMediaType:  codeMediaType,
	http.StatusTooManyRequests:       codeTooMany,
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
	return &trace.Error{Code: codeInternal}
}
