// Package servicetest gives the tests of a room a writer whose ledger only
// remembers what it was asked to write.
package servicetest

import (
	"context"
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Now is the time of every writer here.
var Now = time.Date(2026, 11, 28, 12, 0, 0, 0, trace.Zone)

// Ledger is a ledger that says what it is told to say. It is also the journal, the
// read model's horizon, the sight and the audit log of its writer.
type Ledger struct {
	Tried   []record.Call
	Calls   []record.Call
	Resent  []record.Pending
	Audited []record.Audit
	Named   []service.Names

	Refuse  error                            // what Try and Submit answer
	Event   trace.Event                      // of every receipt
	Unseen  error                            // what MayName answers
	Blind   error                            // what WaitFor answers
	Sent    func() (record.Submission, bool) // what the journal holds; nil is nothing
	Written record.Transaction               // in the read model
}

// Writer gives a writer over a ledger.
func Writer() (*service.Writer, *Ledger) {
	l := &Ledger{}
	w := &service.Writer{Ledger: l, Horizon: l, Journal: l, Transactions: l, Sight: l, Audits: l,
		Now: Clock, Log: slog.New(slog.DiscardHandler)}
	return w.Ready(), l
}

// Try remembers.
func (l *Ledger) Try(_ context.Context, call record.Call) error {
	l.Tried = append(l.Tried, call)
	return l.Refuse
}

// Submit remembers.
func (l *Ledger) Submit(_ context.Context, call record.Call) (record.Commit, error) {
	l.Calls = append(l.Calls, call)
	if l.Refuse != nil {
		return record.Commit{}, l.Refuse
	}
	return record.Commit{Position: record.Position{TxID: "tx", Block: 7}, Event: l.Event}, nil
}

// Resend remembers.
func (l *Ledger) Resend(_ context.Context, p record.Pending) error {
	l.Resent = append(l.Resent, p)
	return nil
}

// WaitFor answers Blind.
func (l *Ledger) WaitFor(context.Context, uint64) error { return l.Blind }

// LastSubmission answers Sent.
func (l *Ledger) LastSubmission(context.Context, string) (record.Submission, bool, error) {
	if l.Sent == nil {
		return record.Submission{}, false, nil
	}
	s, ok := l.Sent()
	return s, ok, nil
}

// Transaction answers Written.
func (l *Ledger) Transaction(_ context.Context, txID string) (record.Transaction, bool, error) {
	return l.Written, l.Written.TxID == txID, nil
}

// MayName remembers, and answers Unseen.
func (l *Ledger) MayName(_ context.Context, _ service.Caller, n service.Names) error {
	l.Named = append(l.Named, n)
	return l.Unseen
}

// Audit remembers.
func (l *Ledger) Audit(_ context.Context, e record.Audit) error {
	l.Audited = append(l.Audited, e)
	return nil
}

// Transactions are those that were submitted, in their order.
func (l *Ledger) Transactions() []trace.Transaction {
	all := []trace.Transaction{}
	for _, c := range l.Calls {
		all = append(all, c.Transaction)
	}
	return all
}

// Clock says Now.
func Clock() time.Time { return Now }
