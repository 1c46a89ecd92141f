package service

import (
	"context"
	"encoding/json"
	"io"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Call is one transaction to submit; Ref and Note are journalled with it, and
// where Hold is lost nothing is sent.
type Call struct {
	Party       string
	Transaction trace.Transaction
	Request     any
	Ref         string
	Note        json.RawMessage
	Hold        record.Hold
}

// Receipt says where a transaction was written and what it did.
type Receipt struct {
	TxID  string
	Block uint64
	Event trace.Event
}

// Ledger submits a transaction and waits for its block. Errors: *trace.Error,
// *Unavailable (certainly not written), *OutcomeUnknown. Try only asks whether it
// would be refused. Resend sends one that was journalled again and returns when
// its outcome is in the journal, or not to be had.
type Ledger interface {
	Try(ctx context.Context, call Call) error
	Submit(ctx context.Context, call Call) (Receipt, error)
	Resend(ctx context.Context, p record.Pending) error
}

// Horizon waits until the read model has a block.
type Horizon interface {
	WaitFor(ctx context.Context, block uint64) error
}

// Journal finds the newest transaction that was sent for a request.
type Journal interface {
	LastSubmission(ctx context.Context, ref string) (record.Submission, bool, error)
}

// Transactions reads what became of transactions.
type Transactions interface {
	Transaction(ctx context.Context, txID string) (record.Transaction, bool, error)
}

// Audits keeps the audit log.
type Audits interface {
	Audit(ctx context.Context, e record.Audit) error
}

// Goods reads products and batches.
type Goods interface {
	Product(ctx context.Context, gtin string) (record.Product, bool, error)
	Products(ctx context.Context, f record.ProductFilter, p record.Paging) (record.Page[record.Product], error)
	Batch(ctx context.Context, gtin, lot string) (record.Batch, bool, error)
	Batches(ctx context.Context, f record.BatchFilter, p record.Paging) (record.Page[record.Batch], error)
	BatchSeenBy(ctx context.Context, party, gtin, lot string) (bool, error)
	LotsAlike(ctx context.Context, gtin, lot string) ([]string, error)
}

// Custody reads shipments and recalls.
type Custody interface {
	Shipment(ctx context.Context, id string) (trace.Shipment, bool, error)
	Shipments(ctx context.Context, f record.ShipmentFilter, p record.Paging) (record.Page[trace.Shipment], error)
	Recalls(ctx context.Context, f record.RecallFilter, p record.Paging) (record.Page[trace.Recall], error)
}

// Making reads what was made from what, and containers. A party that is not
// empty keeps containers to those it handles.
type Making interface {
	Transformation(ctx context.Context, gtin, lot string) (trace.Transformation, bool, error)
	Ancestors(ctx context.Context, units []trace.Line) ([]record.Relative, error)
	Descendants(ctx context.Context, units []trace.Line) ([]record.Relative, error)
	Container(ctx context.Context, party, sscc string) (trace.Container, bool, error)
	Containers(ctx context.Context, party string, outermost bool, p record.Paging) (record.Page[trace.Container], error)
}

// Parties reads parties.
type Parties interface {
	Party(ctx context.Context, id string) (trace.Party, bool, error)
	Parties(ctx context.Context, p record.Paging) (record.Page[trace.Party], error)
	PartyNames(ctx context.Context, ids []string) ([]record.PartyName, error)
	Receivers(ctx context.Context, party, search string, roles []trace.Role) ([]record.PartyName, error)
}

// Story reads what happened to units, and transactions.
type Story interface {
	Events(ctx context.Context, u record.Units) ([]record.ProvenanceEvent, error)
	FirstEvents(ctx context.Context, u record.Units, most int) ([]record.ProvenanceEvent, error)
	Holdings(ctx context.Context, u record.Units) ([]record.ProvenanceHolding, error)
	Transaction(ctx context.Context, txID string) (record.Transaction, bool, error)
}

// Secrets keeps the stored half of unit codes and who looked at them.
type Secrets interface {
	Serials
	SaveUnitTree(ctx context.Context, root [32]byte, quantity int64, row []byte) error
	// ForgetUnits removes the tree and the serials under a root that no batch has.
	ForgetUnits(ctx context.Context, root [32]byte) error
}

// Jobs is the queue of long work.
type Jobs interface {
	AddJob(ctx context.Context, j record.Job, most record.JobLimits) (bool, error)
	AddLabelsJob(ctx context.Context, j record.Job, most record.JobLimits, units []trace.Line, how record.LabelsMade) (added bool, voided *trace.Line, err error)
	Job(ctx context.Context, id string) (record.Job, bool, error)
	Jobs(ctx context.Context, f record.JobFilter, p record.Paging) (record.Page[record.Job], error)
	CancelJob(ctx context.Context, id string) error
	RepeatJob(ctx context.Context, j record.Job, most record.JobLimits) (bool, error)
}

// Files keeps what jobs made.
type Files interface {
	JobFile(ctx context.Context, j record.Job) (io.WriteCloser, error)
	OpenJobFile(ctx context.Context, id string) io.Reader
}

// Rows keeps the decided rows of imports.
type Rows interface {
	AddImportRows(ctx context.Context, j record.Job, rows map[int]json.RawMessage) error
	ImportRowPage(ctx context.Context, id string, ok *bool, after, limit int) ([]json.RawMessage, error)
	ImportCounts(ctx context.Context, id string) (good, refused int64, err error)
	DecidedRows(ctx context.Context, id string) (map[int]bool, error)
	RedoImport(ctx context.Context, j record.Job, forget []int) (bool, error)
	ImportHeadings(ctx context.Context, party, kind string) (map[string]string, error)
	SaveImportHeadings(ctx context.Context, party, kind string, fields map[string]string) error
}
