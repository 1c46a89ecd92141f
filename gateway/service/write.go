// Package service is what all use cases of the gateway need: who asks, how a write
// reaches the ledger and is read back, how it is noted, and the reasons why something
// is refused. The use cases themselves are the packages below it, one room for each
// thing that is done; gateway/service/rooms joins them.
//
// A room takes a Caller with each operation and keeps to what that caller may see. It
// knows nothing of HTTP, SQL or Fabric: it speaks the vocabularies of chaincode/trace
// and gateway/record, and reaches the store and other rooms through small interfaces
// that it declares itself. Who may call which operation is decided before (see
// gateway/api), the rules of the supply chain after, on the ledger.
package service

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// RecordWritten answers a write about something with an id.
type RecordWritten struct {
	ID string `json:"id"`
	record.Position
}

// Writer writes to the ledger for callers, and notes in the audit log what they do.
// All fields are required but Now; Ready comes before the first call.
type Writer struct {
	Ledger       Ledger
	Horizon      Horizon
	Journal      Journal
	Transactions Transactions
	Sight        Sight
	Audits       Audits
	Now          func() time.Time
	Log          *slog.Logger

	lanes *lanes
}

// Ready fills in what can be left empty.
func (w *Writer) Ready() *Writer {
	if w.Now == nil {
		w.Now = time.Now
	}
	w.lanes = newLanes()
	return w
}

// Today is the day it is in the ledger's zone.
func (w *Writer) Today() trace.Date { return trace.DayOf(w.Now()) }

// readable bounds the wait for the read model after a commit.
const readable = 15 * time.Second

// Write submits a transaction and returns when its effect can be read; where it
// is written but cannot be read in time, the error is *Unreadable. A request that
// is taken up again first looks for what its earlier attempt sent.
func (w *Writer) Write(ctx context.Context, c Caller, t trace.Transaction, request any) (record.Commit, error) {
	ctx, cancel := detached(ctx)
	defer cancel()
	if c.Resumed {
		if r, sent, err := w.resume(ctx, c); sent || err != nil {
			c.leave(r.TxID)
			return r, err
		}
	}
	named, err := w.named(ctx, c, request)
	if err != nil {
		return record.Commit{}, err
	}
	r, err := w.submit(ctx, c, t, request, named)
	if err != nil {
		return record.Commit{}, untold(c, named, err)
	}
	c.leave(r.TxID)
	return r, w.awaitReadable(ctx, r)
}

// WriteRecord is Write for something with an id.
func (w *Writer) WriteRecord(
	ctx context.Context, c Caller, t trace.Transaction, id string, request any,
) (RecordWritten, error) {
	r, err := w.Write(ctx, c, t, request)
	return RecordWritten{ID: id, Position: r.Position}, err
}

// Audit notes in the log what a caller does before it is done: what is secret is
// not answered unnoted. Within a request it completes that request's own line.
func (w *Writer) Audit(ctx context.Context, c Caller, action string, detail any) error {
	if c.Trail != nil {
		c.Trail.Noted = true
	}
	return w.Audits.Audit(ctx, c.Entry(action, detail))
}

// Try refuses what the ledger would refuse, and writes nothing: for what is costly
// to get ready. One that is taken up again may be refused for what its earlier
// attempt has written, so it is not tried.
func (w *Writer) Try(ctx context.Context, c Caller, t trace.Transaction, request any) error {
	if c.Resumed {
		return nil
	}
	named, err := w.named(ctx, c, request)
	if err != nil {
		return err
	}
	return untold(c, named, w.Ledger.Try(ctx, record.Call{Party: c.Party, Transaction: t, Request: request}))
}

// submit sends a transaction when it is its turn among those that touch the same units.
func (w *Writer) submit(
	ctx context.Context, c Caller, t trace.Transaction, request any, named Names,
) (record.Commit, error) {
	note, err := json.Marshal(map[string]string{"account": c.Account})
	if err != nil {
		return record.Commit{}, err
	}
	leave, err := w.lanes.enter(ctx, c, keysOf(c.Party, named.Lines))
	if err != nil {
		return record.Commit{}, err
	}
	defer leave()
	return w.Ledger.Submit(
		ctx, record.Call{Party: c.Party, Transaction: t, Request: request, Ref: c.Ref, Note: note, Hold: c.Hold},
	)
}

func (w *Writer) awaitReadable(ctx context.Context, r record.Commit) error {
	ctx, cancel := context.WithTimeout(ctx, readable)
	defer cancel()
	if err := w.Horizon.WaitFor(ctx, r.Block); err != nil {
		return &Unreadable{TxID: r.TxID, Block: r.Block, Err: err}
	}
	return nil
}

const (
	// resumePatience is how long a repeated request waits for the outcome of what
	// its earlier attempt sent, before it says that it is unknown still.
	resumePatience = 20 * time.Second
	// unsent is after how long without a block that attempt may have died before it sent anything.
	unsent = time.Second
)

// resume answers for the transaction that an earlier attempt at the request
// sent; false where it sent none, or only some that certainly failed.
func (w *Writer) resume(ctx context.Context, c Caller) (record.Commit, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, resumePatience)
	defer cancel()
	again := time.After(unsent)
	for {
		sub, sent, err := w.Journal.LastSubmission(ctx, c.Ref)
		switch {
		case err != nil || !sent:
			return record.Commit{}, false, err
		case sub.Outcome != nil && !sub.Outcome.Written():
			return record.Commit{}, false, nil
		case sub.Outcome != nil:
			r, err := w.receiptOf(ctx, sub.TxID, sub.Outcome.Block)
			return r, true, err
		}
		select {
		case <-ctx.Done():
			return record.Commit{}, true, &record.OutcomeUnknown{TxID: sub.TxID, Err: ctx.Err()}
		case <-again:
			if sub.Refusal != "" {
				continue
			}
			if err := w.Ledger.Resend(ctx, sub.Pending); err != nil {
				return record.Commit{}, true, &record.OutcomeUnknown{TxID: sub.TxID, Err: err}
			}
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (w *Writer) receiptOf(ctx context.Context, txID string, block uint64) (record.Commit, error) {
	if err := w.Horizon.WaitFor(ctx, block); err != nil {
		return record.Commit{}, &Unreadable{TxID: txID, Block: block, Err: err}
	}
	t, ok, err := w.Transactions.Transaction(ctx, txID)
	if err != nil || !ok || t.Event == nil {
		return record.Commit{}, &record.OutcomeUnknown{
			TxID: txID,
			Err:  errors.Join(err, errors.New("not in the read model yet")),
		}
	}
	r := record.Commit{Position: record.Position{TxID: txID, Block: block}}
	return r, json.Unmarshal(t.Event, &r.Event)
}

// detached outlives a caller that hangs up, by a bounded time: what was sent to
// the ledger must be followed to its end.
func detached(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 90*time.Second)
}

// NewID gives a shipment, a recall or a job an id: for a named request always the same
// one, so that the ledger recognises a repeat as well.
func NewID(prefix string, c Caller) string {
	seed := sha256.Sum256([]byte(c.Ref))
	if c.Ref == "" {
		rand.Read(seed[:])
	}
	return prefix + base32.StdEncoding.EncodeToString(seed[:10])
}
