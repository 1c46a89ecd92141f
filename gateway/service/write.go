package service

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// The answers of writes.
type (
	// Written says where a transaction is.
	Written struct {
		TxID  string `json:"txId"`
		Block uint64 `json:"block"`
	}
	// RecordWritten is a write about something with an id.
	RecordWritten struct {
		ID string `json:"id"`
		Written
	}
	// ProductWritten is the registration of a product.
	ProductWritten struct {
		GTIN string `json:"gtin"`
		Written
	}
	// BatchWritten is the registration or approval of a batch.
	BatchWritten struct {
		GTIN      string            `json:"gtin"`
		Lot       string            `json:"lot"`
		Quantity  int64             `json:"quantity"`
		UnitsRoot string            `json:"unitsRoot"`
		ExpiresOn trace.Date        `json:"expiresOn,omitempty"`
		Status    trace.BatchStatus `json:"status"`
		Remarks   []trace.Text      `json:"remarks,omitempty"`
		Written
	}
)

func (r Receipt) written() Written { return Written{TxID: r.TxID, Block: r.Block} }

// readable bounds the wait for the read model after a commit.
const readable = 15 * time.Second

// write submits a transaction and returns when its effect can be read; where it
// is written but cannot be read in time, the error is *Unreadable. A request that
// is taken up again first looks for what its earlier attempt sent.
func (s *Service) write(ctx context.Context, c Caller, t trace.Transaction, request any) (Receipt, error) {
	ctx, cancel := detached(ctx)
	defer cancel()
	if c.Resumed {
		if r, sent, err := s.resume(ctx, c); sent || err != nil {
			c.leave(r.TxID)
			return r, err
		}
	}
	named, err := s.named(ctx, c, request)
	if err != nil {
		return Receipt{}, err
	}
	r, err := s.submit(ctx, c, t, request, named)
	if err != nil {
		return Receipt{}, untold(c, named, err)
	}
	c.leave(r.TxID)
	return r, s.awaitReadable(ctx, r)
}

// try refuses what the ledger would refuse, and writes nothing: for what is costly
// to get ready. One that is taken up again may be refused for what its earlier
// attempt has written, so it is not tried.
func (s *Service) try(ctx context.Context, c Caller, t trace.Transaction, request any) error {
	if c.Resumed {
		return nil
	}
	named, err := s.named(ctx, c, request)
	if err != nil {
		return err
	}
	return untold(c, named, s.Ledger.Try(ctx, Call{Party: c.Party, Transaction: t, Request: request}))
}

// submit sends a transaction when it is its turn among those that touch the same units.
func (s *Service) submit(ctx context.Context, c Caller, t trace.Transaction, request any, named names) (Receipt, error) {
	note, err := json.Marshal(map[string]string{"account": c.Account})
	if err != nil {
		return Receipt{}, err
	}
	leave, err := s.lanes.enter(ctx, c, keysOf(c.Party, named.lines))
	if err != nil {
		return Receipt{}, err
	}
	defer leave()
	return s.Ledger.Submit(ctx, Call{Party: c.Party, Transaction: t, Request: request, Ref: c.Ref, Note: note, Hold: c.Hold})
}

// leave notes the transaction that a request wrote.
func (c Caller) leave(txID string) {
	if c.Trail != nil {
		c.Trail.TxID = txID
	}
}

func (s *Service) awaitReadable(ctx context.Context, r Receipt) error {
	ctx, cancel := context.WithTimeout(ctx, readable)
	defer cancel()
	if err := s.Horizon.WaitFor(ctx, r.Block); err != nil {
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
func (s *Service) resume(ctx context.Context, c Caller) (Receipt, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, resumePatience)
	defer cancel()
	again := time.After(unsent)
	for {
		sub, sent, err := s.Journal.LastSubmission(ctx, c.Ref)
		switch {
		case err != nil || !sent:
			return Receipt{}, false, err
		case sub.Outcome != nil && !sub.Outcome.Written():
			return Receipt{}, false, nil
		case sub.Outcome != nil:
			r, err := s.receiptOf(ctx, sub.TxID, sub.Outcome.Block)
			return r, true, err
		}
		select {
		case <-ctx.Done():
			return Receipt{}, true, &OutcomeUnknown{TxID: sub.TxID, Err: ctx.Err()}
		case <-again:
			if sub.Refusal != "" {
				continue
			}
			if err := s.Ledger.Resend(ctx, sub.Pending); err != nil {
				return Receipt{}, true, &OutcomeUnknown{TxID: sub.TxID, Err: err}
			}
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (s *Service) receiptOf(ctx context.Context, txID string, block uint64) (Receipt, error) {
	if err := s.Horizon.WaitFor(ctx, block); err != nil {
		return Receipt{}, &Unreadable{TxID: txID, Block: block, Err: err}
	}
	t, ok, err := s.Story.Transaction(ctx, txID)
	if err != nil || !ok || t.Event == nil {
		return Receipt{}, &OutcomeUnknown{TxID: txID, Err: errors.Join(err, errors.New("not in the read model yet"))}
	}
	r := Receipt{TxID: txID, Block: block}
	return r, json.Unmarshal(t.Event, &r.Event)
}

// newID gives a shipment, a recall or a job an id: for a named request always the same
// one, so that the ledger recognises a repeat as well.
func newID(prefix string, c Caller) string {
	seed := sha256.Sum256([]byte(c.Ref))
	if c.Ref == "" {
		rand.Read(seed[:])
	}
	return prefix + base32.StdEncoding.EncodeToString(seed[:10])
}
