// Package unit is what the code on a label opens: the shopper's page of a unit, its verdict as
// JSON, its linkset, and the confirmation that a person saw it. What the verdict means is for
// verifier/rules/verdict.
package unit

import (
	"context"
	"embed"
	"log/slog"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/complaints"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/owner"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/proofs"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/shop"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

//go:embed assets
var assets embed.FS

//go:embed texts
var textFiles embed.FS

var texts = wording.MustLoad(textFiles, "texts")

func text(key string) trace.Text { return trace.Say(texts, key) }

var room = page.NewRoom(
	page.Part{Files: assets, Texts: texts, Words: []string{
		"allPassed",
		"asked",
		"byBrand",
		"claim",
		"claimLead",
		"claimLeadIf",
		"comma",
		"ended",
		"firstTime",
		"linkTitle",
		"othersPassed",
		"overdue",
		"ownBrand",
		"since",
		"times",
		"validTo",
		"ownerSince",
		"ownerPassedOn",
		"layoutChecked",
		"reviewGist",
		"reviewSums",
	}},
	owner.Part,
	shop.Part,
	complaints.Part,
	proofs.Part,
)

// Script is that of a unit's page.
var Script = page.NewScript(assets, "scan", "scan.js", "print.js", "related.js")

// Shop is what a unit's page shows beside the verdict, nil where that is nothing.
type Shop interface {
	ReviewsOf(ctx context.Context, a verdict.Answer) *feedback.Reviews
	Shown(ctx context.Context, a verdict.Answer, u verdict.Unit) *content.Shown
}

// Reader asks for the fields of a code that is not whole.
type Reader interface {
	Incomplete(c echo.Context, accepted string) error
}

// Scans keeps who asked.
type Scans interface {
	// Confirm is durable when it returns nil; the same nonce is the same scan.
	Confirm(ctx context.Context, s verdict.Scan) (verdict.Scans, error)
	// Seen notes that a page was shown; it neither waits nor fails.
	Seen(u verdict.Unit, at time.Time)
}

// Handler answers for units.
type Handler struct {
	Codes    *codes.Book
	Judge    *codes.Judge
	Visitors *visitor.Desk
	Scans    Scans
	Shop     Shop
	Reader   Reader
	Proof    proofs.Source // what a page checks its proof against
	Verdicts *prometheus.CounterVec
	Log      *slog.Logger
}
