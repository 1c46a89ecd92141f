package reader

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// faultTexts say what is wrong with what was typed or read, and how to mend it.
var faultTexts = trace.Table[string](texts, "fault",
	"gtinMissing", "gtinForm", "gtinCheck", "lotMissing", "lotForm", "serialMissing", "serialForm", "serialLetters",
	"serialLength", "addressShort", "incomplete", "ambiguous", "box", "foreign", "product", "other")

// readerTexts are what /scan says while it works, for reader.js.
var readerTexts = trace.Table[string](
	texts, "reader", "loading", "asking", "looking", "found", "tips", "tipsPhoto", "paused", "again", "refused",
	"noCamera", "busy", "insecure", "unsupported", "wechat", "noDecoder", "notLoaded", "photoBusy", "photoNone",
	"photoBad", "torchOn", "torchOff", "warnWeb", "warnApp", "warnText", "hiddenName", "lookalike",
	"lookalikeOf",
)
