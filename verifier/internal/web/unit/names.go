package unit

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// checkNames are the questions, as the page lists them.
var checkNames = trace.Table[verdict.CheckID](
	texts, "check", verdict.CheckCode, verdict.CheckLedger, verdict.CheckRecall, verdict.CheckUnitState,
	verdict.CheckExpiry, verdict.CheckQuality, verdict.CheckCustody, verdict.CheckMarket, verdict.CheckSeller,
	verdict.CheckPattern, verdict.CheckComplaint, verdict.CheckSignatures, verdict.CheckActivation,
)

// resultNames say a check's result to those who do not see its shape.
var resultNames = trace.Table[verdict.Result](texts, "result",
	verdict.Pass, verdict.Warn, verdict.Fail, verdict.Unknown)

// roleNames say what a party does.
var roleNames = trace.Table[trace.Role](
	texts, "role", trace.RolePlatform, trace.RoleProducer, trace.RoleDistributor, trace.RoleSeller,
	trace.RoleInspector, trace.RoleAuditor,
)

// CheckName is the question that a check answers.
func (p unitPage) CheckName(c verdict.Check) string { return checkNames[c.ID].In(p.Lang) }

// ResultName says how the check went.
func (p unitPage) ResultName(c verdict.Check) string { return resultNames[c.Result].In(p.Lang) }

// CheckText says what was found, in one line.
func (p unitPage) CheckText(c verdict.Check) string { return p.In(c.Line()) }
