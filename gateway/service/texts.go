package service

import (
	"embed"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

//go:embed texts
var textFiles embed.FS

// texts are the sentences with which the gateway refuses, those of all rooms and of small adapters; see
// wording.Catalogue.
var texts = wording.MustLoad(textFiles, "texts", trace.Vocabulary())

var refusals = trace.RefusalsOf("gateway", texts)

// Refuse gives a refusal with one of these sentences, see trace.Refusals.
func Refuse(code trace.Code, field, key string, facts ...any) *trace.Error {
	return refusals.Because(code, field, key, facts...)
}
