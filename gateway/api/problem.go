package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/cases"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
)

// statusGone is noted where the caller hung up before the answer.
const statusGone = 499

// problemHandler turns every error into its answer: a problem document or, for
// a transaction whose effect cannot be shown yet, where to ask for it.
func problemHandler(log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		if c.Response().Committed {
			log.Warn("answer broken off", "requestId", requestID(c), "error", err)
			return
		}
		if errors.Is(c.Request().Context().Err(), context.Canceled) {
			c.Response().Status = statusGone
			return
		}
		if pending, is := pendingOf(err); is {
			c.Response().Header().Set(echo.HeaderLocation, "/api/v1/transactions/"+pending.TxID)
			send(log, c, http.StatusAccepted, echo.MIMEApplicationJSON, pending)
			return
		}
		e := classify(err)
		status := problem.Status(e.Code)
		if status >= http.StatusInternalServerError {
			log.Error("request failed", "requestId", requestID(c), "route", c.Path(), "code", e.Code, "error", err)
		}
		if (status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests) &&
			c.Response().Header().Get(echo.HeaderRetryAfter) == "" {
			c.Response().Header().Set(echo.HeaderRetryAfter, "2")
		}
		said := problemOf(c, e)
		if followed, is := errors.AsType[*cases.InCase](err); is {
			said.Case = followed.Case
		}
		send(log, c, status, problem.MediaType, said)
	}
}

// pendingOf says what is known of a transaction whose effect cannot be shown.
func pendingOf(err error) (UnknownOutcome, bool) {
	var unknown *record.OutcomeUnknown
	var unreadable *service.Unreadable
	switch {
	case errors.As(err, &unknown):
		return UnknownOutcome{Status: "unknown", TxID: unknown.TxID}, true
	case errors.As(err, &unreadable):
		return UnknownOutcome{Status: "written", TxID: unreadable.TxID, Block: unreadable.Block}, true
	}
	return UnknownOutcome{}, false
}

func send(log *slog.Logger, c echo.Context, status int, contentType string, body any) {
	b, err := trace.Marshal(body)
	if err == nil {
		err = c.Blob(status, contentType, b)
	}
	if err != nil {
		log.Warn("cannot answer", "requestId", requestID(c), "error", err)
	}
}

// problemOf adds to a problem's document what merchants are told beyond it: the title in both
// languages, who can mend it, and by which id we find the request in our log.
func problemOf(c echo.Context, e *trace.Error) Problem {
	said, mender := problem.Of(e, languageOf(c.Request())), menderOf(e.Code)
	return Problem{
		Type:      "/api/docs#" + string(e.Code),
		Title:     said.Title,
		Titles:    problem.Title(e.Code),
		Status:    said.Status,
		Detail:    said.Detail,
		Code:      string(e.Code),
		Field:     e.Field,
		Instance:  "urn:request:" + requestID(c),
		RequestID: requestID(c),
		Mender:    string(mender),
		Mend:      mender.Text(),
	}
}

// menderOf says who can mend a refusal; what fails by itself passes by itself, or is ours.
func menderOf(code trace.Code) trace.Mender {
	status := problem.Status(code)
	if status >= http.StatusInternalServerError || status == http.StatusTooManyRequests ||
		code == problem.WriteConflict {
		return trace.MendLater
	}
	return code.Mender()
}

// classify finds the reason in an error. What has none is an internal error,
// whose text stays in the log.
func classify(err error) *trace.Error {
	var refused *trace.Error
	var unavailable *record.Unavailable
	var echoed *echo.HTTPError
	var tooLarge *http.MaxBytesError
	var mistyped *json.UnmarshalTypeError
	switch {
	case errors.As(err, &refused):
		return refused
	case errors.As(err, &tooLarge):
		return refuse(problem.TooLarge, "", "most_bytes", "most", tooLarge.Limit)
	case errors.Is(err, record.ErrConflict):
		return refuse(problem.WriteConflict, "", "others_write")
	case errors.Is(err, record.ErrTakenOver): // what came of the request is the other attempt's to say
		return errKeyInProgress
	case errors.As(err, &unavailable):
		return refuse(problem.Unavailable, "", "ledger_away")
	case errors.Is(err, share.ErrOwn):
		return refuse(problem.TooOften, "", "your_calls")
	case errors.Is(err, share.ErrAll):
		return refuse(problem.TooOften, "", "all_calls")
	case errors.As(err, &mistyped): // 1e3 is a number of the schema, but none of Go's
		return refuse(trace.FieldInvalid, mistyped.Field, "digits_only")
	case errors.As(err, &echoed): // its title says it all
		return &trace.Error{Code: codeOfStatus(echoed.Code)}
	case record.Unreachable(err):
		return refuse(problem.Unavailable, "", "part_away")
	}
	return refuse(problem.Internal, "", "request_id")
}

// languageOf gives the language of an answer, see wording.Choose.
func languageOf(r *http.Request) string { return wording.Choose(r.Header.Get("Accept-Language")) }
