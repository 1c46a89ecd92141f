// Package privacy tells what is kept of those who scan, why, for how long, and who sees it.
package privacy

import (
	"embed"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
)

//go:embed assets
var assets embed.FS

//go:embed texts
var textFiles embed.FS

var texts = wording.MustLoad(textFiles, "texts")

func text(key string) trace.Text { return trace.Say(texts, key) }

var room = page.NewRoom(page.Part{Files: assets, Texts: texts})

// Handler answers with the page.
type Handler struct {
	Contact string // who answers for what is kept of shoppers, and how to reach them
}
