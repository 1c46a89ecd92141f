package api

import (
	"context"

	"github.com/touchstone-trace/touchstone/gateway/service"
)

func (h handlers) Search(ctx context.Context, r SearchRequestObject) (SearchResponseObject, error) {
	v, err := h.s.Search(ctx, callerOf(ctx), r.Params.Q)
	return Search200JSONResponse(v), err
}

func (h handlers) GetProvenanceGraph(ctx context.Context, r GetProvenanceGraphRequestObject) (GetProvenanceGraphResponseObject, error) {
	most := r.Params.Most
	if most == 0 {
		most = service.MaxGraph
	}
	v, err := h.s.Graph(ctx, callerOf(ctx), r.Gtin, r.Lot, r.Params.Serial, most)
	return GetProvenanceGraph200JSONResponse(v), err
}

func (h handlers) GetTransactionProof(ctx context.Context, r GetTransactionProofRequestObject) (GetTransactionProofResponseObject, error) {
	v, err := h.s.TransactionProof(ctx, callerOf(ctx), r.TxID)
	return GetTransactionProof200JSONResponse(v), err
}

func (h handlers) GetLedgerHealth(ctx context.Context, _ GetLedgerHealthRequestObject) (GetLedgerHealthResponseObject, error) {
	v, err := h.s.LedgerHealth(ctx)
	return GetLedgerHealth200JSONResponse(v), err
}
