package api

import "context"

func (h handlers) UploadPicture(
	ctx context.Context, r UploadPictureRequestObject,
) (UploadPictureResponseObject, error) {
	file, err := readUpload(r.Body)
	if err != nil {
		return nil, err
	}
	v, err := h.s.Presenting.UploadPicture(ctx, callerOf(ctx), file.Content)
	return UploadPicture201JSONResponse(v), err
}

func (h handlers) GetPresentation(
	ctx context.Context, r GetPresentationRequestObject,
) (GetPresentationResponseObject, error) {
	v, err := h.s.Presenting.Presentation(ctx, callerOf(ctx), r.Gtin)
	return GetPresentation200JSONResponse(v), err
}

func (h handlers) SetPresentation(
	ctx context.Context, r SetPresentationRequestObject,
) (SetPresentationResponseObject, error) {
	v, err := h.s.Presenting.SetPresentation(ctx, callerOf(ctx), r.Gtin, *r.Body)
	return SetPresentation200JSONResponse(v), err
}

func (h handlers) PreviewPresentation(
	ctx context.Context, r PreviewPresentationRequestObject,
) (PreviewPresentationResponseObject, error) {
	v, err := h.s.Presenting.PreviewPresentation(ctx, callerOf(ctx), r.Gtin, *r.Body)
	return PreviewPresentation200JSONResponse(v), err
}

func (h handlers) ForgetPresentation(
	ctx context.Context, r ForgetPresentationRequestObject,
) (ForgetPresentationResponseObject, error) {
	return ForgetPresentation204Response{}, h.s.Presenting.ForgetPresentation(ctx, callerOf(ctx), r.Gtin)
}

func (h handlers) PublishPresentation(
	ctx context.Context, r PublishPresentationRequestObject,
) (PublishPresentationResponseObject, error) {
	v, err := h.s.Presenting.PublishPresentation(ctx, callerOf(ctx), r.Gtin, r.Body.Version)
	return PublishPresentation200JSONResponse(v), err
}

func (h handlers) HidePresentation(
	ctx context.Context, r HidePresentationRequestObject,
) (HidePresentationResponseObject, error) {
	v, err := h.s.Presenting.HidePresentation(ctx, callerOf(ctx), r.Gtin, r.Body.Reason)
	return HidePresentation200JSONResponse(v), err
}

func (h handlers) GetBuyLinks(ctx context.Context, r GetBuyLinksRequestObject) (GetBuyLinksResponseObject, error) {
	v, err := h.s.Presenting.BuyLinks(ctx, callerOf(ctx), r.Gtin)
	return GetBuyLinks200JSONResponse(v), err
}

func (h handlers) SetBuyLinks(ctx context.Context, r SetBuyLinksRequestObject) (SetBuyLinksResponseObject, error) {
	v, err := h.s.Presenting.SetBuyLinks(ctx, callerOf(ctx), r.Gtin, r.Body.Links)
	return SetBuyLinks200JSONResponse(v), err
}

func (h handlers) ListBadges(ctx context.Context, r ListBadgesRequestObject) (ListBadgesResponseObject, error) {
	v, err := h.s.Presenting.ListBadges(ctx, callerOf(ctx), paging(r.Params.After, r.Params.Limit))
	return ListBadges200JSONResponse(v), err
}

func (h handlers) CreateBadge(ctx context.Context, r CreateBadgeRequestObject) (CreateBadgeResponseObject, error) {
	v, err := h.s.Presenting.CreateBadge(ctx, callerOf(ctx), *r.Body)
	return CreateBadge201JSONResponse(v), err
}

func (h handlers) RevokeBadge(ctx context.Context, r RevokeBadgeRequestObject) (RevokeBadgeResponseObject, error) {
	return RevokeBadge204Response{}, h.s.Presenting.RevokeBadge(ctx, callerOf(ctx), r.ID)
}

func (h handlers) ListCreators(ctx context.Context, r ListCreatorsRequestObject) (ListCreatorsResponseObject, error) {
	v, err := h.s.Presenting.ListCreators(ctx, paging(r.Params.After, r.Params.Limit))
	return ListCreators200JSONResponse(v), err
}

func (h handlers) CreateCreator(
	ctx context.Context, r CreateCreatorRequestObject,
) (CreateCreatorResponseObject, error) {
	v, err := h.s.Presenting.CreateCreator(ctx, callerOf(ctx), *r.Body)
	return CreateCreator201JSONResponse(v), err
}

func (h handlers) RevokeCreator(
	ctx context.Context, r RevokeCreatorRequestObject,
) (RevokeCreatorResponseObject, error) {
	return RevokeCreator204Response{}, h.s.Presenting.RevokeCreator(ctx, callerOf(ctx), r.Handle)
}

func (h handlers) ListEndorsements(
	ctx context.Context, r ListEndorsementsRequestObject,
) (ListEndorsementsResponseObject, error) {
	v, err := h.s.Presenting.ListEndorsements(ctx, callerOf(ctx), r.Params.Gtin, paging(r.Params.After, r.Params.Limit))
	return ListEndorsements200JSONResponse(v), err
}

func (h handlers) WithdrawEndorsement(
	ctx context.Context, r WithdrawEndorsementRequestObject,
) (WithdrawEndorsementResponseObject, error) {
	return WithdrawEndorsement204Response{}, h.s.Presenting.WithdrawEndorsement(ctx, callerOf(ctx), r.ID)
}

func (h handlers) HideEndorsement(
	ctx context.Context, r HideEndorsementRequestObject,
) (HideEndorsementResponseObject, error) {
	v, err := h.s.Presenting.HideEndorsement(ctx, callerOf(ctx), r.ID, r.Body.Reason)
	return HideEndorsement201JSONResponse(v), err
}
