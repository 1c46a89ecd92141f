package page

import "github.com/touchstone-trace/touchstone/chaincode/trace"

var refusals = trace.RefusalsOf("shopper", texts)

// Refuse gives a refusal with a sentence of the texts beside it, which are those of all rooms; see trace.Refusals.
func Refuse(code trace.Code, field, key string, facts ...any) *trace.Error {
	return refusals.Because(code, field, key, facts...)
}
