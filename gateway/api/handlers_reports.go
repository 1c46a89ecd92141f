package api

import (
	"context"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

func (h handlers) ListReportedCodes(ctx context.Context, r ListReportedCodesRequestObject) (ListReportedCodesResponseObject, error) {
	v, err := h.s.ListReportedCodes(ctx, record.ReportStatus(r.Params.Status), r.Params.Sort == ListReportedCodesParamsSortNewest,
		paging(r.Params.After, r.Params.Limit))
	return ListReportedCodes200JSONResponse(v), err
}

func (h handlers) GetReportedCode(ctx context.Context, r GetReportedCodeRequestObject) (GetReportedCodeResponseObject, error) {
	v, err := h.s.ReportedCode(ctx, r.ID)
	return GetReportedCode200JSONResponse(v), err
}

func (h handlers) CloseReportedCode(ctx context.Context, r CloseReportedCodeRequestObject) (CloseReportedCodeResponseObject, error) {
	v, err := h.s.CloseReportedCode(ctx, callerOf(ctx), r.ID, *r.Body)
	return CloseReportedCode201JSONResponse(v), err
}
