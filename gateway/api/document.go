package api

import (
	"context"
	_ "embed"
	"encoding/json"
	"net/http"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

//go:embed openapi.yaml
var openapiYAML []byte

// document is openapi.yaml, loaded.
type document struct {
	spec *openapi3.T
	json []byte
}

func loadDocument() (*document, error) {
	spec, err := openapi3.NewLoader().LoadFromData(openapiYAML)
	if err != nil {
		return nil, err
	}
	if err := spec.Validate(context.Background()); err != nil {
		return nil, err
	}
	problem.Gateway.Describe(spec)
	b, err := json.Marshal(spec)
	return &document{spec: spec, json: b}, err
}

// routes gives every operation by its id.
func (d *document) routes() map[string]*routers.Route {
	all := map[string]*routers.Route{}
	for path, item := range d.spec.Paths.Map() {
		for method, op := range item.Operations() {
			all[op.OperationID] = &routers.Route{
				Spec:      d.spec,
				Path:      path,
				PathItem:  item,
				Method:    method,
				Operation: op,
			}
		}
	}
	return all
}

func (d *document) addRoutes(e *echo.Echo) error {
	page, err := d.page()
	if err != nil {
		return err
	}
	e.GET("/api/openapi.json", func(c echo.Context) error { return c.JSONBlob(http.StatusOK, d.json) })
	e.GET("/api/docs", func(c echo.Context) error {
		c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		return c.HTMLBlob(http.StatusOK, page)
	})
	return nil
}
