package page

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
)

// MaxField bounds a form's field that is no photo, in bytes.
const MaxField = 16 << 10

// TypeForm is what a form without files is sent as.
const TypeForm = "application/x-www-form-urlencoded"

// ReadForm reads such a form.
func ReadForm(c echo.Context) (url.Values, error) {
	contentType, _, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	if err != nil || contentType != TypeForm {
		return nil, Refuse(problem.MediaUnsupported, "", "form_type")
	}
	body, err := io.ReadAll(io.LimitReader(c.Request().Body, MaxField))
	values, wrong := url.ParseQuery(string(body))
	if err != nil || wrong != nil {
		return nil, Incomplete(err)
	}
	for name, all := range values {
		switch {
		case !door.IsText(name):
			return nil, Refuse(trace.RequestMalformed, "", "field_name")
		case !door.IsText(strings.Join(all, "")) && door.IsPlainName(name):
			return nil, Refuse(trace.FieldInvalid, name, "no_text")
		case !door.IsText(strings.Join(all, "")):
			return nil, Refuse(trace.RequestMalformed, "", "form_text")
		}
	}
	return values, nil
}

// Incomplete keeps the refusal of a body that is too large, or for which there is no room.
func Incomplete(err error) error {
	var he *echo.HTTPError
	switch {
	case errors.As(err, &he):
		return err
	case errors.Is(err, share.ErrOwn):
		return Refuse(problem.TooMany, "", "sending_here")
	case errors.Is(err, share.ErrAll):
		return Refuse(problem.Unavailable, "", "sending_all")
	}
	return Refuse(trace.RequestMalformed, "", "form_incomplete")
}

// IsForm tells a form from JSON.
func IsForm(c echo.Context) bool {
	contentType, _, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	return err == nil && contentType == TypeForm
}

// ReadJSON reads a body of exactly one JSON object without unknown fields.
func ReadJSON(c echo.Context, v any) error {
	contentType, _, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	if err != nil || contentType != TypeJSON {
		return Refuse(problem.MediaUnsupported, "", "json_type")
	}
	var he *echo.HTTPError
	body, err := io.ReadAll(c.Request().Body)
	if errors.As(err, &he) {
		return err
	}
	if err != nil {
		return Refuse(trace.RequestMalformed, "", "body_early")
	}
	if !json.Valid(body) || !utf8.Valid(body) || bytes.Contains(body, []byte(`\u0000`)) {
		return Refuse(trace.RequestMalformed, "", "json_text")
	}
	if trace.Unmarshal(body, v) != nil { // whose error quotes the body
		return Refuse(trace.RequestMalformed, "", "json_fields")
	}
	return nil
}
