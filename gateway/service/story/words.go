package story

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// stateWords name in reports where units are.
var stateWords = trace.Table[trace.State](texts, "state",
	trace.Held, trace.InTransit, trace.Sold, trace.Consumed, trace.Removed)

// worded gives a name in the reader's words, or as it is where nobody has given it words.
func worded[K ~string](words map[K]trace.Text, name K, language string) string {
	if text, known := words[name]; known {
		return text.In(language)
	}
	return string(name)
}
