package owner

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// ownerSays are the texts that the owner's scripts put in; {x} stands for a fact.
var ownerSays = leftOpen(trace.Table[string](
	texts, "ownerSays", "claiming", "unknown", "failed", "claimed", "copied", "mine", "triesLeft",
	"lockedUntil", "reading", "invalid", "noCrypto", "yours", "normal", "stolenOn", "renewed", "passed",
	"reported", "foundDone",
))

// leftOpen keeps {x} where a script puts a fact in.
func leftOpen(says map[string]trace.Text) map[string]trace.Text {
	for name, text := range says {
		says[name] = text.With(wording.Args{"d": "{d}", "n": "{n}", "t": "{t}"})
	}
	return says
}
