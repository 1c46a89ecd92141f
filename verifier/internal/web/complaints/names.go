package complaints

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// statusNames say where a case stands.
var statusNames = trace.Table[trace.ComplaintStatus](texts, "status",
	feedback.Received, trace.ComplaintOpen, trace.ComplaintAnswered, trace.ComplaintDecided, trace.ComplaintAppealed,
	trace.ComplaintWithdrawn, trace.ComplaintEscalated)

// outcomeNames say what came out.
var outcomeNames = trace.Table[trace.Outcome](texts, "outcome",
	trace.CounterfeitConfirmed, trace.FoundGenuine, trace.CannotTell, trace.OutcomeWithdrawn)

// kindNames say which of a case's decisions one is.
var kindNames = trace.Table[trace.DecisionKind](texts, "kind",
	trace.FirstDecision, trace.AppealDecision, trace.Amendment)

// Told is what pages say of complaints and reports.
type Told struct{ lang string }

// ToldIn gives it in a language.
func ToldIn(lang string) Told { return Told{lang} }

// OutcomeText names an outcome.
func (t Told) OutcomeText(o trace.Outcome) string { return outcomeNames[o].In(t.lang) }

// KindText names a kind of decision.
func (t Told) KindText(k trace.DecisionKind) string { return kindNames[k].In(t.lang) }

// ReportBounds are the lengths of the fields of a report, in characters.
func (Told) ReportBounds() struct{ Place, Text, Contact int } {
	return struct{ Place, Text, Contact int }{feedback.MaxPlace, feedback.MaxReport, feedback.MaxContact}
}
