package page

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// RetryAfter is what an unavailable answer asks for, in seconds.
const RetryAfter = "10"

// Plain tells a reader's browser in one line what a program reads as a document.
func Plain(c echo.Context, status int, title string) error {
	p := struct {
		Frame
		Title string
	}{shell.Frame(c.Request(), nil), title}
	return shell.Render(c, status, "problem.html", p)
}

// byStatus translates what echo itself refuses.
var byStatus = map[int]trace.Code{
	http.StatusNotFound:              problem.NotFound,
	http.StatusMethodNotAllowed:      problem.MethodNotAllowed,
	http.StatusRequestEntityTooLarge: problem.BodyTooLarge,
	http.StatusUnsupportedMediaType:  problem.MediaUnsupported,
	http.StatusTooManyRequests:       problem.TooMany,
}

// Refusal gives the reason that is in an error; what has none is internal.
func Refusal(err error) *trace.Error {
	if e, ok := errors.AsType[*trace.Error](err); ok {
		return e
	}
	if he, ok := errors.AsType[*echo.HTTPError](err); ok && byStatus[he.Code] != "" {
		return &trace.Error{Code: byStatus[he.Code]}
	}
	return &trace.Error{Code: problem.Internal}
}
