package api

import (
	"bytes"
	_ "embed"
	"html/template"
	"slices"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

//go:embed docs.html.tmpl
var docsTemplate string

type docsOperation struct {
	Method, Path, Summary, Description, Data string
	Roles                                    []trace.Role
	Statuses                                 []string
}

type docsCode struct {
	Code   trace.Code
	Status int
	Title  trace.Text
}

// page renders the document for people. It asks nobody else for anything.
func (d *document) page() ([]byte, error) {
	t, err := template.New("docs").Parse(docsTemplate)
	if err != nil {
		return nil, err
	}
	var operations []docsOperation
	for id, r := range d.routes() {
		op := docsOperation{
			Method:      r.Method,
			Path:        r.Path,
			Summary:     r.Operation.Summary,
			Description: r.Operation.Description,
			Data:        string(policies[id].data),
			Roles:       policies[id].roles,
		}
		for status := range r.Operation.Responses.Map() {
			op.Statuses = append(op.Statuses, status)
		}
		slices.Sort(op.Statuses)
		operations = append(operations, op)
	}
	slices.SortFunc(
		operations,
		func(a, b docsOperation) int { return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method) },
	)
	var codes []docsCode
	for _, c := range problem.Gateway.Codes() {
		codes = append(codes, docsCode{c, problem.Status(c), problem.Title(c)})
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{"Title": d.spec.Info.Title, "Description": d.spec.Info.Description,
		"Operations": operations, "Codes": codes})
	return b.Bytes(), err
}
