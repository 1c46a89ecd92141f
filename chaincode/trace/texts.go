package trace

import (
	"embed"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

//go:embed texts
var files embed.FS

var texts = wording.MustLoad(files, "texts")
