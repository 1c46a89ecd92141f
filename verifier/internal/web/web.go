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

	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/complaints"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/owner"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/privacy"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/proofs"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/reader"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/shop"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/unit"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Records reads what is known about units. All calls return when the context ends.
type Records interface {
	codes.Records
	codes.Stored
	// Ready reports whether verdicts can be read at all.
	Ready(ctx context.Context) error
}

// Options are what a handler needs.
type Options struct {
	Codes      *seal.Keyring
	Records    Records
	Serials    *codes.Serials // nil: no batch lists its serials
	Scans      unit.Scans
	Tries      owner.Tries
	Complaints complaints.Complaints
	Decisions  complaints.Decisions
	Reports    complaints.Reports
	Reviews    shop.Reviews
	Shelves    shop.Shelves
	Pictures   shop.Pictures
	Badges     shop.Badges
	Creators   shop.Creators
	Clicks     shop.Clicks
	Logs       proofs.Log
	Published  *proofs.Published // nil: the anchors are published nowhere
	Activator  owner.Activator   // nil: activations are answered as unavailable
	PINs       owner.PINs        // nil likewise
	Blocks     proofs.Blocks     // nil, or without Trust: proofs are answered as unavailable
	Trust      *proof.Trust
	// Countersigner has the facts of bundles signed, which are no older than FactsAge; nil: bundles
	// prove the registration only.
	Countersigner proofs.Countersigner
	FactsAge      time.Duration

	Base    string        // what labels begin with: a host, or scheme and host
	Secret  []byte        // 32 bytes or more; scan nonces and device hashes hang on it
	MaxAge  time.Duration // how long ago the read model may have been level with the ledger
	Voucher codes.Voucher // nil: answers rest on the records alone
	Level   codes.Level   // nil: the read model's own word for when it was level is taken
	Proxies []*net.IPNet  // whose X-Forwarded-For and the headers below are believed
	// PlaceHeader is the header in which a trusted proxy names the asker's city; empty for none.
	PlaceHeader string
	// PointHeader is the header in which a trusted proxy gives that city's point, "lat,lon" in degrees; empty for none.
	PointHeader string
	// MarketHeader is the header in which a trusted proxy names the asker's country, as ISO 3166-1
	// alpha-2; empty for none.
	MarketHeader string
	HSTS         bool
	Contact      string // who answers for what is kept of shoppers, and how to reach them
	Limits       Limits

	Log     *slog.Logger
	Metrics *prometheus.Registry
	Now     func() time.Time
}

// handler joins the rooms.
type handler struct {
	Options
	unit       *unit.Handler
	reader     *reader.Handler
	owner      *owner.Handler
	complaints *complaints.Handler
	shop       *shop.Handler
	proofs     *proofs.Handler
	privacy    privacy.Handler
}

// New gives the verifier's HTTP handler.
func New(o Options) http.Handler {
	h := o.rooms()
	e := echo.New()
	e.HideBanner = true
	e.HTTPErrorHandler = h.fail
	e.IPExtractor = visitor.ExtractIP(o.Proxies)
	h.measure(e)
	e.Use(h.protect, h.sameOrigin(h.reader.Codes.Origin()), onlyText)
	h.routes(e)
	return e
}

// rooms gives each room what it needs.
func (o Options) rooms() *handler {
	book := codes.NewBook(
		codes.Book{Keys: o.Codes, Serials: o.Serials, Base: o.Base, Log: o.Log, Now: o.Now}, o.Records,
	)
	judge := &codes.Judge{
		Book:    book,
		Records: o.Records,
		Level:   o.Level,
		Voucher: o.Voucher,
		MaxAge:  o.MaxAge,
		Claims:  o.Activator != nil,
	}
	desk := &visitor.Desk{
		Secret:       o.Secret,
		Now:          o.Now,
		Proxies:      o.Proxies,
		PlaceHeader:  o.PlaceHeader,
		PointHeader:  o.PointHeader,
		MarketHeader: o.MarketHeader,
	}
	h := &handler{Options: o, reader: &reader.Handler{Codes: book}, privacy: privacy.Handler{Contact: o.Contact}}
	h.owner = &owner.Handler{
		Codes:     book,
		Visitors:  desk,
		Records:   o.Records,
		Tries:     o.Tries,
		Activator: o.Activator,
		PINs:      o.PINs,
		Log:       o.Log,
	}
	h.complaints = complaints.New(complaints.Handler{Codes: book, Judge: judge, Visitors: desk, Records: o.Records,
		Complaints: o.Complaints, Decisions: o.Decisions, Reports: o.Reports, Log: o.Log})
	h.shop = &shop.Handler{
		Codes:    book,
		Judge:    judge,
		Visitors: desk,
		Records:  o.Records,
		Shelves:  o.Shelves,
		Pictures: o.Pictures,
		Badges:   o.Badges,
		Creators: o.Creators,
		Clicks:   o.Clicks,
		Reviews:  o.Reviews,
		Log:      o.Log,
	}
	h.proofs = &proofs.Handler{
		Codes:         book,
		Records:       o.Records,
		Blocks:        o.Blocks,
		Trust:         o.Trust,
		Countersigner: o.Countersigner,
		FactsAge:      o.FactsAge,
		Logs:          o.Logs,
		Published:     o.Published,
		Log:           o.Log,
	}
	h.unit = &unit.Handler{
		Codes:    book,
		Judge:    judge,
		Visitors: desk,
		Scans:    o.Scans,
		Shop:     h.shop,
		Reader:   h.reader,
		Proof:    h.proofs.Source(),
		Log:      o.Log,
	}
	return h
}

func (h *handler) routes(e *echo.Echo) {
	read, write, activate := limit(h.Limits.Reads), limit(h.Limits.Scans), limit(h.Limits.Activations)
	body, zip, few := maxBody, middleware.Gzip(), atOnce(h.Limits.ReadsAtOnce)
	e.Match(getOrHead, "/01/*", h.unit.Show, read, few, zip)
	e.Match(getOrHead, "/", h.reader.Landing, read, zip)
	e.Match(getOrHead, "/scan", h.reader.Scan, read, zip)
	e.POST("/api/v1/scans", h.unit.Confirm, write, body)
	e.POST("/scans", h.unit.Count, write, body)
	e.POST("/api/v1/activations", h.owner.Activate, activate, body)
	e.POST("/api/v1/ownership", h.owner.Act, activate, body)
	e.Match(getOrHead, "/owner", h.owner.Page, read)
	e.POST(
		"/api/v1/complaints", h.complaints.Complain, limit(h.Limits.Complaints), complaints.MaxBody,
		h.complaints.InMemory,
	)
	e.Match(getOrHead, "/complaints/new", h.complaints.NewComplaint, read)
	e.Match(getOrHead, "/complaints/:token", h.complaints.Follow, read)
	e.POST("/complaints/:token/withdrawal", h.complaints.Withdraw, write, body)
	report := limit(h.Limits.Complaints)
	e.POST("/01/*", h.complaints.Report, report, body) // from the page of a code that we do not know
	e.Match(getOrHead, "/reports", h.complaints.NewReport, read)
	e.POST("/reports", h.complaints.Report, report, body)
	e.Match(getOrHead, "/reports/:token", h.complaints.Receipt, read)
	e.POST("/reports/:token/withdrawal", h.complaints.WithdrawReport, write, body)
	e.Match(getOrHead, "/decisions", h.complaints.ShowDecisions, read, zip)
	e.GET("/api/v1/decisions", h.complaints.ListDecisions, read)
	e.POST("/api/v1/reviews", h.shop.Review, write, body)
	e.POST("/api/v1/endorsements", h.shop.Endorse, write, body)
	e.Match(getOrHead, "/endorsements/new", h.shop.EndorseForm, read)
	e.Match(getOrHead, shop.EndorseScript.Path, shop.EndorseScript.Serve)
	e.GET("/api/v1/related", h.shop.Related, read)
	e.Match(getOrHead, "/pictures/:name", h.shop.Picture, limit(h.Limits.Reads))
	e.Match(getOrHead, "/previews/:name", h.shop.Preview, read)
	e.Match(getOrHead, "/badge/:name", h.shop.BadgeFile, limit(h.Limits.Reads))
	e.Match(getOrHead, "/badges/:id", h.shop.Badge, read)
	e.GET("/api/v1/anchors/:log/:seq", h.proofs.Anchored, read)
	e.Match(getOrHead, "/anchors/checkpoint", h.proofs.Checkpoint, read)
	e.Match(getOrHead, "/anchors/tile/*", h.proofs.Tile, limit(h.Limits.Reads), few)
	e.Match(getOrHead, "/anchors/key", h.proofs.CheckpointKey, read)
	e.GET("/api/v1/proofs", h.proofs.Prove, limit(h.Limits.Reads), few, zip)
	e.GET("/api/v1/trust", h.proofs.ShowTrust, read)
	e.GET("/api/openapi.json", serveOpenAPI)
	for _, s := range []page.Script{unit.Script, proofs.Script, reader.Script, reader.DecoderScript, reader.DecoderWASM, owner.ClaimScript, owner.PageScript, owner.QRScript} {
		e.Match(getOrHead, s.Path, s.Serve)
	}
	e.POST("/clicks", h.shop.Click, write, body)
	e.Match(getOrHead, "/privacy", h.privacy.Show, read, zip)
	e.Match(getOrHead, "/robots.txt", robots)
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", h.ready)
}

var getOrHead = []string{http.MethodGet, http.MethodHead}

// ready reports whether verdicts can be given: Postgres answers and holds the tables.
func (h *handler) ready(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.AnswerTime)
	defer cancel()
	if err := h.Records.Ready(ctx); err != nil {
		h.Log.Warn("not ready", "error", err)
		return page.Refuse(problem.Unavailable, "", "no_database")
	}
	return c.String(http.StatusOK, "ready\n")
}
