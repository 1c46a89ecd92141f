package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
)

// askerOf is who has a share of what is scarce: a party, or a network where
// nobody is known yet.
func askerOf(c echo.Context) string {
	if party := callerOf(c.Request().Context()).Party; party != "" {
		return "party " + party
	}
	return "network " + subscriber(c)
}

// partyPart is into how many parts a route's calls at a time are divided; a party
// has one part, and two calls at least.
const partyPart = 4

// few lets so many calls of a route run at a time, and of one party a part of
// them. It comes after the body has been read, so that nobody holds a place by
// sending slowly.
func few(atOnce int) echo.MiddlewareFunc {
	places := share.New(int64(atOnce), max(2, int64(atOnce/partyPart)))
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if atOnce == 0 {
			return next
		}
		return func(c echo.Context) error {
			give, err := places.Try(askerOf(c), 1)
			if err != nil {
				c.Response().Header().Set(echo.HeaderRetryAfter, "2")
				return err
			}
			defer give()
			return next(c)
		}
	}
}

// readBody reads the body once, as far as it may be long, for everything that
// looks at it later.
func (g *guard) readBody(limit int64) echo.MiddlewareFunc {
	if limit == 0 {
		limit = usualBody
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			in := g.bodies.Of(askerOf(c), http.MaxBytesReader(c.Response(), r.Body, limit))
			defer in.GiveBack()
			body, err := io.ReadAll(in)
			if err != nil {
				return unread(err)
			}
			setBody(r, body)
			return next(c)
		}
	}
}

// unread tells a body that is too large, or for which there is no room, from one
// that was not sent as it should be.
func unread(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) || errors.Is(err, share.ErrAll) || errors.Is(err, share.ErrOwn) {
		return err
	}
	return refuse(trace.RequestMalformed, "", "body_early")
}

// bodyBytes is a body that can be read again.
type bodyBytes struct {
	*bytes.Reader
	all []byte
}

func (bodyBytes) Close() error { return nil }

func setBody(r *http.Request, body []byte) {
	r.Body, r.ContentLength = bodyBytes{bytes.NewReader(body), body}, int64(len(body))
}
