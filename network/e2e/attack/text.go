package main

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
)

// noText puts NUL and bytes that are no UTF-8 into the path and the query of every
// operation of both programs: forty answered 500.
var noText = attack{"no text", func(ctx context.Context, t *target) ([]figure, error) {
	asked, broken := 0.0, 0.0
	for _, base := range []string{t.Gateway, t.Verifier} {
		_, text, err := t.ask(ctx, http.MethodGet, base+"/api/openapi.json", "", nil)
		if err != nil {
			return nil, err
		}
		var document struct {
			Paths map[string]map[string]json.RawMessage `json:"paths"`
		}
		if err := json.Unmarshal([]byte(text), &document); err != nil {
			return nil, err
		}
		for path, methods := range document.Paths {
			for method := range methods {
				for _, bad := range []string{"%00", "%ff%fe"} {
					url := base + inPath.ReplaceAllLiteralString(path, bad) + "?q=" + bad
					status, _, err := t.ask(ctx, strings.ToUpper(method), url, "", nil)
					if err != nil {
						return nil, err
					}
					if asked++; status == http.StatusInternalServerError {
						broken++
					}
				}
			}
		}
	}
	return []figure{{"requests asked", asked, 10_000, ""}, {"of them answered 500", broken, 0, ""}}, nil
}}

var inPath = regexp.MustCompile(`\{[^}]+\}`)
