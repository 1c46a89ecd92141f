package service

import (
	"cmp"
	"context"
	"errors"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Prints knows which labels were made, and whether with PINs.
type Prints interface {
	// LabelsMade notes it of units of one batch; noted twice is noted once. It
	// notes nothing where some are voided, or about to be, and gives one run of those.
	LabelsMade(ctx context.Context, units []trace.Line, how record.LabelsMade) (voided *trace.Line, err error)
	LabelCounts(ctx context.Context, gtin, lot string, quantity int64) (record.LabelCounts, error)
	// BeginVoiding keeps labels of units from being made until EndVoiding, or until
	// the fate of what is sent with ref is known; false where some were made.
	BeginVoiding(ctx context.Context, ref string, units trace.Line) (begun bool, err error)
	EndVoiding(ctx context.Context, ref string) error
	// Unvoided gives those of the units that are not voided, nor about to be.
	Unvoided(ctx context.Context, units trace.Line) ([]trace.Line, error)
}

// CorrectProduct corrects a product's texts.
func (s *Service) CorrectProduct(ctx context.Context, c Caller, r trace.CorrectProductRequest) (RecordWritten, error) {
	r.GTIN = GTIN14(r.GTIN)
	return s.WriteRecord(ctx, c, trace.CorrectProduct, r.GTIN, r)
}

// BatchCorrected is a batch's correction: done, or waiting for the platform.
type BatchCorrected struct {
	BatchWritten
	Waits bool `json:"waits"`
}

// CorrectBatch corrects a batch's dates and origin, or asks the platform to let it.
func (s *Service) CorrectBatch(ctx context.Context, c Caller, r trace.CorrectBatchRequest) (BatchCorrected, error) {
	r.GTIN = GTIN14(r.GTIN)
	return s.batchCorrected(s.Write(ctx, c, trace.CorrectBatch, r))
}

// DecideCorrection is the platform's word on a correction that waits for it.
func (s *Service) DecideCorrection(ctx context.Context, c Caller, r trace.DecideCorrectionRequest) (BatchCorrected, error) {
	r.GTIN = GTIN14(r.GTIN)
	return s.batchCorrected(s.Write(ctx, c, trace.DecideCorrection, r))
}

func (s *Service) batchCorrected(r Receipt, err error) (BatchCorrected, error) {
	if err != nil {
		return BatchCorrected{}, err
	}
	return BatchCorrected{BatchWritten: batchWritten(r), Waits: r.Event.Batch.Correcting != nil}, nil
}

// VoidUnits ends codes that were never printed.
func (s *Service) VoidUnits(ctx context.Context, c Caller, r trace.VoidUnitsRequest) (Written, error) {
	r.GTIN = GTIN14(r.GTIN)
	c.Ref = cmp.Or(c.Ref, NewID("VOIDING-", c))
	begun, err := s.Prints.BeginVoiding(ctx, c.Ref, r.Line)
	if err != nil {
		return Written{}, err
	}
	if !begun {
		return Written{}, trace.Errorf(CodesPrinted, "from", "labels of units %d to %d were made; decommission what is not used as destroyed", r.From+1, r.To())
	}
	w, err := s.Write(ctx, c, trace.VoidUnits, r)
	s.voidingEnded(ctx, c, err)
	return w.Written(), err
}

// voidingEnded forgets a voiding whose outcome is known. One that stays is
// settled by the journal.
func (s *Service) voidingEnded(ctx context.Context, c Caller, err error) {
	var unknown *OutcomeUnknown
	var unreadable *Unreadable
	if errors.As(err, &unknown) || errors.As(err, &unreadable) {
		return
	}
	if err := s.Prints.EndVoiding(context.WithoutCancel(ctx), c.Ref); err != nil {
		s.Log.Warn("a voiding that ended is not forgotten yet", "party", c.Party, "error", err)
	}
}

// CancelShipment takes back a shipment of which nothing was received.
func (s *Service) CancelShipment(ctx context.Context, c Caller, r trace.CancelShipmentRequest) (RecordWritten, error) {
	return s.WriteRecord(ctx, c, trace.CancelShipment, r.ID, r)
}

// AmendReceipt proposes what units of a receipt should have been booked as.
func (s *Service) AmendReceipt(ctx context.Context, c Caller, r trace.AmendReceiptRequest) (RecordWritten, error) {
	for i := range r.Lines {
		r.Lines[i].GTIN = GTIN14(r.Lines[i].GTIN)
	}
	return s.WriteRecord(ctx, c, trace.AmendReceipt, r.ID, r)
}

// AnswerAmendment is the other side's consent to an amendment, or its refusal.
func (s *Service) AnswerAmendment(ctx context.Context, c Caller, r trace.AnswerAmendmentRequest) (RecordWritten, error) {
	return s.WriteRecord(ctx, c, trace.AnswerAmendment, r.ID, r)
}

// Undo undoes a sale, a return, a removal or a voiding.
func (s *Service) Undo(ctx context.Context, c Caller, r trace.UndoRequest) (Written, error) {
	Normalise(r.Lines)
	w, err := s.Write(ctx, c, trace.Undo, r)
	return w.Written(), err
}
