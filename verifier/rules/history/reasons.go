package history

import (
	"embed"
	"maps"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// The checks of a whole file, beside those of each transaction and block.
const (
	CheckFile     proof.Check = "file"     // it is a history of this version, whole, and of the batch in question
	CheckLinked   proof.Check = "linked"   // the blocks follow each other, up to one that the auditor trusts
	CheckEvents   proof.Check = "events"   // each event is the batch's, there once, and told what it wrote
	CheckOrder    proof.Check = "order"    // what each transaction had read was the newest, so none is missing before it
	CheckMoves    proof.Check = "moves"    // each move took units from where the events before had put them
	CheckComplete proof.Check = "complete" // count, root and versions are those that the organisations signed
	CheckStanding proof.Check = "standing" // what the events make of the batch is what the organisations signed
)

// Checks are all that is checked of a history, in the order in which they are told.
var Checks = []proof.Check{CheckFile, proof.CheckAsked, proof.CheckSigned, proof.CheckCurrent, CheckLinked,
	proof.CheckOrdering, proof.CheckTransaction, proof.CheckSubmitter, proof.CheckProposal, proof.CheckEndorsement,
	CheckEvents, CheckOrder, CheckMoves, CheckComplete, CheckStanding}

// The reasons, beside those of proof.
const (
	ReasonNotAHistory  proof.Reason = "NOT_A_HISTORY"
	ReasonCut          proof.Reason = "CUT"
	ReasonOtherBatch   proof.Reason = "OTHER_LOT"
	ReasonNotLinked    proof.Reason = "NOT_LINKED"
	ReasonOtherHead    proof.Reason = "OTHER_HEAD"
	ReasonHeadNotIn    proof.Reason = "HEAD_NOT_IN"
	ReasonNotOfBatch   proof.Reason = "NOT_OF_THE_LOT"
	ReasonTwice        proof.Reason = "EVENT_TWICE"
	ReasonNotNoted     proof.Reason = "NOT_NOTED"
	ReasonOtherObject  proof.Reason = "OTHER_OBJECT"
	ReasonMissing      proof.Reason = "EVENT_MISSING"
	ReasonNotThere     proof.Reason = "UNITS_NOT_THERE"
	ReasonOtherCount   proof.Reason = "OTHER_COUNT"
	ReasonOtherEvents  proof.Reason = "OTHER_EVENTS"
	ReasonKeyUnread    proof.Reason = "KEY_UNREAD"
	ReasonOtherEnd     proof.Reason = "OTHER_END"
	ReasonUnregistered proof.Reason = "NOT_REGISTERED"
)

//go:embed texts
var textFiles embed.FS

// texts are what the package says to people, see wording.Catalogue.
var texts = wording.MustLoad(textFiles, "texts")

// Titles say what each check shows where it passes.
var Titles = with(proof.Titles, trace.Table[proof.Check](
	texts, "title", CheckFile, proof.CheckAsked, proof.CheckSigned, proof.CheckCurrent, CheckLinked,
	proof.CheckOrdering, proof.CheckTransaction, proof.CheckSubmitter, proof.CheckProposal,
	proof.CheckEndorsement, CheckEvents, CheckOrder, CheckMoves, CheckComplete, CheckStanding,
))

// Reasons say why a check failed.
var Reasons = with(proof.Reasons, trace.Table[proof.Reason](
	texts, "reason", ReasonNotAHistory, ReasonCut, ReasonOtherBatch, ReasonNotLinked, ReasonOtherHead,
	ReasonHeadNotIn, ReasonNotOfBatch, ReasonTwice, ReasonNotNoted, ReasonOtherObject, ReasonMissing,
	ReasonNotThere, ReasonOtherCount, ReasonOtherEvents, ReasonKeyUnread, ReasonOtherEnd, ReasonUnregistered,
))

func with[K ~string](all, more map[K]trace.Text) map[K]trace.Text {
	both := maps.Clone(all)
	maps.Copy(both, more)
	return both
}

// Words are what a report names.
var Words = trace.Table[string](texts, "word", "lot", "signed", "chain", "where")

var (
	proved  = trace.Say(texts, "proved")
	means   = trace.Say(texts, "means")
	unnoted = trace.Say(texts, "unnoted")
)

// Proved says what was proved, and what was not.
func (r Report) Proved() []trace.Text {
	all := []trace.Text{proved.With(wording.Args{"events": r.Events, "at": r.At.Format("2006-01-02T15:04:05Z07:00")})}
	if r.Unnoted > 0 {
		all = append(all, unnoted.With(wording.Args{"events": r.Unnoted}))
	}
	return append(all, means)
}
