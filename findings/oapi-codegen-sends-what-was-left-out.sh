#!/usr/bin/env bash
# oapi-codegen's client sends an empty query value for an optional parameter that was left out
#
# One would guess: `prefer-skip-optional-pointer` changes how an optional parameter is written in Go, a string in place of a *string
#   whose zero value is left out of the request, as `omitempty` does for the fields of a body under the same setting.
# What happens: body fields get `omitempty,omitzero` and stay out; query parameters are sent whatever they hold: `?after=&limit=0&open=false`.
#   A server that asks whether a parameter is there sees one that is, empty; one that validates refuses `limit=0` below its minimum.
# Version: github.com/oapi-codegen/oapi-codegen/v2 v2.8.2 with github.com/oapi-codegen/runtime v1.8.0.
# Source: this run, against a server of the standard library that prints what arrives.
# Why it matters here: the gateway's client is generated so, and a list would be asked for with the status "" and the limit 0;
#   merchant-portal/client takes empty values out of every query before it is sent (leaveOut).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > api.yaml <<'Y'
openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /list:
    post:
      operationId: List
      parameters:
        - {name: after, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1}}
        - {name: open, in: query, schema: {type: boolean}}
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {note: {type: string}}}
      responses: {"200": {description: ok}}
Y
cat > cfg.yaml <<'Y'
package: main
output: client.gen.go
generate: {models: true, client: true}
output-options: {prefer-skip-optional-pointer: true}
Y
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
)

func main() {
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Printf("query %q, body %s\n", r.URL.RawQuery, body)
	}))
	defer s.Close()
	c, err := NewClient(s.URL)
	if err != nil {
		panic(err)
	}
	if _, err := c.List(context.Background(), &ListParams{}, ListJSONRequestBody{}); err != nil {
		panic(err)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get -tool github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 >/dev/null 2>&1
go get github.com/oapi-codegen/runtime@v1.8.0 >/dev/null 2>&1
go tool oapi-codegen -config cfg.yaml api.yaml
go mod tidy >/dev/null 2>&1
go list -m github.com/oapi-codegen/oapi-codegen/v2 github.com/oapi-codegen/runtime
seen=$(go run .)
echo "$seen"
[ "$seen" = 'query "after=&limit=0&open=false", body {}' ] || { echo "no longer what was seen"; exit 1; }
