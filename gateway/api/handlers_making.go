package api

import "context"

func (h handlers) Transform(ctx context.Context, r TransformRequestObject) (TransformResponseObject, error) {
	v, err := h.s.Goods.Transform(ctx, callerOf(ctx), *r.Body)
	return Transform201JSONResponse(v), err
}

func (h handlers) GetTransformation(
	ctx context.Context, r GetTransformationRequestObject,
) (GetTransformationResponseObject, error) {
	v, err := h.s.Goods.Transformation(ctx, callerOf(ctx), r.Gtin, r.Lot)
	return GetTransformation200JSONResponse(v), err
}

func (h handlers) ListContainers(
	ctx context.Context, r ListContainersRequestObject,
) (ListContainersResponseObject, error) {
	p := r.Params
	v, err := h.s.Custody.Containers(
		ctx, callerOf(ctx), p.Outermost, listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count),
	)
	return ListContainers200JSONResponse(v), err
}

func (h handlers) GetContainer(ctx context.Context, r GetContainerRequestObject) (GetContainerResponseObject, error) {
	v, err := h.s.Sight.Container(ctx, callerOf(ctx), r.Sscc)
	return GetContainer200JSONResponse(v), err
}

func (h handlers) Pack(ctx context.Context, r PackRequestObject) (PackResponseObject, error) {
	v, err := h.s.Custody.Pack(ctx, callerOf(ctx), *r.Body)
	return Pack201JSONResponse(v), err
}

func (h handlers) Unpack(ctx context.Context, r UnpackRequestObject) (UnpackResponseObject, error) {
	v, err := h.s.Custody.Unpack(ctx, callerOf(ctx), r.Sscc)
	return Unpack201JSONResponse(v), err
}
