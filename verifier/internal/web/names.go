package web

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// checkNames are the questions, as the page lists them.
var checkNames = trace.Table[verdict.CheckID](texts, "check",
	verdict.CheckCode, verdict.CheckLedger, verdict.CheckRecall, verdict.CheckUnitState, verdict.CheckExpiry, verdict.CheckQuality,
	verdict.CheckCustody, verdict.CheckMarket, verdict.CheckSeller, verdict.CheckPattern, verdict.CheckComplaint, verdict.CheckSignatures,
	verdict.CheckActivation)

// resultNames say a check's result to those who do not see its shape.
var resultNames = trace.Table[verdict.Result](texts, "result",
	verdict.Pass, verdict.Warn, verdict.Fail, verdict.Unknown)

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

// standingNames say how a party stands.
var standingNames = trace.Table[trace.Standing](texts, "standing",
	trace.Standing(trace.StatusQualified), trace.StandingLapsed, trace.Standing(trace.StatusSuspended),
	trace.Standing(trace.StatusRevoked), trace.Standing(trace.StatusApplied))

// roleNames say what a party does.
var roleNames = trace.Table[trace.Role](texts, "role",
	trace.RolePlatform, trace.RoleProducer, trace.RoleDistributor, trace.RoleSeller, trace.RoleInspector, trace.RoleAuditor)
