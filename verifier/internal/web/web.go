// Package web is what a shopper's phone talks to: the page and the JSON behind
// every QR code, the confirmation of a scan, and the activation of a unit.
//
// It gathers evidence and shows answers; what the evidence means is for
// verifier/rules/verdict, where it is kept for verifier/internal/store, whether a code was
// issued for verifier/rules/seal. It knows nothing of SQL or Fabric.
package web

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Records reads what is known about units. Both calls return when the context ends.
type Records interface {
	Records(ctx context.Context, u verdict.Unit) (*verdict.Records, error)
	// TreeRow answers the stored row of the tree with a root, nil where none is stored.
	TreeRow(ctx context.Context, root [32]byte) ([]byte, error)
	// Ready reports whether verdicts can be read at all.
	Ready(ctx context.Context) error
}

// Scans keeps who asked.
type Scans interface {
	// Confirm is durable when it returns nil; the same nonce is the same scan.
	Confirm(ctx context.Context, s verdict.Scan) (verdict.Scans, error)
	// Seen notes that a page was shown; it neither waits nor fails.
	Seen(u verdict.Unit, at time.Time)
}

// Tries bounds how often a unit's PIN may be guessed.
type Tries interface {
	// TryPIN takes a try of a device and its network and says how many are left, or how long none will be.
	TryPIN(ctx context.Context, u verdict.Unit, device, network []byte) (left int, locked time.Duration, err error)
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

// Level knows how far the ledger is from somewhere else than the read model (see
// verifier/internal/level). Since gives the last moment at which the ledger is known to
// have had no more than so many blocks, Newer tells when there is more to know.
type Level interface {
	Since(blocks uint64) time.Time
	Newer() <-chan struct{}
}

// Voucher has the facts behind a genuine answer signed by the ledger's organisations
// (see verifier/internal/countersign). anew gathers the evidence again.
type Voucher interface {
	Vouch(ctx context.Context, e verdict.Evidence, anew func() verdict.Evidence) verdict.Answer
}

// Activation is where a claim, or an act of an owner, was written. Known is
// false where nobody can say yet whether it was.
type Activation struct {
	TxID  string
	Block uint64
	Known bool
}

// Options are what a handler needs.
type Options struct {
	Codes      *seal.Keyring
	Records    Records
	Serials    *Serials // nil: no batch lists its serials
	Scans      Scans
	Tries      Tries
	Complaints Complaints
	Decisions  Decisions
	Reports    Reports
	Reviews    Reviews
	Shelves    Shelves
	Pictures   Pictures
	Badges     Badges
	Creators   Creators
	Clicks     Clicks
	Logs       Log
	Activator  Activator // nil: activations are answered as unavailable
	Blocks     Blocks    // nil, or without Trust: proofs are answered as unavailable
	Trust      *proof.Trust
	// Countersigner has the facts of bundles signed, which are no older than FactsAge; nil: bundles prove the registration only.
	Countersigner Countersigner
	FactsAge      time.Duration

	Base    string        // what labels begin with: a host, or scheme and host
	Secret  []byte        // 32 bytes or more; scan nonces and device hashes hang on it
	MaxAge  time.Duration // how long ago the read model may have been level with the ledger
	Voucher Voucher       // nil: answers rest on the records alone
	Level   Level         // nil: the read model's own word for when it was level is taken
	Proxies []*net.IPNet  // whose X-Forwarded-For and the headers below are believed
	// PlaceHeader is the header in which a trusted proxy names the asker's city; empty for none.
	PlaceHeader string
	// PointHeader is the header in which a trusted proxy gives that city's point, "lat,lon" in degrees; empty for none.
	PointHeader string
	// MarketHeader is the header in which a trusted proxy names the asker's country, as ISO 3166-1 alpha-2; empty for none.
	MarketHeader string
	HSTS         bool
	Contact      string // who answers for what is kept of shoppers, and how to reach them
	Limits       Limits

	Log     *slog.Logger
	Metrics *prometheus.Registry
	Now     func() time.Time
}

// answerTime bounds what a verdict may wait for: with Postgres gone the shopper
// reads "unavailable" within two seconds.
const answerTime = 1500 * time.Millisecond

// proofTime bounds what a proof may wait for a peer.
const proofTime = 10 * time.Second

type handler struct {
	Options
	trees    trees
	blocks   blocks
	verdicts *prometheus.CounterVec
	decoding *share.Memory
	bodies   *share.Bodies
}

// New gives the verifier's HTTP handler.
func New(o Options) http.Handler {
	h := &handler{Options: o, decoding: share.NewMemory(), bodies: share.NewBodies()}
	h.trees.read = o.Records.TreeRow
	e := echo.New()
	e.HideBanner = true
	e.HTTPErrorHandler = h.fail
	e.IPExtractor = extractIP(o.Proxies)
	h.measure(e)
	e.Use(h.protect, h.sameOrigin(), onlyText)
	h.routes(e)
	return e
}

func (h *handler) routes(e *echo.Echo) {
	read, write, activate := limit(h.Limits.Reads), limit(h.Limits.Scans), limit(h.Limits.Activations)
	body, zip, few := maxBody, middleware.Gzip(), atOnce(h.Limits.ReadsAtOnce)
	e.Match(getOrHead, "/01/*", h.unit, read, few, zip)
	e.Match(getOrHead, "/", h.landing, read, zip)
	e.Match(getOrHead, "/scan", h.reader, read, zip)
	e.POST("/api/v1/scans", h.confirmScan, write, body)
	e.POST("/scans", h.countScan, write, body)
	e.POST("/api/v1/activations", h.activate, activate, body)
	e.POST("/api/v1/ownership", h.act, activate, body)
	e.Match(getOrHead, "/owner", h.owner, read)
	e.POST("/api/v1/complaints", h.complain, limit(h.Limits.Complaints), maxComplaint, h.inMemory)
	e.Match(getOrHead, "/complaints/new", h.newComplaint, read)
	e.Match(getOrHead, "/complaints/:token", h.follow, read)
	e.POST("/complaints/:token/withdrawal", h.withdraw, write, body)
	report := limit(h.Limits.Complaints)
	e.POST("/01/*", h.report, report, body) // from the page of a code that we do not know
	e.Match(getOrHead, "/reports", h.newReport, read)
	e.POST("/reports", h.report, report, body)
	e.Match(getOrHead, "/reports/:token", h.receipt, read)
	e.POST("/reports/:token/withdrawal", h.withdrawReport, write, body)
	e.Match(getOrHead, "/decisions", h.decisions, read, zip)
	e.GET("/api/v1/decisions", h.listDecisions, read)
	e.POST("/api/v1/reviews", h.review, write, body)
	e.POST("/api/v1/endorsements", h.endorse, write, body)
	e.Match(getOrHead, "/endorsements/new", h.endorseForm, read)
	e.Match(getOrHead, endorseScript.path, endorseScript.serve)
	e.GET("/api/v1/related", h.related, read)
	e.Match(getOrHead, "/pictures/:name", h.picture, limit(h.Limits.Reads))
	e.Match(getOrHead, "/previews/:name", h.preview, read)
	e.Match(getOrHead, "/badge/:name", h.badgeFile, limit(h.Limits.Reads))
	e.Match(getOrHead, "/badges/:id", h.badge, read)
	e.GET("/api/v1/anchors/:log/:seq", h.anchored, read)
	e.GET("/api/v1/proofs", h.proofs, limit(h.Limits.Reads), few, zip)
	e.GET("/api/v1/trust", h.trust, read)
	e.GET("/api/openapi.json", serveOpenAPI)
	for _, s := range []script{scanScript, proofScript, readerScript, decoderScript, decoderWASM, claimScript, ownerPageScript, qrScript} {
		e.Match(getOrHead, s.path, s.serve)
	}
	e.POST("/clicks", h.click, write, body)
	e.Match(getOrHead, "/privacy", h.privacy, read, zip)
	e.Match(getOrHead, "/robots.txt", robots)
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", h.ready)
}

var getOrHead = []string{http.MethodGet, http.MethodHead}

// ready reports whether verdicts can be given: Postgres answers and holds the tables.
func (h *handler) ready(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), answerTime)
	defer cancel()
	if err := h.Records.Ready(ctx); err != nil {
		h.Log.Warn("not ready", "error", err)
		return problem.New(problem.Unavailable, "", "the database does not answer, or its tables are not there yet")
	}
	return c.String(http.StatusOK, "ready\n")
}
