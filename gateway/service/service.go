// Package service is what the gateway does for its callers: it registers goods
// and batches, books custody, prints labels, imports spreadsheets and tells the
// story of a unit. Each operation takes a Caller and keeps to what that caller
// may see.
//
// It knows nothing of HTTP, SQL or Fabric: it speaks the vocabularies of
// chaincode/trace and gateway/record, and reaches everything else through the
// small interfaces of this package. Who may call which operation is decided
// before (see gateway/api), the rules of the supply chain after, on the ledger.
package service

import (
	"context"
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/share"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Caller is who asks. Ref names the request where its sender gave it an
// Idempotency-Key, and is empty otherwise; Hold is its claim on that key; Resumed
// says that an earlier attempt at it began and its end was not seen. A person has a Session, in which he last
// showed at ConfirmedAt who he is; a key has none. Trail is where the audit log's
// line of this request is gathered; nil outside requests.
type Caller struct {
	Account string
	Role    trace.Role
	Party   string
	Duty    record.Duty
	Ref     string
	Hold    record.Hold
	Resumed bool

	Session     string
	ConfirmedAt time.Time
	Trail       *Trail
}

// Trail is a request's line in the audit log: the operation, what it is about,
// and the transaction that it wrote. Noted says that the line is there.
type Trail struct {
	Request   string
	Operation string
	Target    map[string]string
	TxID      string
	Noted     bool
}

// SeesAll reports whether the caller may read what other parties did.
func (c Caller) SeesAll() bool { return c.Role == trace.RolePlatform || c.Role == trace.RoleAuditor }

// Service has its parts from gateway/cmd/gateway. All fields are required
// but Trust; URIBase is the scheme and host that QR codes open, without a path.
type Service struct {
	Ledger   Ledger
	Horizon  Horizon
	Journal  Journal
	Enroller Enroller
	Goods    Goods
	Custody  Custody
	Cases    Cases
	Prints   Prints
	Making   Making
	Quality  Quality
	Parties  Parties
	Story    Story
	Accounts Accounts
	Secrets  Secrets
	Jobs     Jobs
	Files    Files
	Rows     Rows

	LabelKits LabelKits
	Views     Views

	Finder        Finder
	Graphs        Graphs
	Insights      Insights
	Illustrations Illustrations

	Blocks          Blocks
	Senders         Senders
	Trust           *proof.Trust // what proofs are checked against; nil where the gateway was given none
	Peers           Peers
	Reconciliations Reconciliations

	Supervision Supervision
	Standings   Standings
	Documents   Documents
	Inbox       Inbox
	Overviews   Overviews
	Webhooks    Webhooks
	Sender      Sender
	Box         Box
	Platform    string // the platform's party, which enters applicants

	Complaints Complaints
	Reviews    Reviews
	Alerts     Alerts
	Reports    Reports

	Presentations Presentations
	Pictures      Pictures
	Badges        Badges
	Creators      Creators

	Keys    *seal.Keyring
	URIBase string
	Now     func() time.Time
	Log     *slog.Logger

	lanes     *lanes
	large     *share.Pool // has one for each big tree that is computed at a time, by party
	searching *share.Pool // and for each search by the end of a serial
	decoding  *share.Memory
}

// bigTrees is how many big batches are committed to at a time: each uses all cores.
const bigTrees = 2

// Ready fills in what can be left empty.
func (s *Service) Ready() *Service {
	if s.Now == nil {
		s.Now = time.Now
	}
	s.lanes = newLanes()
	s.large, s.searching, s.decoding = share.New(bigTrees, 1), share.New(searches, 1), share.NewMemory()
	return s
}

func (s *Service) today() trace.Date { return trace.DayOf(s.Now()) }

// detached outlives a caller that hangs up, by a bounded time: what was sent to
// the ledger must be followed to its end.
func detached(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 90*time.Second)
}
