package proof

import (
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Titles say what each check shows where it passes.
var Titles = trace.Table[Check](
	texts, "title", CheckBundle, CheckBlock, CheckOrdering, CheckTransaction, CheckSubmitter, CheckProposal,
	CheckEndorsement, CheckRecord, CheckUnit, CheckAsked, CheckSigned, CheckFacts, CheckCurrent,
)

// Proved is what a whole proof says, and Means what it does not say. Only is said of a bundle without facts; Clear and
// Against of facts by which the unit matches the genuine record, and by which it does not.
var (
	Proved  = text("proved")
	Means   = text("means")
	Only    = text("only")
	Clear   = text("clear")
	Against = text("against")
)

var stated = text("stated")

// Text says who signed the facts, and when.
func (s Statement) Text() trace.Text {
	return stated.With(wording.Args{"at": s.At.Format(time.RFC3339), "signers": strings.Join(s.Signers, ", ")})
}
