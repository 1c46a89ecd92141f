package complaints

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// reportFaults say what is wrong with a report, by its field or the code of the problem.
var reportFaults = map[string]trace.Text{
	"text":                  text("reportFault.text").With(wording.Args{"max": feedback.MaxReport}),
	"place":                 text("reportFault.place").With(wording.Args{"max": feedback.MaxPlace}),
	"contact":               text("reportFault.contact").With(wording.Args{"max": feedback.MaxContact}),
	"code":                  text("reportFault.code"),
	string(problem.TooMany): text("reportFault.TOO_MANY_REQUESTS"),
}
