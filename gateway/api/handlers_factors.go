package api

import (
	"context"
	"encoding/json"
	"net/url"
)

func (h handlers) GiveSecondFactor(
	ctx context.Context, r GiveSecondFactorRequestObject,
) (GiveSecondFactorResponseObject, error) {
	a, err := h.desk.SecondFactor(ctx, visitOf(ctx).Visit, r.Body.Code)
	if err != nil {
		return nil, err
	}
	return GiveSecondFactor200JSONResponse(signedIn(ctx, a)), nil
}

func (h handlers) AskPasskey(ctx context.Context, _ AskPasskeyRequestObject) (AskPasskeyResponseObject, error) {
	v, err := h.desk.AskPasskey(ctx)
	return AskPasskey200JSONResponse(v), err
}

func (h handlers) SignInPasskey(
	ctx context.Context, r SignInPasskeyRequestObject,
) (SignInPasskeyResponseObject, error) {
	a, err := h.desk.SignInPasskey(ctx, visitOf(ctx).Visit, r.Body.Step, asDocument(r.Body.Credential))
	if err != nil {
		return nil, err
	}
	return SignInPasskey200JSONResponse(signedIn(ctx, a)), nil
}

// asDocument writes an object that was JSON a moment ago.
func asDocument(o map[string]any) []byte {
	b, _ := json.Marshal(o)
	return b
}

func (h handlers) StartSso(ctx context.Context, r StartSsoRequestObject) (StartSsoResponseObject, error) {
	to, a, err := h.desk.StartSSO(ctx, r.Body.Invitation)
	if err != nil {
		return nil, err
	}
	visitOf(ctx).welcome(a)
	return StartSso200JSONResponse{URL: to}, nil
}

// ReturnFromSso answers people who come from another site, so with a page of
// ours and never with a document.
func (h handlers) ReturnFromSso(
	ctx context.Context, r ReturnFromSsoRequestObject,
) (ReturnFromSsoResponseObject, error) {
	a, err := h.desk.ReturnSSO(ctx, visitOf(ctx).Visit, url.Values{"state": {r.Params.State}, "code": {r.Params.Code}})
	to := "/"
	if err != nil {
		to = "/signin?problem=" + string(classify(err).Code)
	}
	if err == nil && a.Session == "" {
		to = "/settings/security"
	}
	visitOf(ctx).welcome(a)
	return ReturnFromSso303Response{Headers: ReturnFromSso303ResponseHeaders{Location: to}}, nil
}

func (h handlers) GetSecurity(ctx context.Context, _ GetSecurityRequestObject) (GetSecurityResponseObject, error) {
	v, err := h.desk.Security(ctx, callerOf(ctx))
	return GetSecurity200JSONResponse(v), err
}

func (h handlers) StartTotp(ctx context.Context, _ StartTotpRequestObject) (StartTotpResponseObject, error) {
	v, err := h.desk.StartTOTP(ctx, callerOf(ctx))
	return StartTotp200JSONResponse(v), err
}

func (h handlers) ConfirmTotp(ctx context.Context, r ConfirmTotpRequestObject) (ConfirmTotpResponseObject, error) {
	codes, a, err := h.desk.ConfirmTOTP(ctx, visitOf(ctx).Visit, callerOf(ctx), r.Body.Step, r.Body.Code)
	if err != nil {
		return nil, err
	}
	visitOf(ctx).welcome(a)
	return ConfirmTotp200JSONResponse{Codes: codes}, nil
}

func (h handlers) RemoveTotp(ctx context.Context, _ RemoveTotpRequestObject) (RemoveTotpResponseObject, error) {
	return RemoveTotp204Response{}, h.desk.RemoveTOTP(ctx, callerOf(ctx))
}

func (h handlers) StartPasskey(ctx context.Context, _ StartPasskeyRequestObject) (StartPasskeyResponseObject, error) {
	v, err := h.desk.StartPasskey(ctx, callerOf(ctx))
	return StartPasskey200JSONResponse(v), err
}

func (h handlers) AddPasskey(ctx context.Context, r AddPasskeyRequestObject) (AddPasskeyResponseObject, error) {
	return AddPasskey204Response{}, h.desk.AddPasskey(
		ctx, callerOf(ctx), r.Body.Step, r.Body.Name, asDocument(r.Body.Credential),
	)
}

func (h handlers) RemovePasskey(
	ctx context.Context, r RemovePasskeyRequestObject,
) (RemovePasskeyResponseObject, error) {
	return RemovePasskey204Response{}, h.desk.RemovePasskey(ctx, callerOf(ctx), r.Passkey)
}

func (h handlers) LinkSso(ctx context.Context, _ LinkSsoRequestObject) (LinkSsoResponseObject, error) {
	to, a, err := h.desk.LinkSSO(ctx, callerOf(ctx))
	if err != nil {
		return nil, err
	}
	visitOf(ctx).welcome(a)
	return LinkSso200JSONResponse{URL: to}, nil
}

func (h handlers) UnlinkSso(ctx context.Context, _ UnlinkSsoRequestObject) (UnlinkSsoResponseObject, error) {
	return UnlinkSso204Response{}, h.desk.UnlinkSSO(ctx, callerOf(ctx))
}
