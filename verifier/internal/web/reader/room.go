// Package reader reads labels: with the camera or from a photo, on the phone, or as somebody types
// what is printed. It goes on to the unit's page and says what is wrong with a code that is not
// whole.
package reader

import (
	"embed"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
)

//go:embed assets
var assets embed.FS

//go:embed texts
var textFiles embed.FS

var texts = wording.MustLoad(textFiles, "texts")

// part is what the pages of the reader are made of.
var room = page.NewRoom(page.Part{Files: assets, Texts: texts})

// Handler answers for labels.
type Handler struct {
	Codes *codes.Book
}
