package unit_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/unit"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
)

// Every verdict's page is well-formed and light, in the reader's language,
// loads nothing from elsewhere, and runs nothing but the one script.
func TestPages(t *testing.T) {
	w := verifiertest.New(t)
	c := webtest.New(t, w)
	pages := append(scenarios(w), scenario{name: "landing", path: "/"})
	for _, s := range pages {
		for _, lang := range webtest.Languages {
			rec := c.Get(s.path, "Accept-Language", lang)
			name := s.name + " in " + lang
			webtest.CheckHeaders(t, name, rec.Header())
			body := rec.Body.Bytes()
			if size := webtest.Zipped(t, body) + c.Get(
				unit.Script.Path, "Accept-Encoding", "gzip",
			).Body.Len(); size > webtest.MaxPage {
				t.Errorf("%s: %d bytes", name, size)
			}
			webtest.CheckDocument(t, name, lang, body)
		}
	}
}

// Only a page about a unit that exists carries a nonce and the script that sends it.
func TestNonceIsInThePage(t *testing.T) {
	w := verifiertest.New(t)
	c := webtest.New(t, w)
	for _, s := range scenarios(w) {
		body := c.Get(s.path).Body.String()
		known := s.verdict != "not_recognised"
		if strings.Contains(body, `name="scan-nonce"`) != known || strings.Contains(body, unit.Script.Path) != known {
			t.Errorf("%s: %s", s.name, body[:600])
		}
	}
	rec := c.Get(unit.Script.Path)
	if rec.Code != http.StatusOK || rec.Body.Len() == 0 ||
		!strings.Contains(rec.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("script: %d %v", rec.Code, rec.Header())
	}
}

// What merchants write comes out as text, never as markup.
func TestPageEscapes(t *testing.T) {
	w := verifiertest.New(t)
	s := scenarios(w)
	w.Exec(`update ledger.product set doc = jsonb_set(doc, '{name,zh-CN}', '"<script>alert(1)</script>"')`)
	w.Exec(
		`update ledger.party set doc = jsonb_set(doc, '{name,zh-CN}', '"<img src=x onerror=alert(1)>\" onload=\"x"')`,
	)
	c := webtest.New(t, w)
	body := c.Get(s[0].path).Body.String()
	if strings.Contains(body, "<script>") || strings.Contains(body, "<img src") ||
		!strings.Contains(body, "&lt;script&gt;") {
		t.Error(body)
	}
	webtest.CheckDocument(t, "hostile names", wording.Chinese, []byte(body))
}
