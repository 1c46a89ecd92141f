// Package shop is what merchants, creators and other shoppers say beside a unit's verdict: stories,
// pictures, links to buy, endorsements, reviews, and the badges that shops put on their own pages.
// Nobody is sold to on a warning.
package shop

import (
	"embed"
	"log/slog"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
)

//go:embed assets
var assets embed.FS

//go:embed texts
var textFiles embed.FS

var texts = wording.MustLoad(textFiles, "texts")

// Part is what other rooms' pages show of it.
var Part = page.Part{Files: assets, Texts: texts, Words: []string{"unpaid", "sponsoredBy", "scannedThis", "scannedOne"}}

var room = page.NewRoom(Part)

// EndorseScript is that of the form in which creators endorse.
var EndorseScript = page.NewScript(assets, "endorse", "endorse.js")

// Handler answers for what is said about goods.
type Handler struct {
	Codes    *codes.Book
	Judge    *codes.Judge
	Visitors *visitor.Desk
	Records  codes.Records
	Shelves  Shelves
	Pictures Pictures
	Badges   Badges
	Creators Creators
	Clicks   Clicks
	Reviews  Reviews
	Log      *slog.Logger
}
