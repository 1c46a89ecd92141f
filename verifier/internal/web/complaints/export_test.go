package complaints

// What tests of the room's answers name.
type (
	ComplaintAnswer = complaintAnswer
	CaseAnswer      = caseAnswer
	DecisionsAnswer = decisionsAnswer
	ReportAnswer    = reportAnswer
)

var ReportFaults = reportFaults
