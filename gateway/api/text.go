package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/door"
)

// onlyText refuses a request whose path, query or key is no text, before anybody
// looks something up by it.
func onlyText(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		for _, name := range c.ParamNames() {
			if !door.IsText(pathParam(c, name)) {
				return refuse(trace.RequestMalformed, name, "no_text")
			}
		}
		if field := door.NotText(c.Request()); field != "" {
			return refuse(trace.RequestMalformed, field, "no_text")
		}
		return next(c)
	}
}

// bodyText does the same for the strings of a JSON body, and names the first
// field that holds a NUL.
func bodyText(body []byte) error {
	if !utf8.Valid(body) {
		return refuse(trace.RequestMalformed, "", "body_no_utf8")
	}
	var v any
	if !bytes.Contains(body, []byte(`\u0000`)) || json.Unmarshal(body, &v) != nil {
		return nil
	}
	if field, found := nulIn("", v); found {
		return refuse(trace.RequestMalformed, field, "no_text")
	}
	return nil
}

func nulIn(at string, v any) (field string, found bool) {
	switch v := v.(type) {
	case string:
		return at, !door.IsText(v)
	case []any:
		for i, x := range v {
			if field, found = nulIn(fmt.Sprintf("%s[%d]", at, i), x); found {
				return field, true
			}
		}
	case map[string]any:
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if !door.IsText(name) {
				return at, true
			}
			inner := name
			if at != "" {
				inner = at + "." + name
			}
			if field, found = nulIn(inner, v[name]); found {
				return field, true
			}
		}
	}
	return "", false
}
