package page

import "github.com/touchstone-trace/touchstone/chaincode/trace"

// standingNames say how a party stands.
var standingNames = trace.Table[trace.Standing](texts, "standing",
	trace.Standing(trace.StatusQualified), trace.StandingLapsed, trace.Standing(trace.StatusSuspended),
	trace.Standing(trace.StatusRevoked), trace.Standing(trace.StatusApplied))

// StandingName says how a party stands.
func (f Frame) StandingName(s trace.Standing) string { return standingNames[s].In(f.Lang) }
