package service

import (
	"context"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Ledger submits a transaction and waits for its block. Errors: *trace.Error,
// *record.Unavailable (certainly not written), *record.OutcomeUnknown. Try only asks whether it
// would be refused. Resend sends one that was journalled again and returns when
// its outcome is in the journal, or not to be had.
type Ledger interface {
	Try(ctx context.Context, call record.Call) error
	Submit(ctx context.Context, call record.Call) (record.Commit, error)
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
