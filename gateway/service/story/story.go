package story

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// TraceBatch tells the story of a batch, as far as the caller may know it.
func (s *Service) TraceBatch(ctx context.Context, c service.Caller, gtin, lot string) (record.Provenance, error) {
	b, err := s.Sight.Batch(ctx, c, gtin, lot)
	if err != nil {
		return record.Provenance{}, err
	}
	return s.story(ctx, c, b.Batch, 0, b.Quantity)
}

// TraceUnit tells the story of one unit of a batch, by its serial or the last six characters of it.
func (s *Service) TraceUnit(
	ctx context.Context, c service.Caller, gtin, lot, serial string,
) (record.Provenance, error) {
	b, err := s.Sight.Batch(ctx, c, gtin, lot)
	if err != nil {
		return record.Provenance{}, err
	}
	index, ok, err := s.Units.IndexOf(ctx, b.Batch, serial)
	if err != nil {
		return record.Provenance{}, err
	}
	if ok {
		return s.unitStory(ctx, c, b.Batch, index)
	}
	if _, ok := seal.Ending(serial); ok {
		return s.traceCode(ctx, c, "serial", codes.Request{Codes: []string{serial}, GTIN: b.GTIN, Lot: b.Lot})
	}
	return record.Provenance{}, service.Refuse(trace.UnitUnknown, "serial", "no_serial_of_batch")
}

// TraceCode tells the story of the one unit that a code names.
func (s *Service) TraceCode(ctx context.Context, c service.Caller, code string) (record.Provenance, error) {
	return s.traceCode(ctx, c, "code", codes.Request{Codes: []string{code}})
}

func (s *Service) traceCode(
	ctx context.Context, c service.Caller, field string, r codes.Request,
) (record.Provenance, error) {
	told, b, err := s.Codes.Told(ctx, c, field, r)
	if err != nil {
		return record.Provenance{}, err
	}
	p, err := s.unitStory(ctx, c, b, told.Index)
	p.Serial = told.Serial
	return p, err
}

func (s *Service) unitStory(
	ctx context.Context, c service.Caller, b trace.Batch, index int64,
) (record.Provenance, error) {
	p, err := s.story(ctx, c, b, index, index+1)
	if err != nil {
		return p, err
	}
	p.Index = &index
	p.Serial, err = s.Units.SerialIn(ctx, b, index)
	return p, err
}

func (s *Service) story(
	ctx context.Context, c service.Caller, b trace.Batch, from, to int64,
) (record.Provenance, error) {
	p := record.Provenance{GTIN: b.GTIN, Lot: b.Lot, Quantity: b.Quantity, Partial: !c.SeesStory(b.Producer)}
	u := record.Units{GTIN: b.GTIN, Lot: b.Lot, From: from, To: to}
	var err error
	if p.Events, err = s.Store.Events(ctx, u); err != nil {
		return p, err
	}
	if p.Holdings, err = s.Store.Holdings(ctx, u); err != nil {
		return p, err
	}
	p.Events, p.Holdings = c.EventsFor(b, p.Events), c.HoldingsFor(b.Producer, p.Holdings)
	return p, s.addRelatives(ctx, c, trace.Line{GTIN: b.GTIN, Lot: b.Lot, From: from, Count: to - from}, &p)
}
