#!/usr/bin/env bash
# One request is held against one document by two validators, with two kinds of errors
#
# One would guess: a schema that stands once in a document (components, used by a query parameter and by a property of the body) refuses the
#   same value with the same error, in which the schema that was missed can be read.
# What happens: with an OpenAPI 3.1 document the body goes through the library's own validator and the parameter through a JSON Schema
#   library. The parameter's error has other words, quotes the value that was sent, and its Schema is nil, so the bound can be reached
#   only in the wrapped error of the other library. A program that reads SchemaError.Schema works for bodies and fails for parameters.
#   With the same document marked 3.0 both come from one validator.
# Version: github.com/getkin/kin-openapi v0.152.0.
# Source: this run.
# Why it matters here: a refusal names field and bound in the reader's language and never repeats what was sent. gateway/api/misfit.go reads
#   both kinds of errors (TestDetailsInBothLanguages).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > main.go <<'GO'
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

const document = `
openapi: VERSION
info: {title: t, version: "1"}
components:
  schemas:
    Count: {type: integer, maximum: 200}
paths:
  /boxes:
    post:
      parameters: [{name: count, in: query, schema: {$ref: "#/components/schemas/Count"}}]
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {count: {$ref: "#/components/schemas/Count"}}}
      responses: {"200": {description: ok}}
`

func main() {
	for _, version := range []string{"3.0.3", "3.1.0"} {
		loaded, err := openapi3.NewLoader().LoadFromData([]byte(strings.Replace(document, "VERSION", version, 1)))
		if err != nil {
			panic(err)
		}
		router, err := gorillamux.NewRouter(loaded)
		if err != nil {
			panic(err)
		}
		for _, in := range []struct{ where, target, body string }{
			{"parameter", "/boxes?count=1000", `{}`},
			{"body", "/boxes?count=1", `{"count": 1000}`},
		} {
			r, _ := http.NewRequest(http.MethodPost, in.target, strings.NewReader(in.body))
			r.Header.Set("Content-Type", "application/json")
			route, params, err := router.FindRoute(r)
			if err != nil {
				panic(err)
			}
			err = openapi3filter.ValidateRequest(context.Background(),
				&openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route})
			var missed *openapi3.SchemaError
			if !errors.As(err, &missed) {
				panic(err)
			}
			fmt.Printf("%s %s: %q, keyword %q, its schema can be read: %t\n",
				version, in.where, missed.Reason, missed.SchemaField, missed.Schema != nil)
		}
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
3.0.3 parameter: "number must be at most 200", keyword "maximum", its schema can be read: true
3.0.3 body: "number must be at most 200", keyword "maximum", its schema can be read: true
3.1.0 parameter: "jsonschema validation failed with 'https://example.com/schema.json#'\n- at '': maximum: got 1,000, want 200", keyword "maximum", its schema can be read: false
3.1.0 body: "number must be at most 200", keyword "maximum", its schema can be read: true
EXPECTED
