// Package proofs hands out proofs that need no trust in this program: of a unit, that its batch is
// on the ledger, and of an entry of a log, that it is the one that was anchored. Each is checked
// before anybody gets it.
package proofs

import (
	"embed"
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

//go:embed assets
var assets embed.FS

//go:embed texts
var textFiles embed.FS

var texts = wording.MustLoad(textFiles, "texts")

func text(key string) trace.Text { return trace.Say(texts, key) }

// Part is what a unit's page shows of it.
var Part = page.Part{Files: assets, Texts: texts, Words: []string{"proofFail", "proofPass", "proofUnknown",
	"proofStated", "proofMissing", "proofOtherwise", "proofDoubt", "and"}}

// Script checks a proof in the browser.
var Script = page.NewScript(assets, "proof", "inflate.js", "proof.js", "facts.js", "proof-page.js")

// Handler answers with proofs.
type Handler struct {
	Codes   *codes.Book
	Records codes.Records
	Blocks  Blocks // nil, or without Trust: proofs are answered as unavailable
	Trust   *proof.Trust
	// Countersigner has the facts of bundles signed, which are no older than FactsAge; nil: bundles
	// prove the registration only.
	Countersigner Countersigner
	FactsAge      time.Duration
	Logs          Log
	Published     *Published // nil: the anchors are published nowhere
	Log           *slog.Logger
	blocks        blocks
}
