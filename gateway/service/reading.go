package service

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/seal"
)

// TraceBatch tells the whole story of a batch that the caller may see.
func (s *Service) TraceBatch(ctx context.Context, c Caller, gtin, lot string) (record.Provenance, error) {
	b, err := s.Batch(ctx, c, gtin, lot)
	if err != nil {
		return record.Provenance{}, err
	}
	return s.story(ctx, c, b, 0, b.Quantity)
}

// TraceUnit tells the story of one unit, by its serial.
func (s *Service) TraceUnit(ctx context.Context, c Caller, gtin, lot, serial string) (record.Provenance, error) {
	b, err := s.Batch(ctx, c, gtin, lot)
	if err != nil {
		return record.Provenance{}, err
	}
	serial = seal.Normalise(serial)
	issued, ok := s.Keys.Check(gs1.GTIN(b.GTIN), b.Lot, serial)
	if !ok || issued.Index >= b.Quantity || int(issued.Epoch) != b.KeyEpoch {
		return record.Provenance{}, trace.Errorf(trace.UnitUnknown, "serial", "no unit of this batch has this serial")
	}
	p, err := s.story(ctx, c, b, issued.Index, issued.Index+1)
	p.Serial, p.Index = serial, &issued.Index
	return p, err
}

func (s *Service) story(ctx context.Context, c Caller, b trace.Batch, from, to int64) (record.Provenance, error) {
	p := record.Provenance{GTIN: b.GTIN, Lot: b.Lot, Quantity: b.Quantity}
	u := record.Units{GTIN: b.GTIN, Lot: b.Lot, From: from, To: to}
	var err error
	if p.Events, err = s.Story.Events(ctx, u); err != nil {
		return p, err
	}
	if p.Holdings, err = s.Story.Holdings(ctx, u); err != nil {
		return p, err
	}
	return p, s.addRelatives(ctx, c, trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: from, Count: to - from}, &p)
}

// Transaction says what became of a transaction, to the party that sent it and
// those who see all.
func (s *Service) Transaction(ctx context.Context, c Caller, txID string) (record.Transaction, error) {
	t, ok, err := s.Story.Transaction(ctx, txID)
	mine := c.SeesAll() || (t.Party != "" && t.Party == c.Party)
	return found(t, ok && mine, err)(TransactionUnknown, "txId", "transaction")
}
