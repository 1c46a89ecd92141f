package trace

import (
	"embed"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

//go:embed texts
var files embed.FS

var texts = wording.MustLoad(files, "texts")

// Vocabulary gives the catalogue of the ledger's names and nouns, for those of others that use them.
func Vocabulary() *wording.Catalogue { return texts }
