package api

import "context"

func (h handlers) ListParties(ctx context.Context, r ListPartiesRequestObject) (ListPartiesResponseObject, error) {
	p := r.Params
	v, err := h.s.Parties.ListParties(ctx, listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count))
	return ListParties200JSONResponse(v), err
}

func (h handlers) ListPartyNames(
	ctx context.Context, r ListPartyNamesRequestObject,
) (ListPartyNamesResponseObject, error) {
	v, err := h.s.Parties.PartyNames(ctx, callerOf(ctx), r.Params.ID, r.Params.Q)
	return ListPartyNames200JSONResponse(v), err
}

func (h handlers) RegisterParty(
	ctx context.Context, r RegisterPartyRequestObject,
) (RegisterPartyResponseObject, error) {
	v, err := h.s.Parties.RegisterParty(ctx, callerOf(ctx), *r.Body)
	return RegisterParty201JSONResponse(v), err
}

func (h handlers) GetParty(ctx context.Context, r GetPartyRequestObject) (GetPartyResponseObject, error) {
	v, err := h.s.Parties.Party(ctx, callerOf(ctx), r.ID)
	return GetParty200JSONResponse(v), err
}

func (h handlers) UpdateParty(ctx context.Context, r UpdatePartyRequestObject) (UpdatePartyResponseObject, error) {
	request := *r.Body
	request.ID = r.ID
	v, err := h.s.Parties.UpdateParty(ctx, callerOf(ctx), request)
	return UpdateParty200JSONResponse(v), err
}

func (h handlers) SetPartyStatus(
	ctx context.Context, r SetPartyStatusRequestObject,
) (SetPartyStatusResponseObject, error) {
	request := *r.Body
	request.ID = r.ID
	v, err := h.s.Parties.SetPartyStatus(ctx, callerOf(ctx), request)
	return SetPartyStatus201JSONResponse(v), err
}

func (h handlers) ListAccounts(ctx context.Context, r ListAccountsRequestObject) (ListAccountsResponseObject, error) {
	v, err := h.s.Parties.ListAccounts(ctx, callerOf(ctx), r.ID)
	return ListAccounts200JSONResponse(v), err
}

func (h handlers) CreateAccount(
	ctx context.Context, r CreateAccountRequestObject,
) (CreateAccountResponseObject, error) {
	v, err := h.s.Parties.CreateAccount(ctx, callerOf(ctx), r.ID, *r.Body)
	return CreateAccount201JSONResponse(v), err
}

func (h handlers) RevokeAccount(
	ctx context.Context, r RevokeAccountRequestObject,
) (RevokeAccountResponseObject, error) {
	return RevokeAccount204Response{}, h.s.Parties.RevokeAccount(ctx, callerOf(ctx), r.ID, r.Account)
}
