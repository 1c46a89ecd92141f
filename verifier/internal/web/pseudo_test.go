package web_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
)

var (
	innermost = regexp.MustCompile(`⟦[^⟦⟧]*⟧`)
	data      = regexp.MustCompile(
		`试金石|Touchstone|中文|EN$|Freeze-dried coffee 3 g x 24|L1$|澄岩|Chengyan Foods|Heyu Stores|广东广州|3g×24|F6B7BH|` +
			`\d+\x{a0}(Nov\x{a0}2026|Mar\x{a0}2027)|shop\.example|^R[A-Z2-7]{16}$|(?i:https?://)?(?i:trace\.example\.com)\S*`,
	)
)

// A page in the made-up language has no letters outside of ⟦ and ⟧ but those of names, codes and addresses.
func TestEveryTextIsInACatalogue(t *testing.T) {
	if err := wording.LearnPseudo(); err != nil {
		t.Fatal(err)
	}
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	w.Exec(
		`insert into app.badge (id, gtin, lot, host, seller, issuer, account, expires_at) values ($1, $2, 'L1', 'shop.example', $3, $4, 'a', '2027-03-01')`,
		"BAAAAAAAAAAAAAAAA",
		verifiertest.GTIN,
		verifiertest.Seller,
		verifiertest.Producer,
	)
	c := webtest.New(t, w)
	unit := url.QueryEscape(webtest.Host + b.Path(7))
	report := c.Report(webtest.Forged(b), url.Values{"text": {"QQQ"}}, "Accept", "text/html")
	receipt, _, _ := strings.Cut(report.Header().Get("Location"), "?")
	for _, page := range []string{
		b.Path(7), "/", "/scan", "/privacy", "/reports", receipt, "/decisions", "/complaints/new?uri=" + unit, "/owner", "/badges/BAAAAAAAAAAAAAAAA",
		"/endorsements/new", "/nothing",
	} {
		root, err := html.Parse(
			strings.NewReader(c.Get(page+asked(page)+wording.Pseudo, "Accept", "text/html").Body.String()),
		)
		if err != nil {
			t.Fatal(err)
		}
		said := 0
		for n := range root.Descendants() {
			if n.Type != html.TextNode || n.Parent.DataAtom == atom.Style || n.Parent.DataAtom == atom.Script ||
				n.Parent.DataAtom == atom.Noscript {
				continue
			}
			said += strings.Count(n.Data, "⟦")
			rest := data.ReplaceAllString(n.Data, "")
			for innermost.MatchString(rest) {
				rest = innermost.ReplaceAllString(rest, "")
			}
			if strings.ContainsFunc(rest, unicode.IsLetter) {
				t.Errorf("%s: %q", page, n.Data)
			}
		}
		if said == 0 {
			t.Errorf("%s says nothing in the made-up language", page)
		}
	}
}

// asked begins the language that a page is asked for in.
func asked(page string) string {
	if strings.Contains(page, "?") {
		return "&lang="
	}
	return "?lang="
}
