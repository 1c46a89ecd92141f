package api

import (
	"bytes"
	"context"
	"mime"

	"github.com/touchstone-trace/touchstone/gateway/service/insight"
	"github.com/touchstone-trace/touchstone/gateway/service/story"
)

func (h handlers) Search(ctx context.Context, r SearchRequestObject) (SearchResponseObject, error) {
	v, err := h.s.Search.Search(ctx, callerOf(ctx), r.Params.Q)
	return Search200JSONResponse(v), err
}

func (h handlers) GetProvenanceGraph(
	ctx context.Context, r GetProvenanceGraphRequestObject,
) (GetProvenanceGraphResponseObject, error) {
	most := r.Params.Most
	if most == 0 {
		most = story.MaxGraph
	}
	v, err := h.s.Story.Graph(ctx, callerOf(ctx), r.Gtin, r.Lot, r.Params.Serial, most)
	return GetProvenanceGraph200JSONResponse(v), err
}

func (h handlers) GetTransactionProof(
	ctx context.Context, r GetTransactionProofRequestObject,
) (GetTransactionProofResponseObject, error) {
	v, err := h.s.Evidence.TransactionProof(ctx, callerOf(ctx), r.TxID)
	return GetTransactionProof200JSONResponse(v), err
}

func (h handlers) GetLedgerHealth(
	ctx context.Context, _ GetLedgerHealthRequestObject,
) (GetLedgerHealthResponseObject, error) {
	v, err := h.s.Evidence.LedgerHealth(ctx)
	return GetLedgerHealth200JSONResponse(v), err
}

func (h handlers) GetTraceReport(
	ctx context.Context, r GetTraceReportRequestObject,
) (GetTraceReportResponseObject, error) {
	language, _ := ctx.Value(languageKey{}).(string)
	f, err := h.s.Story.TraceReport(
		ctx, callerOf(ctx), r.Gtin, r.Lot, r.Params.Serial, story.Format(r.Params.Format), language,
	)
	return GetTraceReport200AsteriskResponse{
		Body:          bytes.NewReader(f.Content),
		ContentType:   f.ContentType,
		ContentLength: int64(len(f.Content)),
		Headers: GetTraceReport200ResponseHeaders{XContentTypeOptions: "nosniff",
			ContentDisposition: mime.FormatMediaType("attachment", map[string]string{"filename": f.Name})},
	}, err
}

func (h handlers) GetInsight(ctx context.Context, r GetInsightRequestObject) (GetInsightResponseObject, error) {
	days := int(r.Params.Days)
	if days == 0 {
		days = insight.InsightPeriods[1]
	}
	v, err := h.s.Insight.Insight(ctx, callerOf(ctx), days, r.Params.Gtin)
	return GetInsight200JSONResponse(v), err
}

func (h handlers) GetHistory(ctx context.Context, r GetHistoryRequestObject) (GetHistoryResponseObject, error) {
	file, err := h.s.Evidence.History(ctx, callerOf(ctx), r.Gtin, r.Lot, uint64(r.Params.From))
	if err != nil {
		return nil, err
	}
	body, disposition, err := streamed(file)
	return GetHistory200ApplicationJsonlResponse{
		Body:    body,
		Headers: GetHistory200ResponseHeaders{ContentDisposition: disposition},
	}, err
}
