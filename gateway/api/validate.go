package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// validator holds requests to what the document says of the operation. Forms
// are checked by their handler, which reads them as a stream.
func validator(route *routers.Route, isForm bool) echo.MiddlewareFunc {
	options := &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, // admit has done it
		ExcludeRequestBody: isForm,
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			if isForm && !strings.HasPrefix(r.Header.Get(echo.HeaderContentType), echo.MIMEMultipartForm) {
				return trace.Errorf(trace.RequestMalformed, "", "send a form (Content-Type: multipart/form-data)")
			}
			body, _ := r.Body.(bodyBytes)
			if !isForm && len(body.all) > 0 && !json.Valid(body.all) {
				return trace.Errorf(
					trace.RequestMalformed, "", "the body must be one JSON object (Content-Type: application/json)",
				)
			}
			if !isForm {
				if err := errors.Join(fewValues(body.all), bodyText(body.all)); err != nil {
					return err
				}
			}
			params := map[string]string{}
			for _, name := range c.ParamNames() {
				params[name] = pathParam(c, name)
			}
			input := &openapi3filter.RequestValidationInput{
				Request:    r,
				PathParams: params,
				Route:      route,
				Options:    options,
			}
			if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
				return refusal(err)
			}
			if body.Reader != nil {
				setBody(r, body.all)
			}
			return next(c)
		}
	}
}

// mostValues bounds the values of a body: two bytes of JSON are fifty and more in
// memory while they are held against the document. A batch that lists all its
// serials stays within it.
const mostValues = 250_000

// fewValues refuses a body with more, before it is unpacked.
func fewValues(body []byte) error {
	values, text, escaped := 0, false, false
	for _, b := range body {
		switch {
		case escaped:
			escaped = false
		case b == '\\':
			escaped = text
		case b == '"':
			text = !text
		case !text && (b == ',' || b == '[' || b == '{'):
			values++
		}
	}
	if values > mostValues {
		return trace.Errorf(
			trace.RequestMalformed, "", "the body has more than %d values; send it in parts", mostValues,
		)
	}
	return nil
}

// pathParam gives a part of the path as it is meant. The router leaves it
// escaped where an escape changes the path, as that of a slash does.
func pathParam(c echo.Context, name string) string {
	value := c.Param(name)
	if c.Request().URL.RawPath == "" {
		return value
	}
	if plain, err := url.PathUnescape(value); err == nil {
		return plain
	}
	return value
}

// isForm reports whether an operation takes a form.
func isForm(op *openapi3.Operation) bool {
	return op.RequestBody != nil && op.RequestBody.Value.Content[echo.MIMEMultipartForm] != nil
}

// namedProperty finds the field in a complaint about one that is missing or
// that nobody knows.
var namedProperty = regexp.MustCompile(`^property "([A-Za-z0-9-]{1,40})" is (?:missing|unsupported)$`)

// validatorTalk is what the validator says of itself before it says what is wrong.
var validatorTalk = regexp.MustCompile(`(?s)^jsonschema validation failed.*?- at '[^']*': `)

// quotedValue is the value that the validator quotes before it says what is
// wrong with it.
var quotedValue = regexp.MustCompile(`(?s)^(?:'.*'|".*")( )`)

// refusal says which field does not fit, without quoting what was sent.
func refusal(err error) error {
	var request *openapi3filter.RequestError
	var schema *openapi3.SchemaError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return err
	case errors.As(err, &schema):
		at := schema.JSONPointer()
		if m := namedProperty.FindStringSubmatch(schema.Reason); m != nil && (len(at) == 0 || at[len(at)-1] != m[1]) {
			at = append(at, m[1])
		}
		field := strings.Join(at, ".")
		if errors.As(err, &request) && request.Parameter != nil {
			field = request.Parameter.Name
		}
		return trace.Errorf(
			trace.FieldInvalid,
			field,
			"%.200s",
			quotedValue.ReplaceAllString(validatorTalk.ReplaceAllString(schema.Reason, ""), "the value$1"),
		)
	case errors.As(err, &request) && request.Parameter != nil:
		return trace.Errorf(trace.FieldInvalid, request.Parameter.Name, "not a value that this parameter takes")
	case errors.As(err, &request):
		return trace.Errorf(
			trace.RequestMalformed, "", "the body must be one JSON object (Content-Type: application/json)",
		)
	}
	return trace.Errorf(trace.RequestMalformed, "", "the request is not as the interface's document says")
}
