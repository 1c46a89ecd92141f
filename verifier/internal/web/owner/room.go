// Package owner is for a unit's owners: the first one claims it by the PIN under the scratch field,
// and what an owner signs is handed to the ledger. Nothing here can sign for anybody.
package owner

import (
	"context"
	"embed"
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/acts"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

//go:embed assets
var assets embed.FS

//go:embed texts
var textFiles embed.FS

var texts = wording.MustLoad(textFiles, "texts")

// Part is what other rooms' pages show of it.
var Part = page.Part{Files: assets, Texts: texts, Words: []string{"layoutLocked"}}

var room = page.NewRoom(Part)

// Scripts of the pages. The last is loaded when somebody wants a picture.
var (
	ClaimScript = page.NewScript(assets, "claim", "owner.js", "claim.js")
	PageScript  = page.NewScript(assets, "owner", "owner.js", "owner-page.js")
	QRScript    = page.NewScript(page.Vendored, "qr", "vendor/lean-qr.mjs")
)

// Tries bounds how often a unit's PIN may be guessed.
type Tries interface {
	// TryPIN takes a try of a device and its network and says how many are left, or how long none will be.
	TryPIN(ctx context.Context, u verdict.Unit, device, network []byte) (left int, locked time.Duration, err error)
	// PINUntried gives a try back that came to nothing.
	PINUntried(ctx context.Context, u verdict.Unit, device, network []byte) error
	// PINRight gives all tries back.
	PINRight(ctx context.Context, u verdict.Unit) error
	// PINEntered keeps what came of a try; it is durable when it returns nil.
	PINEntered(ctx context.Context, e verdict.PINEntry) error
}

// Activator writes the first owner's claim to the ledger, and hands in what
// owners signed after that; the platform signs for both. A refusal by the ledger
// is a *trace.Error; any other error means that certainly nothing was written.
type Activator interface {
	Activate(ctx context.Context, r trace.ActivateUnitRequest) (Activation, error)
	Act(ctx context.Context, act trace.Transaction, r trace.OwnerRequest) (Activation, error)
}

// PINs says whether a PIN, as printed, is a unit's, and gives the salt that opens its commitment where it is.
// An error means that nobody can say.
type PINs interface {
	Open(ctx context.Context, p acts.PIN) (acts.Opened, error)
}

// Activation is where a claim, or an act of an owner, was written. Known is
// false where nobody can say yet whether it was.
type Activation struct {
	TxID  string
	Block uint64
	Known bool
}

// Handler answers to owners.
type Handler struct {
	Codes     *codes.Book
	Visitors  *visitor.Desk
	Records   codes.Records
	Tries     Tries
	Activator Activator // nil: activations are answered as unavailable
	PINs      PINs      // nil likewise
	Log       *slog.Logger
}
