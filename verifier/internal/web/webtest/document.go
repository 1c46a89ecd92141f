package webtest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
)

// Languages are the reader's.
var Languages = []string{wording.Chinese, wording.English}

// MaxPage bounds a page with its script, compressed.
const MaxPage = 30 << 10

// CheckHeaders holds that a page is kept from others, and runs nothing of theirs.
func CheckHeaders(t testing.TB, name string, h http.Header) {
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
	if strings.Contains(policy, "unsafe") ||
		!strings.Contains(strings.Join(h.Values("Vary"), ", "), "Accept-Language") {
		t.Errorf("%s: policy %q, Vary %q", name, policy, h.Values("Vary"))
	}
}

// CheckDocument holds that a page is whole, in its language, loads nothing from elsewhere, and runs
// nothing but its own scripts.
func CheckDocument(t testing.TB, name, lang string, body []byte) {
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

func checkElement(t testing.TB, name, lang string, n *html.Node) {
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
		if !strings.Contains(page.Policy, "'sha256-"+digest(n.FirstChild.Data)+"'") {
			t.Errorf("%s: the policy refuses the style", name)
		}
	case atom.Input:
		if n.Parent.DataAtom != atom.Label && attribute(n, "type") != "hidden" {
			t.Errorf("%s: a field has no label", name)
		}
	}
}

func isOwn(link string) bool {
	return strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//") || strings.HasPrefix(link, "?lang=") ||
		strings.HasPrefix(link, "#") ||
		link == "data:,"
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func digest(style string) string {
	sum := sha256.Sum256([]byte(style))
	return base64.StdEncoding.EncodeToString(sum[:])
}
