package api

import "context"

func (h handlers) ListViews(ctx context.Context, r ListViewsRequestObject) (ListViewsResponseObject, error) {
	v, err := h.s.Views.ListViews(ctx, callerOf(ctx), r.Params.List)
	return ListViews200JSONResponse(v), err
}

func (h handlers) SaveView(ctx context.Context, r SaveViewRequestObject) (SaveViewResponseObject, error) {
	v, err := h.s.Views.SaveView(ctx, callerOf(ctx), *r.Body)
	return SaveView201JSONResponse(v), err
}

func (h handlers) DeleteView(ctx context.Context, r DeleteViewRequestObject) (DeleteViewResponseObject, error) {
	return DeleteView204Response{}, h.s.Views.DeleteView(ctx, callerOf(ctx), r.ID)
}
