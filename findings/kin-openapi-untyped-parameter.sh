#!/usr/bin/env bash
# kin-openapi calls every value of a query parameter without `type` an empty value
#
# One would guess: in OpenAPI 3.1 a schema may say `const` or `enum` alone; the type follows from the values.
# What happens: the document loads and validates, and then each request is refused with "empty value is not allowed", the listed value
#   included. With `type: string` beside it the same parameter works.
# Version: github.com/getkin/kin-openapi v0.152.0.
# Source: this run; JSON Schema 2020-12 (which OpenAPI 3.1 uses) needs no type.
# Why it matters here: the gateway validates every request by its document (gateway/api), and the answer blames the caller.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

const document = `
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /const:
    get:
      parameters: [{name: v, in: query, schema: {const: "2.0"}}]
      responses: {"200": {description: ok}}
  /enum:
    get:
      parameters: [{name: v, in: query, schema: {enum: ["2.0"]}}]
      responses: {"200": {description: ok}}
  /typed:
    get:
      parameters: [{name: v, in: query, schema: {type: string, const: "2.0"}}]
      responses: {"200": {description: ok}}
`

func main() {
	loaded, err := openapi3.NewLoader().LoadFromData([]byte(document))
	if err != nil {
		panic(err)
	}
	router, err := gorillamux.NewRouter(loaded)
	if err != nil {
		panic(err)
	}
	for _, target := range []string{"/const?v=2.0", "/enum?v=2.0", "/typed?v=2.0", "/typed?v=3.0"} {
		r, _ := http.NewRequest(http.MethodGet, target, nil)
		route, params, err := router.FindRoute(r)
		if err != nil {
			panic(err)
		}
		err = openapi3filter.ValidateRequest(context.Background(), &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route})
		first, _, _ := strings.Cut(fmt.Sprint(err), "\n")
		fmt.Println(target, first)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/getkin/kin-openapi@v0.152.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go list -m github.com/getkin/kin-openapi
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED' || { echo "this has changed"; exit 1; }
/const?v=2.0 parameter "v" in query has an error: empty value is not allowed
/enum?v=2.0 parameter "v" in query has an error: empty value is not allowed
/typed?v=2.0 <nil>
/typed?v=3.0 parameter "v" in query has an error: validation failed due to: at '': value must be '2.0'
EXPECTED
