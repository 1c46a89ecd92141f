// Package problem says what both programs answer where they refuse: a code's HTTP status, its title
// in every language, and the document in which a caller reads them (RFC 9457). A code means one
// thing, whichever program answers with it. The package knows no route and no rule; who refuses
// names the code, and the program sends the document.
package problem

import (
	"net/http"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// MediaType is that of a Document.
const MediaType = "application/problem+json"

// Document is what every problem document begins with. Title is in the reader's language, and so is
// Detail where there is Chinese for it; else Detail is English. Type is about:blank: the code says
// what there is to know.
type Document struct {
	Type   string     `json:"type"`
	Title  string     `json:"title"`
	Status int        `json:"status"`
	Code   trace.Code `json:"code"`
	Field  string     `json:"field,omitempty"`
	Detail string     `json:"detail,omitempty"`
}

// Program is one of those that answer requests, or both.
type Program uint8

// The programs.
const (
	Gateway Program = 1 << iota
	Verifier
)

// Of gives the document of a refusal in a language.
func Of(e *trace.Error, language string) Document {
	return Document{"about:blank", Title(e.Code).In(language), Status(e.Code), e.Code, e.Field, e.Detail().In(language)}
}

// Status gives a code's HTTP status; a code that is not in the table is an internal error.
func Status(code trace.Code) int {
	if a, ok := answers[code]; ok {
		return a.status
	}
	return http.StatusInternalServerError
}

// Title gives what a code says to people; nothing where the code is not in the table.
func Title(code trace.Code) trace.Text { return answers[code].title }

// Answers reports whether the program may answer with a code. What it may not is for its log.
func (p Program) Answers(code trace.Code) bool { return answers[code].by&p != 0 }
