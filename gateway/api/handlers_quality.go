package api

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

func (h handlers) ListStandards(
	ctx context.Context, r ListStandardsRequestObject,
) (ListStandardsResponseObject, error) {
	p := r.Params
	v, err := h.s.Quality.Standards(ctx, p.Category, listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count))
	return ListStandards200JSONResponse(v), err
}

func (h handlers) GetStandard(ctx context.Context, r GetStandardRequestObject) (GetStandardResponseObject, error) {
	v, err := h.s.Quality.Standard(ctx, r.ID)
	return GetStandard200JSONResponse(v), err
}

func (h handlers) RegisterStandard(
	ctx context.Context, r RegisterStandardRequestObject,
) (RegisterStandardResponseObject, error) {
	v, err := h.s.Quality.RegisterStandard(ctx, callerOf(ctx), *r.Body)
	return RegisterStandard201JSONResponse(v), err
}

func (h handlers) ListInspections(
	ctx context.Context, r ListInspectionsRequestObject,
) (ListInspectionsResponseObject, error) {
	v, err := h.s.Quality.Inspections(ctx, callerOf(ctx), r.Params.Gtin, r.Params.Lot)
	return ListInspections200JSONResponse(v), err
}

func (h handlers) FindInspections(
	ctx context.Context, r FindInspectionsRequestObject,
) (FindInspectionsResponseObject, error) {
	p := r.Params
	v, err := h.s.Quality.AllInspections(
		ctx,
		callerOf(ctx),
		record.InspectionFilter{Outcome: string(p.Outcome)},
		listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return FindInspections200JSONResponse(v), err
}

func (h handlers) InspectionQueue(
	ctx context.Context, r InspectionQueueRequestObject,
) (InspectionQueueResponseObject, error) {
	p := r.Params
	v, err := h.s.Quality.AwaitingInspection(
		ctx, callerOf(ctx), listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return InspectionQueue200JSONResponse(v), err
}

func (h handlers) Inspect(ctx context.Context, r InspectRequestObject) (InspectResponseObject, error) {
	v, err := h.s.Quality.Inspect(ctx, callerOf(ctx), *r.Body)
	return Inspect201JSONResponse(v), err
}

func (h handlers) ResumeInspection(
	ctx context.Context, r ResumeInspectionRequestObject,
) (ResumeInspectionResponseObject, error) {
	v, err := h.s.Quality.ResumeInspection(ctx, callerOf(ctx), *r.Body)
	return ResumeInspection201JSONResponse(v), err
}

func (h handlers) GetSamplingPlan(
	ctx context.Context, r GetSamplingPlanRequestObject,
) (GetSamplingPlanResponseObject, error) {
	v, err := h.s.Quality.SamplingPlan(ctx, callerOf(ctx), r.Gtin, r.Lot, r.Params.Standard)
	return GetSamplingPlan200JSONResponse(v), err
}

func (h handlers) HoldBatch(ctx context.Context, r HoldBatchRequestObject) (HoldBatchResponseObject, error) {
	v, err := h.s.Quality.Hold(
		ctx, callerOf(ctx), trace.QualityRequest{GTIN: r.Gtin, Lot: r.Lot, Reason: r.Body.Reason},
	)
	return HoldBatch201JSONResponse(v), err
}

func (h handlers) ReleaseBatch(ctx context.Context, r ReleaseBatchRequestObject) (ReleaseBatchResponseObject, error) {
	v, err := h.s.Quality.Release(
		ctx, callerOf(ctx), trace.QualityRequest{GTIN: r.Gtin, Lot: r.Lot, Reason: r.Body.Reason},
	)
	return ReleaseBatch201JSONResponse(v), err
}

func (h handlers) GetRecall(ctx context.Context, r GetRecallRequestObject) (GetRecallResponseObject, error) {
	v, err := h.s.Recalls.RecallReach(ctx, callerOf(ctx), r.ID)
	return GetRecall200JSONResponse(v), err
}

func (h handlers) AcknowledgeRecall(
	ctx context.Context, r AcknowledgeRecallRequestObject,
) (AcknowledgeRecallResponseObject, error) {
	v, err := h.s.Recalls.AcknowledgeRecall(
		ctx, callerOf(ctx), trace.AcknowledgeRecallRequest{ID: r.ID, Note: r.Body.Note},
	)
	return AcknowledgeRecall201JSONResponse(v), err
}
