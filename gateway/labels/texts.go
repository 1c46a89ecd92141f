package labels

import (
	"embed"
	"fmt"
	"strconv"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

//go:embed texts
var textFiles embed.FS

// texts are what the package says to people, see wording.Catalogue.
var texts = wording.MustLoad(textFiles, "texts")

var refuse = trace.RefusalsOf("labels", texts).Because

// decimal gives a number as a sentence quotes it, with so many places.
func decimal(places int, x float64) string { return strconv.FormatFloat(x, 'f', places, 64) }

// cut gives the beginning of what somebody wrote.
func cut(text string) string { return fmt.Sprintf("%.60s", text) }
