package api

import (
	"context"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

func (h handlers) ListReportedCodes(
	ctx context.Context, r ListReportedCodesRequestObject,
) (ListReportedCodesResponseObject, error) {
	p := r.Params
	v, err := h.s.Complaints.ListReportedCodes(
		ctx, record.ReportStatus(p.Status), listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return ListReportedCodes200JSONResponse(v), err
}

func (h handlers) GetReportedCode(
	ctx context.Context, r GetReportedCodeRequestObject,
) (GetReportedCodeResponseObject, error) {
	v, err := h.s.Complaints.ReportedCode(ctx, r.ID)
	return GetReportedCode200JSONResponse(v), err
}

func (h handlers) CloseReportedCode(
	ctx context.Context, r CloseReportedCodeRequestObject,
) (CloseReportedCodeResponseObject, error) {
	v, err := h.s.Complaints.CloseReportedCode(ctx, callerOf(ctx), r.ID, *r.Body)
	return CloseReportedCode201JSONResponse(v), err
}
