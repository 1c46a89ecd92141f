package shop

import (
	"html/template"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
)

// Goods says what is shown of goods, for the pages that show it.
type Goods struct{ f page.Frame }

// GoodsIn says it in a page's language.
func GoodsIn(f page.Frame) Goods { return Goods{f} }

// Paragraphs divides a story at its empty lines.
func (g Goods) Paragraphs(t trace.Text) (all []string) {
	for _, p := range strings.Split(t.In(g.f.Lang), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// Mark draws what kind of goods it is, where there is no picture of it.
func (g Goods) Mark(category string) template.HTML {
	if mark, ok := marks[category]; ok {
		return mark
	}
	return marks[""]
}

// marks are drawn in a square of 48 by category; the last one for any other.
var marks = map[string]template.HTML{
	"美妆": `<path d="M20 6h8v7h-8zM22 13v4M26 13v4M17 17h14v22a3 3 0 0 1-3 3h-8a3 3 0 0 1-3-3zM17 27h14"/>`,
	"食品": `<path d="M12 16h20v14a9 9 0 0 1-9 9h-2a9 9 0 0 1-9-9zM32 19h3a5 5 0 0 1 0 10h-3M18 6c-2 3 2 4 0 7M25 6c-2 3 2 4 0 7"/>`,
	"母婴": `<path d="M20 5h8v5h-8zM17 10h14v6H17zM16 16h16l-1 24a3 3 0 0 1-3 3h-8a3 3 0 0 1-3-3zM22 25h4M22 32h4"/>`,
	"家居": `<path d="M14 20h20v20a2 2 0 0 1-2 2H16a2 2 0 0 1-2-2zM24 20v-5M24 5c4 4 3 7 0 9-3-2-4-5 0-9zM14 30h20"/>`,
	"服饰": `<path d="M17 7c2 4 12 4 14 0l10 6-4 8-5-2v22H16V19l-5 2-4-8z"/>`,
	"":   `<path d="M8 15 24 7l16 8v18l-16 8-16-8zM8 15l16 8 16-8M24 23v18M16 11l16 8"/>`,
}

// Disclosed says what was given for an endorsement, by whom. The word 广告 stands
// beside it, as China's Internet Advertising Measures (article 9) ask.
func (g Goods) Disclosed(e content.ShownEndorsement) string {
	if !e.Sponsored {
		return g.f.T("unpaid")
	}
	return g.f.Say("sponsoredBy", wording.Args{"sponsor": e.Sponsor})
}

// ScannedBy says which item the creator had in hand, and when.
func (g Goods) ScannedBy(e content.ShownEndorsement) string {
	if e.ThisItem {
		return g.f.Say("scannedThis", wording.Args{"day": g.f.Time(e.ScannedAt)})
	}
	return g.f.Say("scannedOne", wording.Args{"day": g.f.Time(e.ScannedAt), "lot": e.Lot})
}
