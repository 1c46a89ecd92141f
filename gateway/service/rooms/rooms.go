// Package rooms joins the use cases of the gateway: each room of gateway/service
// gets what it needs of the ledger, the store and the other rooms.
package rooms

import (
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/alerts"
	"github.com/touchstone-trace/touchstone/gateway/service/complaints"
	"github.com/touchstone-trace/touchstone/gateway/service/evidence"
	"github.com/touchstone-trace/touchstone/gateway/service/insight"
	"github.com/touchstone-trace/touchstone/gateway/service/notices"
	"github.com/touchstone-trace/touchstone/gateway/service/overview"
	"github.com/touchstone-trace/touchstone/gateway/service/parties"
	"github.com/touchstone-trace/touchstone/gateway/service/presenting"
	"github.com/touchstone-trace/touchstone/gateway/service/search"
	"github.com/touchstone-trace/touchstone/gateway/service/views"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Parts are what the rooms are made of. All are required but Trust and Now; URIBase is
// the scheme and host that QR codes open, without a path.
type Parts struct {
	Store    Store
	Ledger   service.Ledger
	Horizon  service.Horizon
	Enroller parties.Enroller
	Blocks   evidence.Blocks
	Peers    evidence.Peers
	Sender   notices.Sender
	Box      notices.Box
	Keys     *seal.Keyring
	Trust    *proof.Trust // what proofs are checked against; nil where the gateway was given none
	Platform string       // the platform's party
	URIBase  string
	Now      func() time.Time
	Log      *slog.Logger
}

// Store is all that the rooms keep in the database.
type Store interface {
	service.Journal
	service.Transactions
	service.Audits
	service.Goods
	service.Custody
	service.Cases
	service.Prints
	service.Making
	service.Quality
	service.Story
	service.Secrets
	service.Jobs
	service.Files
	service.Rows
	service.LabelKits
	service.Graphs
	service.Illustrations
	alerts.Alerts
	alerts.Accounts
	complaints.Complaints
	complaints.Reports
	complaints.Reviews
	evidence.Reconciliations
	evidence.Senders
	insight.Insights
	notices.Inbox
	notices.Webhooks
	overview.Overviews
	parties.Accounts
	parties.Documents
	parties.Parties
	parties.Standings
	parties.Supervision
	presenting.Badges
	presenting.Creators
	presenting.Pictures
	presenting.Presentations
	search.Finder
	views.Views
}

// Rooms are the use cases, by what they are about.
type Rooms struct {
	*service.Service
	Writer     *service.Writer
	Alerts     *alerts.Service
	Complaints *complaints.Service
	Evidence   *evidence.Service
	Insight    *insight.Service
	Notices    *notices.Service
	Overview   *overview.Service
	Parties    *parties.Service
	Presenting *presenting.Service
	Search     *search.Service
	Views      *views.Service
}

// Join makes the rooms.
func Join(p Parts) *Rooms {
	if p.Now == nil {
		p.Now = time.Now
	}
	db, decoding := p.Store, share.NewMemory()
	w := &service.Writer{Ledger: p.Ledger, Horizon: p.Horizon, Journal: db, Transactions: db, Audits: db, Now: p.Now, Log: p.Log}
	s := (&service.Service{
		Writer: w, Goods: db, Custody: db, Cases: db, Prints: db, Making: db, Quality: db, Parties: db, Story: db, Secrets: db,
		Jobs: db, Files: db, Rows: db, LabelKits: db, Graphs: db, Illustrations: db, Platform: p.Platform, Keys: p.Keys,
		URIBase: p.URIBase, Decoding: decoding,
	}).Ready()
	r := &Rooms{Service: s, Writer: w}
	r.Alerts = &alerts.Service{Writer: w, Alerts: db, Goods: db, Story: db, Accounts: db, Units: s}
	r.Complaints = &complaints.Service{Writer: w, Complaints: db, Reviews: db, Reports: db, Accounts: db, Codes: s}
	r.Evidence = &evidence.Service{Blocks: p.Blocks, Senders: db, Peers: p.Peers, Reconciliations: db, Sight: s, Trust: p.Trust, Now: p.Now}
	r.Insight = &insight.Service{Insights: db, Goods: db, Names: db, Now: p.Now}
	r.Notices = &notices.Service{Writer: w, Inbox: db, Webhooks: db, Parties: db, Sender: p.Sender, Box: p.Box}
	r.Overview = &overview.Service{Overviews: db, Parties: db, Alerts: r.Alerts, Titled: notices.Entry, Now: p.Now}
	r.Parties = &parties.Service{Writer: w, Parties: db, Accounts: db, Supervision: db, Standings: db, Documents: db,
		Enroller: p.Enroller, Box: p.Box, Platform: p.Platform, Decoding: decoding}
	r.Presenting = &presenting.Service{Writer: w, Presentations: db, Pictures: db, Badges: db, Creators: db, Goods: db, Parties: db,
		Sight: s, URIBase: p.URIBase, Decoding: decoding}
	r.Search = &search.Service{Finder: db, Codes: s, Sight: s}
	r.Views = &views.Service{Views: db}
	return r
}
