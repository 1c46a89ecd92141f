package access

import (
	"embed"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

//go:embed texts
var textFiles embed.FS

// texts are what the package says to people, see wording.Catalogue.
var texts = wording.MustLoad(textFiles, "texts", trace.Vocabulary())

var refuse = trace.RefusalsOf("door", texts).Because
