package problem

import (
	"embed"
	"fmt"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

//go:embed texts
var files embed.FS

var texts = wording.MustLoad(files, "texts")

type answer struct {
	by     Program
	status int
	title  trace.Text
}

// answers is the table by code. A code that stands in it twice stops the program, as one without a title does.
var answers = func() map[trace.Code]answer {
	found := map[trace.Code]answer{}
	for _, row := range table {
		for _, code := range row.codes {
			if _, twice := found[code]; twice {
				panic(fmt.Sprintf("problem: %s has two rows", code))
			}
			found[code] = answer{row.by, row.status, titleOf(code)}
		}
	}
	return found
}()

// titleOf finds a title where the code is at home: the ledger's in chaincode/trace, all others here.
func titleOf(code trace.Code) trace.Text {
	if code.Known() {
		return code.Title()
	}
	return trace.Say(texts, "title."+string(code))
}

// Codes lists what the program may answer with, in the alphabet's order.
func (p Program) Codes() []trace.Code {
	codes := slices.Sorted(maps.Keys(answers))
	return slices.DeleteFunc(codes, func(c trace.Code) bool { return !p.Answers(c) })
}

// Describe adds to the schema Problem of a program's OpenAPI document which codes it answers with, by status.
func (p Program) Describe(document *openapi3.T) {
	byStatus := map[string][]trace.Code{}
	for _, code := range p.Codes() {
		status := fmt.Sprint(Status(code))
		byStatus[status] = append(byStatus[status], code)
	}
	schema := document.Components.Schemas["Problem"].Value
	if schema.Extensions == nil {
		schema.Extensions = map[string]any{}
	}
	schema.Extensions["x-codes"] = byStatus
}
