package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Lots of 20 characters that an address must escape work on every route that names a lot.
func TestLotsOfSigns(t *testing.T) {
	w := newWorld(t)
	doc, err := loadDocument()
	if err != nil {
		t.Fatal(err)
	}
	w.must("maker", 201, "POST", "/api/v1/products", product("6998801000012"))
	for _, odd := range []string{strings.Repeat("/", 20), "A%41/B%2F+&?=;,:!'()*", "2026/10/02-A/B/C/D/E"} {
		odd = odd[:min(20, len(odd))]
		w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, odd, 3))
		escaped := url.PathEscape(odd)
		asked := 0
		for _, r := range doc.routes() {
			route := r.Path
			if r.Method != http.MethodGet || !strings.Contains(route, "{gtin}") || !strings.Contains(route, "{lot}") ||
				strings.Contains(route, "{serial}") ||
				strings.Contains(route, "{index}") {
				continue
			}
			target := strings.NewReplacer("{gtin}", gtin, "{lot}", escaped).
				Replace(route) +
				"?format=csv" // which the report asks for
			asked++
			if a := w.ask(
				"maker", "GET", target, nil,
			); a.status == 422 || a.status == 400 || a.status == 404 && a.body["code"] == "ROUTE_UNKNOWN" ||
				a.status == 404 && a.body["code"] == "BATCH_UNKNOWN" {
				t.Errorf("%s: %d %s", target, a.status, a.raw)
			}
		}
		if asked < 3 {
			t.Errorf("only %d routes name a lot", asked)
		}
		if got := w.must("maker", 200, "GET", path("/batches/%s/%s", gtin, escaped), nil).body["lot"]; got != odd {
			t.Errorf("%q is answered for %q", got, odd)
		}
	}
}
