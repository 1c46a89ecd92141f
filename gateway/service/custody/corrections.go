package custody

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// CancelShipment takes back a shipment of which nothing was received.
func (s *Service) CancelShipment(
	ctx context.Context, c service.Caller, r trace.CancelShipmentRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.CancelShipment, r.ID, r)
}

// AmendReceipt proposes what units of a receipt should have been booked as.
func (s *Service) AmendReceipt(
	ctx context.Context, c service.Caller, r trace.AmendReceiptRequest,
) (service.RecordWritten, error) {
	for i := range r.Lines {
		r.Lines[i].GTIN = service.GTIN14(r.Lines[i].GTIN)
	}
	return s.Writer.WriteRecord(ctx, c, trace.AmendReceipt, r.ID, r)
}

// AnswerAmendment is the other side's consent to an amendment, or its refusal.
func (s *Service) AnswerAmendment(
	ctx context.Context, c service.Caller, r trace.AnswerAmendmentRequest,
) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.AnswerAmendment, r.ID, r)
}

// Undo undoes a sale, a return, a removal or a voiding.
func (s *Service) Undo(ctx context.Context, c service.Caller, r trace.UndoRequest) (record.Position, error) {
	service.Normalise(r.Lines)
	w, err := s.Writer.Write(ctx, c, trace.Undo, r)
	return w.Position, err
}
