package api

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func (h handlers) CorrectProduct(
	ctx context.Context, r CorrectProductRequestObject,
) (CorrectProductResponseObject, error) {
	request := *r.Body
	request.GTIN = r.Gtin
	v, err := h.s.Goods.CorrectProduct(ctx, callerOf(ctx), request)
	return CorrectProduct201JSONResponse(v), err
}

func (h handlers) CorrectBatch(ctx context.Context, r CorrectBatchRequestObject) (CorrectBatchResponseObject, error) {
	v, err := h.s.Goods.CorrectBatch(
		ctx, callerOf(ctx), trace.CorrectBatchRequest{GTIN: r.Gtin, Lot: r.Lot, BatchChange: *r.Body},
	)
	return CorrectBatch201JSONResponse(v), err
}

func (h handlers) DecideCorrection(
	ctx context.Context, r DecideCorrectionRequestObject,
) (DecideCorrectionResponseObject, error) {
	v, err := h.s.Goods.DecideCorrection(
		ctx,
		callerOf(ctx),
		trace.DecideCorrectionRequest{GTIN: r.Gtin, Lot: r.Lot, Approve: r.Body.Approve, Note: r.Body.Note},
	)
	return DecideCorrection201JSONResponse(v), err
}

func (h handlers) VoidUnits(ctx context.Context, r VoidUnitsRequestObject) (VoidUnitsResponseObject, error) {
	v, err := h.s.Goods.VoidUnits(ctx, callerOf(ctx), trace.VoidUnitsRequest{Reason: r.Body.Reason,
		Line: trace.Line{GTIN: r.Gtin, Lot: r.Lot, From: r.Body.From, Count: r.Body.Count}})
	return VoidUnits201JSONResponse(v), err
}

func (h handlers) CancelShipment(
	ctx context.Context, r CancelShipmentRequestObject,
) (CancelShipmentResponseObject, error) {
	v, err := h.s.Custody.CancelShipment(
		ctx, callerOf(ctx), trace.CancelShipmentRequest{ID: r.ID, Reason: r.Body.Reason},
	)
	return CancelShipment201JSONResponse(v), err
}

func (h handlers) AmendReceipt(ctx context.Context, r AmendReceiptRequestObject) (AmendReceiptResponseObject, error) {
	v, err := h.s.Custody.AmendReceipt(
		ctx, callerOf(ctx), trace.AmendReceiptRequest{ID: r.ID, Lines: r.Body.Lines, Reason: r.Body.Reason},
	)
	return AmendReceipt201JSONResponse(v), err
}

func (h handlers) AnswerAmendment(
	ctx context.Context, r AnswerAmendmentRequestObject,
) (AnswerAmendmentResponseObject, error) {
	v, err := h.s.Custody.AnswerAmendment(
		ctx, callerOf(ctx), trace.AnswerAmendmentRequest{ID: r.ID, Accept: r.Body.Accept, Note: r.Body.Note},
	)
	return AnswerAmendment201JSONResponse(v), err
}

func (h handlers) Undo(ctx context.Context, r UndoRequestObject) (UndoResponseObject, error) {
	v, err := h.s.Custody.Undo(
		ctx, callerOf(ctx), trace.UndoRequest{TxID: r.TxID, Lines: r.Body.Lines, Reason: r.Body.Reason},
	)
	return Undo201JSONResponse(v), err
}
