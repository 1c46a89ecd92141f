package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
)

// maxPage bounds a page with its script, compressed.
const maxPage = 30 << 10

// Every verdict's page is well-formed and light, in the reader's language,
// loads nothing from elsewhere, and runs nothing but the one script.
func TestPages(t *testing.T) {
	w := verifiertest.New(t)
	c := newClient(t, w)
	pages := append(scenarios(w), scenario{name: "landing", path: "/"})
	for _, s := range pages {
		for _, lang := range languages {
			rec := c.get(s.path, "Accept-Language", lang)
			name := s.name + " in " + lang
			checkHeaders(t, name, rec.Header())
			body := rec.Body.Bytes()
			if size := zipped(t, body) + zipped(t, scanScript.content); size > maxPage {
				t.Errorf("%s: %d bytes", name, size)
			}
			checkDocument(t, name, lang, body)
		}
	}
}

func checkHeaders(t *testing.T, name string, h http.Header) {
	t.Helper()
	for header, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff",
		"X-Frame-Options": "DENY", "X-Robots-Tag": "noindex", "Content-Type": "text/html; charset=UTF-8",
	} {
		if got := h.Get(header); got != want {
			t.Errorf("%s: %s: %q", name, header, got)
		}
	}
	policy := h.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("%s: policy %q", name, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || !strings.Contains(strings.Join(h.Values("Vary"), ", "), "Accept-Language") {
		t.Errorf("%s: policy %q, Vary %q", name, policy, h.Values("Vary"))
	}
}

func zipped(t *testing.T, b []byte) int {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err1 := z.Write(b)
	if err2 := z.Close(); err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	return out.Len()
}

func checkDocument(t *testing.T, name, lang string, body []byte) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	count := map[atom.Atom]int{}
	for n := range root.Descendants() {
		if !inTemplate(n) {
			count[n.DataAtom]++
		}
		checkElement(t, name, lang, n)
		if n.Type == html.TextNode && strings.ContainsAny(n.Data, "{}") && n.Parent.DataAtom != atom.Style {
			t.Errorf("%s: text %q", name, n.Data)
		}
	}
	if count[atom.H1] != 1 || count[atom.Main] != 1 || count[atom.Title] != 1 || count[atom.Script] > 2 {
		t.Errorf("%s: %v", name, count)
	}
}

// inTemplate reports whether an element is there only to be put in another's place.
func inTemplate(n *html.Node) bool {
	for p := range n.Ancestors() {
		if p.DataAtom == atom.Template {
			return true
		}
	}
	return false
}

func checkElement(t *testing.T, name, lang string, n *html.Node) {
	t.Helper()
	for _, a := range n.Attr {
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			t.Errorf("%s: <%s %s=%q> would be refused by the policy", name, n.Data, a.Key, a.Val)
		case (a.Key == "href" || a.Key == "src" || a.Key == "action") && !isOwn(a.Val):
			t.Errorf("%s: <%s %s=%q> leads elsewhere", name, n.Data, a.Key, a.Val)
		case n.DataAtom == atom.Html && a.Key == "lang" && a.Val != lang:
			t.Errorf("%s: lang %q", name, a.Val)
		}
	}
	switch n.DataAtom {
	case atom.Script:
		if n.FirstChild != nil {
			t.Errorf("%s: a script stands in the page", name)
		}
	case atom.Style:
		if !strings.Contains(policy, "'sha256-"+digestBase64([]byte(n.FirstChild.Data))+"'") {
			t.Errorf("%s: the policy refuses the style", name)
		}
	case atom.Input:
		if n.Parent.DataAtom != atom.Label && attribute(n, "type") != "hidden" {
			t.Errorf("%s: a field has no label", name)
		}
	}
}

func isOwn(link string) bool {
	return strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//") || strings.HasPrefix(link, "?lang=") || strings.HasPrefix(link, "#") || link == "data:,"
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// Only a page about a unit that exists carries a nonce and the script that sends it.
func TestNonceIsInThePage(t *testing.T) {
	w := verifiertest.New(t)
	c := newClient(t, w)
	for _, s := range scenarios(w) {
		body := c.get(s.path).Body.String()
		known := s.verdict != "not_recognised"
		if strings.Contains(body, `name="scan-nonce"`) != known || strings.Contains(body, scanScript.path) != known {
			t.Errorf("%s: %s", s.name, body[:600])
		}
	}
	rec := c.get(scanScript.path)
	if rec.Code != http.StatusOK || rec.Body.String() != string(scanScript.content) || !strings.Contains(rec.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("script: %d %v", rec.Code, rec.Header())
	}
}

// What merchants write comes out as text, never as markup.
func TestPageEscapes(t *testing.T) {
	w := verifiertest.New(t)
	s := scenarios(w)
	w.Exec(`update ledger.product set doc = jsonb_set(doc, '{name,zh-CN}', '"<script>alert(1)</script>"')`)
	w.Exec(`update ledger.party set doc = jsonb_set(doc, '{name,zh-CN}', '"<img src=x onerror=alert(1)>\" onload=\"x"')`)
	c := newClient(t, w)
	body := c.get(s[0].path).Body.String()
	if strings.Contains(body, "<script>") || strings.Contains(body, "<img src") || !strings.Contains(body, "&lt;script&gt;") {
		t.Error(body)
	}
	checkDocument(t, "hostile names", chinese, []byte(body))
}
