// Package complaints takes what shoppers complain of and which codes they report, shows how a case
// stands to whoever has its link, and tells everybody what was decided. Nothing that was sent is in
// any answer.
package complaints

import (
	"embed"
	"log/slog"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
)

//go:embed assets
var assets embed.FS

//go:embed texts
var textFiles embed.FS

var texts = wording.MustLoad(textFiles, "texts")

func text(key string) trace.Text { return trace.Say(texts, key) }

// Part is what other rooms' pages show of it.
var Part = page.Part{Files: assets, Texts: texts, Words: []string{"reportGone", "textWrong"}}

var room = page.NewRoom(Part)

// Handler answers to those who complain or report.
type Handler struct {
	Codes      *codes.Book
	Judge      *codes.Judge
	Visitors   *visitor.Desk
	Records    codes.Records
	Complaints Complaints
	Decisions  Decisions
	Reports    Reports
	Log        *slog.Logger
	decoding   *share.Memory
	bodies     *share.Bodies
}

// New gives a handler with the shares of memory that its senders divide.
func New(h Handler) *Handler {
	h.decoding, h.bodies = share.NewMemory(), share.NewBodies()
	return &h
}
