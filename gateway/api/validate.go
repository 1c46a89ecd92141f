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
				return refuse(trace.RequestMalformed, "", "form_type")
			}
			body, _ := r.Body.(bodyBytes)
			if !isForm && len(body.all) > 0 && !json.Valid(body.all) {
				return refuse(trace.RequestMalformed, "", "json_object")
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
		return refuse(trace.RequestMalformed, "", "most_values", "most", mostValues)
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

// plainName is a property's name that may be quoted.
var plainName = regexp.MustCompile(`^[A-Za-z0-9-]{1,40}$`)

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
		if name := unknownProperty(schema); schema.SchemaField == "properties" && name != "" {
			at = append(at, name)
		}
		field := strings.Join(at, ".")
		if errors.As(err, &request) && request.Parameter != nil {
			field = request.Parameter.Name
		}
		return misfit(schema, field)
	case errors.As(err, &request) && request.Parameter != nil:
		return refuse(trace.FieldInvalid, request.Parameter.Name, "parameter")
	case errors.As(err, &request):
		return refuse(trace.RequestMalformed, "", "json_object")
	}
	return refuse(trace.RequestMalformed, "", "document")
}
