// Package rooms joins the use cases of the gateway: each room of gateway/service
// gets what it needs of the ledger, the store and the other rooms.
package rooms

import (
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/alerts"
	"github.com/touchstone-trace/touchstone/gateway/service/cases"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
	"github.com/touchstone-trace/touchstone/gateway/service/complaints"
	"github.com/touchstone-trace/touchstone/gateway/service/custody"
	"github.com/touchstone-trace/touchstone/gateway/service/evidence"
	"github.com/touchstone-trace/touchstone/gateway/service/goods"
	"github.com/touchstone-trace/touchstone/gateway/service/importing"
	"github.com/touchstone-trace/touchstone/gateway/service/insight"
	"github.com/touchstone-trace/touchstone/gateway/service/jobs"
	"github.com/touchstone-trace/touchstone/gateway/service/notices"
	"github.com/touchstone-trace/touchstone/gateway/service/overview"
	"github.com/touchstone-trace/touchstone/gateway/service/parties"
	"github.com/touchstone-trace/touchstone/gateway/service/presenting"
	"github.com/touchstone-trace/touchstone/gateway/service/printing"
	"github.com/touchstone-trace/touchstone/gateway/service/quality"
	"github.com/touchstone-trace/touchstone/gateway/service/recalls"
	"github.com/touchstone-trace/touchstone/gateway/service/search"
	"github.com/touchstone-trace/touchstone/gateway/service/sight"
	"github.com/touchstone-trace/touchstone/gateway/service/story"
	"github.com/touchstone-trace/touchstone/gateway/service/units"
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
	Numbered evidence.Numbered
	Endorser evidence.Endorser
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
	alerts.Alerts
	alerts.Accounts
	alerts.Story
	cases.Store
	codes.Store
	complaints.Complaints
	complaints.Reports
	complaints.Reviews
	custody.Store
	evidence.Reconciliations
	evidence.Senders
	evidence.Chain
	goods.Store
	importing.Store
	insight.Insights
	insight.Names
	jobs.Store
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
	presenting.Goods
	presenting.Pictures
	presenting.Presentations
	printing.Store
	quality.Store
	recalls.Store
	search.Finder
	sight.Store
	story.Store
	units.Store
	views.Views
}

// Rooms are the use cases, by what they are about.
type Rooms struct {
	Writer     *service.Writer
	Alerts     *alerts.Service
	Cases      *cases.Service
	Codes      *codes.Service
	Complaints *complaints.Service
	Custody    *custody.Service
	Evidence   *evidence.Service
	Goods      *goods.Service
	Importing  *importing.Service
	Insight    *insight.Service
	Jobs       *jobs.Service
	Notices    *notices.Service
	Overview   *overview.Service
	Parties    *parties.Service
	Presenting *presenting.Service
	Printing   *printing.Service
	Quality    *quality.Service
	Recalls    *recalls.Service
	Search     *search.Service
	Sight      *sight.Service
	Story      *story.Service
	Units      *units.Service
	Views      *views.Service
}

// Join makes the rooms, each after those that it needs.
func Join(p Parts) *Rooms {
	if p.Now == nil {
		p.Now = time.Now
	}
	db, decoding := p.Store, share.NewMemory()
	r := &Rooms{}
	r.Sight = &sight.Service{Store: db}
	w := (&service.Writer{Ledger: p.Ledger, Horizon: p.Horizon, Journal: db, Transactions: db, Sight: r.Sight, Audits: db, Now: p.Now, Log: p.Log}).Ready()
	r.Writer = w
	r.Units = &units.Service{Writer: w, Store: db, Sight: r.Sight, Keys: p.Keys, URIBase: p.URIBase}
	r.Codes = codes.New(db, r.Sight, r.Units, p.Keys)
	r.Goods = goods.New(w, db, r.Sight, r.Units, r.Codes, p.Keys.Current)
	r.Cases = &cases.Service{Writer: w, Store: db, Sight: r.Sight, Platform: p.Platform}
	r.Custody = &custody.Service{Writer: w, Store: db, Codes: r.Codes, Cases: r.Cases, Sight: r.Sight}
	r.Quality = &quality.Service{Writer: w, Store: db, Sight: r.Sight}
	r.Recalls = &recalls.Service{Writer: w, Store: db, Sight: r.Sight, Codes: r.Codes}
	r.Story = &story.Service{Store: db, Sight: r.Sight, Units: r.Units, Codes: r.Codes, Now: p.Now}
	r.Jobs = &jobs.Service{Store: db, Now: p.Now}
	r.Printing = &printing.Service{
		Writer:   w,
		Store:    db,
		Sight:    r.Sight,
		Units:    r.Units,
		Codes:    r.Codes,
		Quality:  r.Quality,
		Jobs:     r.Jobs,
		URIBase:  p.URIBase,
		Decoding: decoding,
	}
	r.Importing = &importing.Service{Store: db, Goods: r.Goods, Units: r.Units, Jobs: r.Jobs, Decoding: decoding}
	r.Alerts = &alerts.Service{Writer: w, Alerts: db, Goods: db, Story: db, Accounts: db, Units: r.Units}
	r.Complaints = &complaints.Service{
		Writer:     w,
		Complaints: db,
		Reviews:    db,
		Reports:    db,
		Accounts:   db,
		Codes:      r.Codes,
	}
	r.Evidence = &evidence.Service{
		Blocks:          p.Blocks,
		Senders:         db,
		Peers:           p.Peers,
		Reconciliations: db,
		Sight:           r.Sight,
		Goods:           r.Sight,
		Chain:           db,
		Numbered:        p.Numbered,
		Endorser:        p.Endorser,
		Trust:           p.Trust,
		Now:             p.Now,
	}
	r.Insight = &insight.Service{Insights: db, Goods: db, Names: db, Now: p.Now}
	r.Notices = &notices.Service{Writer: w, Inbox: db, Webhooks: db, Parties: db, Sender: p.Sender, Box: p.Box}
	r.Overview = &overview.Service{Overviews: db, Parties: db, Alerts: r.Alerts, Titled: notices.Entry, Now: p.Now}
	r.Parties = &parties.Service{Writer: w, Parties: db, Accounts: db, Supervision: db, Standings: db, Documents: db,
		Enroller: p.Enroller, Box: p.Box, Platform: p.Platform, Decoding: decoding}
	r.Presenting = &presenting.Service{
		Writer:        w,
		Presentations: db,
		Pictures:      db,
		Badges:        db,
		Creators:      db,
		Goods:         db,
		Parties:       db,
		Sight:         r.Sight,
		URIBase:       p.URIBase,
		Decoding:      decoding,
	}
	r.Search = &search.Service{Finder: db, Codes: r.Codes, Sight: r.Sight}
	r.Views = &views.Service{Views: db}
	return r
}

// Kinds says which room does the jobs of each kind.
func (r *Rooms) Kinds() map[string]jobs.Run {
	return map[string]jobs.Run{printing.JobKind: r.Printing.Run, importing.JobKind: r.Importing.Run}
}
