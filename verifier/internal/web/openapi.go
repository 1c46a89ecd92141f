package web

import (
	_ "embed"
	"net/http"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

//go:embed openapi.yaml
var openAPI []byte

// openAPIDocument is the document as JSON.
var openAPIDocument = sync.OnceValues(func() ([]byte, error) {
	document, err := openapi3.NewLoader().LoadFromData(openAPI)
	if err != nil {
		return nil, err
	}
	problem.Verifier.Describe(document)
	return document.MarshalJSON()
})

func serveOpenAPI(c echo.Context) error {
	document, err := openAPIDocument()
	if err != nil {
		return err
	}
	return c.JSONBlob(http.StatusOK, document)
}
