package goods

import (
	"cmp"
	"context"
	"errors"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

var (
	_ = service.WhatNames(func(r trace.CorrectBatchRequest) service.Names { return service.LotNamed(r.GTIN, r.Lot) })
	_ = service.WhatNames(func(r trace.VoidUnitsRequest) service.Names { return service.LotNamed(r.GTIN, r.Lot) })
)

// CorrectProduct corrects a product's texts.
func (s *Service) CorrectProduct(
	ctx context.Context, c service.Caller, r trace.CorrectProductRequest,
) (service.RecordWritten, error) {
	r.GTIN = service.GTIN14(r.GTIN)
	return s.writer.WriteRecord(ctx, c, trace.CorrectProduct, r.GTIN, r)
}

// BatchCorrected is a batch's correction: done, or waiting for the platform.
type BatchCorrected struct {
	BatchWritten
	Waits bool `json:"waits"`
}

// CorrectBatch corrects a batch's dates and origin, or asks the platform to let it.
func (s *Service) CorrectBatch(
	ctx context.Context, c service.Caller, r trace.CorrectBatchRequest,
) (BatchCorrected, error) {
	r.GTIN = service.GTIN14(r.GTIN)
	return s.batchCorrected(s.writer.Write(ctx, c, trace.CorrectBatch, r))
}

// DecideCorrection is the platform's word on a correction that waits for it.
func (s *Service) DecideCorrection(
	ctx context.Context, c service.Caller, r trace.DecideCorrectionRequest,
) (BatchCorrected, error) {
	r.GTIN = service.GTIN14(r.GTIN)
	return s.batchCorrected(s.writer.Write(ctx, c, trace.DecideCorrection, r))
}

func (s *Service) batchCorrected(r record.Commit, err error) (BatchCorrected, error) {
	if err != nil {
		return BatchCorrected{}, err
	}
	return BatchCorrected{BatchWritten: batchWritten(r), Waits: r.Event.Batch.Correcting != nil}, nil
}

// VoidUnits ends codes that were never printed.
func (s *Service) VoidUnits(ctx context.Context, c service.Caller, r trace.VoidUnitsRequest) (record.Position, error) {
	r.GTIN = service.GTIN14(r.GTIN)
	c.Ref = cmp.Or(c.Ref, service.NewID("VOIDING-", c))
	begun, err := s.store.BeginVoiding(ctx, c.Ref, r.Line)
	if err != nil {
		return record.Position{}, err
	}
	if !begun {
		return record.Position{}, service.Refuse(
			service.CodesPrinted, "from", "codes_printed", "from", r.From+1, "to", r.To(),
		)
	}
	w, err := s.writer.Write(ctx, c, trace.VoidUnits, r)
	s.voidingEnded(ctx, c, err)
	return w.Position, err
}

// voidingEnded forgets a voiding whose outcome is known. One that stays is
// settled by the journal.
func (s *Service) voidingEnded(ctx context.Context, c service.Caller, err error) {
	var unknown *record.OutcomeUnknown
	var unreadable *service.Unreadable
	if errors.As(err, &unknown) || errors.As(err, &unreadable) {
		return
	}
	if err := s.store.EndVoiding(context.WithoutCancel(ctx), c.Ref); err != nil {
		s.writer.Log.Warn("a voiding that ended is not forgotten yet", "party", c.Party, "error", err)
	}
}
