package api

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

func (h handlers) ListCases(ctx context.Context, r ListCasesRequestObject) (ListCasesResponseObject, error) {
	p := r.Params
	v, err := h.s.Cases.ListCases(ctx, callerOf(ctx), record.CaseFilter{OpenOnly: p.Open, Shipment: p.Shipment},
		listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count))
	return ListCases200JSONResponse(v), err
}

func (h handlers) GetCase(ctx context.Context, r GetCaseRequestObject) (GetCaseResponseObject, error) {
	v, err := h.s.Cases.Case(ctx, callerOf(ctx), r.ID)
	return GetCase200JSONResponse(v), err
}

func (h handlers) OpenCase(ctx context.Context, r OpenCaseRequestObject) (OpenCaseResponseObject, error) {
	v, err := h.s.Cases.OpenCase(ctx, callerOf(ctx), *r.Body)
	return OpenCase201JSONResponse(v), err
}

func (h handlers) AnswerCase(ctx context.Context, r AnswerCaseRequestObject) (AnswerCaseResponseObject, error) {
	v, err := h.s.Cases.AnswerCase(
		ctx, callerOf(ctx), trace.AnswerCaseRequest{ID: r.ID, Accept: r.Body.Accept, Note: r.Body.Note},
	)
	return AnswerCase201JSONResponse(v), err
}

func (h handlers) DecideCase(ctx context.Context, r DecideCaseRequestObject) (DecideCaseResponseObject, error) {
	v, err := h.s.Cases.DecideCase(
		ctx, callerOf(ctx), trace.DecideCaseRequest{ID: r.ID, Outcome: r.Body.Outcome, Note: r.Body.Note},
	)
	return DecideCase201JSONResponse(v), err
}

func (h handlers) WithdrawCase(ctx context.Context, r WithdrawCaseRequestObject) (WithdrawCaseResponseObject, error) {
	v, err := h.s.Cases.WithdrawCase(ctx, callerOf(ctx), r.ID)
	return WithdrawCase201JSONResponse(v), err
}

func (h handlers) CloseShipment(
	ctx context.Context, r CloseShipmentRequestObject,
) (CloseShipmentResponseObject, error) {
	request := trace.CloseShipmentRequest{ID: r.ID}
	if r.Body != nil {
		request.Reason = r.Body.Reason
	}
	v, err := h.s.Custody.CloseShipment(ctx, callerOf(ctx), request)
	return CloseShipment201JSONResponse(v), err
}

func (h handlers) GetCustodyTerms(
	ctx context.Context, _ GetCustodyTermsRequestObject,
) (GetCustodyTermsResponseObject, error) {
	v, err := h.s.Cases.CustodyTerms(ctx)
	return GetCustodyTerms200JSONResponse(v), err
}

func (h handlers) SetCustodyTerms(
	ctx context.Context, r SetCustodyTermsRequestObject,
) (SetCustodyTermsResponseObject, error) {
	v, err := h.s.Cases.SetCustodyTerms(ctx, callerOf(ctx), *r.Body)
	return SetCustodyTerms200JSONResponse(v), err
}
