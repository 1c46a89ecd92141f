package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func batchKey(gtin, lot string) key { return key{"batch", gtin, lot} }

// batch gives a batch, or BATCH_UNKNOWN.
func (s *state) batch(gtin, lot string) (trace.Batch, error) {
	var b trace.Batch
	found, err := s.get(batchKey(gtin, lot), &b)
	if err == nil && !found {
		err = trace.Refuse(
			trace.BatchUnknown, "lot", "no_lot", "lot", trace.Quoted(20, lot), "gtin", trace.Quoted(20, gtin),
		)
	}
	return b, err
}

// batchOf gives the batch that a line is of; the line must lie within it.
func (s *state) batchOf(l trace.Line) (trace.Batch, error) {
	b, err := s.batch(l.GTIN, l.Lot)
	if err == nil && l.To() > b.Quantity {
		err = trace.Refuse(
			trace.LineOutOfRange, "lines", "units_beyond_lot", "lot", l.Lot, "units", b.Quantity,
			"from", l.From+1, "to", l.To(),
		)
	}
	return b, err
}

// approved refuses a batch that still waits for its second approval.
func approved(b trace.Batch) error {
	if b.Status == trace.BatchAwaitingApproval {
		return trace.Refuse(trace.BatchUnapproved, "lot", "lot_waits", "lot", b.Lot)
	}
	return nil
}

// whole gives the line of all units of a batch.
func whole(b trace.Batch) trace.Line { return trace.Line{GTIN: b.GTIN, Lot: b.Lot, Count: b.Quantity} }

// RegisterBatch takes a trace.Batch.
func (c *Contract) RegisterBatch(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.RegisterBatch, request, registerBatch)
}

func registerBatch(t *transaction, b trace.Batch) (trace.Event, error) {
	b, err := t.makeBatch(b)
	return batchEvent(trace.EventBatchRegistered, b), err
}

// makeBatch brings the units into being, in the producer's hands. The cost is
// the same for one unit and for a million.
func (t *transaction) makeBatch(b trace.Batch) (trace.Batch, error) {
	if err := allow(
		b.Check(t.today),
		t.ownName("producer", b.Producer),
		mustBeEmpty("status", b.Status == ""),
		mustBeEmpty("registeredAt", b.RegisteredAt.IsZero()),
		mustBeEmpty("corrections", len(b.Corrections) == 0 && b.Correcting == nil),
	); err != nil {
		return b, err
	}
	if err := t.registrable(b); err != nil {
		return b, err
	}
	within, err := t.drawQuota(b.Quantity)
	if err != nil {
		return b, err
	}
	if b.Status = trace.BatchRegistered; !within {
		b.Status = trace.BatchAwaitingApproval
	}
	b.Producer, b.RegisteredAt = t.by.ID, t.at
	err = t.move(whole(b), trace.Place{}, trace.Place{Holder: b.Producer, State: trace.Held})
	return b, allow(err, t.put(batchKey(b.GTIN, b.Lot), b))
}

// registrable holds a new batch against what is on the ledger.
func (t *transaction) registrable(b trace.Batch) error {
	if _, err := t.product(b.GTIN); err != nil {
		return err
	}
	if err := t.by.MayRegister(b.GTIN, t.today); err != nil {
		return err
	}
	if found, err := t.get(batchKey(b.GTIN, b.Lot), &trace.Batch{}); err != nil || found {
		return exists(err, trace.BatchExists, "lot", b.Lot)
	}
	return nil
}

func batchEvent(what trace.EventType, b trace.Batch) trace.Event {
	return trace.Event{Type: what, Batch: &b, Lines: []trace.Line{whole(b)}}
}

// ApproveBatch takes a trace.BatchRequest.
func (c *Contract) ApproveBatch(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.ApproveBatch, request, approveBatch)
}

func approveBatch(t *transaction, r trace.BatchRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	b, err := t.batch(r.GTIN, r.Lot)
	if err != nil {
		return trace.Event{}, err
	}
	if b.Status != trace.BatchAwaitingApproval {
		return trace.Event{}, trace.Refuse(trace.BatchNotAwaiting, "lot", "lot_is", "lot", b.Lot, "status", b.Status)
	}
	b.Status = trace.BatchRegistered
	return batchEvent(trace.EventBatchApproved, b), t.put(batchKey(b.GTIN, b.Lot), b)
}

// GetBatch answers a trace.Batch.
func (c *Contract) GetBatch(ctx contractapi.TransactionContextInterface, gtin, lot string) (string, error) {
	return answer(ctx, func(s *state) (trace.Batch, error) { return s.batch(gtin, lot) })
}
