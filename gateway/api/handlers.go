package api

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/access"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service/custody"
	"github.com/touchstone-trace/touchstone/gateway/service/rooms"
)

// handlers answers each operation of the document with one of a room.
// Errors go to problemHandler.
type handlers struct {
	s    *rooms.Rooms
	desk *access.Desk
}

var _ StrictServerInterface = handlers{}

func paging(after After, limit Limit) record.Paging {
	if limit == 0 {
		limit = 50
	}
	return record.Paging{After: after, Limit: limit}
}

// listing asks for a page of a list that is searched and sorted.
func listing(after After, limit Limit, q Search, sort string, count Count) record.Paging {
	p := paging(after, limit)
	p.Search, p.Sort, p.Count = q, sort, count
	return p
}

func (h handlers) ListProducts(ctx context.Context, r ListProductsRequestObject) (ListProductsResponseObject, error) {
	p := r.Params
	f := record.ProductFilter{Owner: p.Owner, Brand: p.Brand, Category: p.Category}
	v, err := h.s.Sight.Products(ctx, f, listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count))
	return ListProducts200JSONResponse(v), err
}

func (h handlers) RegisterProduct(
	ctx context.Context, r RegisterProductRequestObject,
) (RegisterProductResponseObject, error) {
	v, err := h.s.Goods.RegisterProduct(ctx, callerOf(ctx), *r.Body)
	return RegisterProduct201JSONResponse(v), err
}

func (h handlers) GetProduct(ctx context.Context, r GetProductRequestObject) (GetProductResponseObject, error) {
	v, err := h.s.Sight.Product(ctx, r.Gtin)
	return GetProduct200JSONResponse(v), err
}

func (h handlers) ListBatches(ctx context.Context, r ListBatchesRequestObject) (ListBatchesResponseObject, error) {
	p := r.Params
	f := record.BatchFilter{
		GTIN:          p.Gtin,
		Producer:      p.Producer,
		Status:        p.Status,
		ExpiresBefore: trace.Date(p.ExpiresBefore),
		Correcting:    p.Correcting,
	}
	v, err := h.s.Sight.Batches(ctx, callerOf(ctx), f, listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count))
	return ListBatches200JSONResponse(v), err
}

func (h handlers) RegisterBatch(
	ctx context.Context, r RegisterBatchRequestObject,
) (RegisterBatchResponseObject, error) {
	v, err := h.s.Goods.RegisterBatch(ctx, callerOf(ctx), *r.Body)
	return RegisterBatch201JSONResponse(v), err
}

func (h handlers) GetBatch(ctx context.Context, r GetBatchRequestObject) (GetBatchResponseObject, error) {
	v, err := h.s.Goods.BatchAndLabels(ctx, callerOf(ctx), r.Gtin, r.Lot)
	return GetBatch200JSONResponse(v), err
}

func (h handlers) ApproveBatch(ctx context.Context, r ApproveBatchRequestObject) (ApproveBatchResponseObject, error) {
	v, err := h.s.Goods.ApproveBatch(ctx, callerOf(ctx), r.Gtin, r.Lot)
	return ApproveBatch201JSONResponse(v), err
}

func (h handlers) ListUnits(ctx context.Context, r ListUnitsRequestObject) (ListUnitsResponseObject, error) {
	count := r.Params.Count
	if count == 0 {
		count = 100
	}
	v, err := h.s.Units.Units(ctx, callerOf(ctx), r.Gtin, r.Lot, r.Params.From, count)
	return ListUnits200JSONResponse(v), err
}

func (h handlers) ListShipments(
	ctx context.Context, r ListShipmentsRequestObject,
) (ListShipmentsResponseObject, error) {
	p := r.Params
	v, err := h.s.Custody.Shipments(
		ctx,
		callerOf(ctx),
		record.ShipmentFilter{Sender: p.From, Receiver: p.To, OpenOnly: p.Open},
		listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return ListShipments200JSONResponse(v), err
}

func (h handlers) Ship(ctx context.Context, r ShipRequestObject) (ShipResponseObject, error) {
	v, err := h.s.Custody.Ship(ctx, callerOf(ctx), *r.Body)
	return Ship201JSONResponse(v), err
}

func (h handlers) GetShipment(ctx context.Context, r GetShipmentRequestObject) (GetShipmentResponseObject, error) {
	v, err := h.s.Custody.Shipment(ctx, callerOf(ctx), r.ID)
	return GetShipment200JSONResponse(v), err
}

func (h handlers) Receive(ctx context.Context, r ReceiveRequestObject) (ReceiveResponseObject, error) {
	request := custody.ReceiptOrder{}
	if r.Body != nil {
		request = *r.Body
	}
	request.ID = r.ID
	v, err := h.s.Custody.Receive(ctx, callerOf(ctx), request)
	return Receive201JSONResponse(v), err
}

func (h handlers) Sell(ctx context.Context, r SellRequestObject) (SellResponseObject, error) {
	v, err := h.s.Custody.Sell(ctx, callerOf(ctx), *r.Body)
	return Sell201JSONResponse(v), err
}

func (h handlers) TakeBack(ctx context.Context, r TakeBackRequestObject) (TakeBackResponseObject, error) {
	v, err := h.s.Custody.TakeBack(ctx, callerOf(ctx), *r.Body)
	return TakeBack201JSONResponse(v), err
}

func (h handlers) Decommission(ctx context.Context, r DecommissionRequestObject) (DecommissionResponseObject, error) {
	v, err := h.s.Custody.Decommission(ctx, callerOf(ctx), *r.Body)
	return Decommission201JSONResponse(v), err
}

func (h handlers) ListRecalls(ctx context.Context, r ListRecallsRequestObject) (ListRecallsResponseObject, error) {
	p := r.Params
	v, err := h.s.Recalls.Recalls(
		ctx,
		record.RecallFilter{GTIN: p.Gtin, Class: trace.RecallClass(p.Class), OpenOnly: p.Open},
		listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return ListRecalls200JSONResponse(v), err
}

func (h handlers) PreviewRecall(
	ctx context.Context, r PreviewRecallRequestObject,
) (PreviewRecallResponseObject, error) {
	v, err := h.s.Recalls.PreviewRecall(ctx, callerOf(ctx), *r.Body)
	return PreviewRecall200JSONResponse(v), err
}

func (h handlers) Recall(ctx context.Context, r RecallRequestObject) (RecallResponseObject, error) {
	v, err := h.s.Recalls.Recall(ctx, callerOf(ctx), *r.Body)
	return Recall201JSONResponse(v), err
}

func (h handlers) CloseRecall(ctx context.Context, r CloseRecallRequestObject) (CloseRecallResponseObject, error) {
	v, err := h.s.Recalls.CloseRecall(ctx, callerOf(ctx), trace.CloseRecallRequest{ID: r.ID, Note: r.Body.Note})
	return CloseRecall201JSONResponse(v), err
}

func (h handlers) TraceBatch(ctx context.Context, r TraceBatchRequestObject) (TraceBatchResponseObject, error) {
	v, err := h.s.Story.TraceBatch(ctx, callerOf(ctx), r.Gtin, r.Lot)
	return TraceBatch200JSONResponse(v), err
}

func (h handlers) TraceUnit(ctx context.Context, r TraceUnitRequestObject) (TraceUnitResponseObject, error) {
	v, err := h.s.Story.TraceUnit(ctx, callerOf(ctx), r.Gtin, r.Lot, r.Serial)
	return TraceUnit200JSONResponse(v), err
}

func (h handlers) TraceCode(ctx context.Context, r TraceCodeRequestObject) (TraceCodeResponseObject, error) {
	v, err := h.s.Story.TraceCode(ctx, callerOf(ctx), r.Params.Code)
	return TraceCode200JSONResponse(v), err
}

func (h handlers) ResolveCodes(ctx context.Context, r ResolveCodesRequestObject) (ResolveCodesResponseObject, error) {
	v, err := h.s.Codes.ResolveCodes(ctx, callerOf(ctx), *r.Body)
	return ResolveCodes200JSONResponse(v), err
}

func (h handlers) GetTransaction(
	ctx context.Context, r GetTransactionRequestObject,
) (GetTransactionResponseObject, error) {
	v, err := h.s.Sight.Transaction(ctx, callerOf(ctx), r.TxID)
	return GetTransaction200JSONResponse(v), err
}
