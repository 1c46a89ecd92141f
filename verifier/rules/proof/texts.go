package proof

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// Titles say what each check shows where it passes.
var Titles = trace.Table[Check](texts, "title",
	CheckBundle, CheckBlock, CheckOrdering, CheckTransaction, CheckSubmitter, CheckProposal, CheckEndorsement, CheckRecord,
	CheckUnit, CheckAsked, CheckSigned, CheckFacts, CheckCurrent)

// Proved is what a whole proof says, and Means what it does not say.
var (
	Proved = text("proved")
	Means  = text("means")
)
