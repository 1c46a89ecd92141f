package web

import (
	_ "embed"
	"net/http"

	"github.com/labstack/echo/v4"
)

//go:embed openapi.json
var openAPI []byte

func serveOpenAPI(c echo.Context) error { return c.Blob(http.StatusOK, typeJSON, openAPI) }
