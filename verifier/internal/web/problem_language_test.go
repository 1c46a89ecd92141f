package web_test

import (
	"encoding/json"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// What a problem says, its title and what is wrong, is in the language that was asked for.
func TestEveryProblemIsInTheLanguageAskedFor(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t))
	han := regexp.MustCompile(`\p{Han}`)
	for language, wanted := range map[string]bool{"zh-CN,en;q=0.5": true, "en": false, "": true, "ja": false} {
		for name, r := range map[string]*httptest.ResponseRecorder{
			"JSON":       c.Post("/api/v1/activations", "{}x", "Accept-Language", language),
			"a fact":     c.Post("/api/v1/ownership", `{"act":"lend"}`, "Accept-Language", language),
			"a link":     c.Post("/reports/none/withdrawal", "", "Accept-Language", language, "Accept", problem.MediaType),
			"a number":   c.Get("/api/v1/decisions?offset=-1", "Accept-Language", language),
			"the ledger": c.Get("/api/v1/related?gtin=7", "Accept-Language", language),
		} {
			var p problem.Document
			if err := json.Unmarshal(r.Body.Bytes(), &p); err != nil || p.Detail == "" {
				t.Errorf("%s: %v: %s", name, err, r.Body)
			}
			for _, told := range []string{p.Title, p.Detail} {
				if han.MatchString(told) != wanted {
					t.Errorf("%s, in %q (%s): %q", name, language, wording.Choose(language), told)
				}
			}
		}
	}
}
