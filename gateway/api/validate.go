package api

import (
	"errors"
	"net/http"
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
			body, _ := r.Body.(bodyBytes)
			params := map[string]string{}
			for _, name := range c.ParamNames() {
				params[name] = c.Param(name)
			}
			input := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: options}
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

// refusal says which field does not fit, without quoting what was sent.
func refusal(err error) error {
	var request *openapi3filter.RequestError
	var schema *openapi3.SchemaError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return err
	case errors.As(err, &schema):
		field := strings.Join(schema.JSONPointer(), ".")
		if errors.As(err, &request) && request.Parameter != nil {
			field = request.Parameter.Name
		}
		return trace.Errorf(trace.FieldInvalid, field, "%s", schema.Reason)
	case errors.As(err, &request) && request.Parameter != nil:
		return trace.Errorf(trace.FieldInvalid, request.Parameter.Name, "%s", request.Reason)
	case errors.As(err, &request):
		return trace.Errorf(trace.RequestMalformed, "", "the body must be one JSON object (Content-Type: application/json): %s", request.Reason)
	}
	return trace.Errorf(trace.RequestMalformed, "", "the request is not as the interface's document says")
}
