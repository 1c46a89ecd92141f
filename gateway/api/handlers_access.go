package api

import (
	"context"

	"github.com/touchstone-trace/touchstone/gateway/access"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

func (h handlers) GetMe(ctx context.Context, _ GetMeRequestObject) (GetMeResponseObject, error) {
	account := accountOf(ctx)
	me, err := h.desk.Me(ctx, callerOf(ctx), account.Roles, permittedTo(account))
	return GetMe200JSONResponse(me), err
}

func (h handlers) GetSignIn(ctx context.Context, _ GetSignInRequestObject) (GetSignInResponseObject, error) {
	demo, err := h.desk.Demos(ctx)
	ways := GetSignIn200JSONResponse{Demo: demo, Passkeys: h.desk.Origin != ""}
	if h.desk.SSO != nil && h.desk.Origin != "" {
		ways.Sso = h.desk.SSO.Name
	}
	return ways, err
}

// signedIn gives an admission's tokens to the browser.
func signedIn(ctx context.Context, a access.Admission) SignedIn {
	visitOf(ctx).welcome(a)
	return SignedIn{SecondFactor: a.Step != ""}
}

func (h handlers) SignIn(ctx context.Context, r SignInRequestObject) (SignInResponseObject, error) {
	a, err := h.desk.SignIn(ctx, visitOf(ctx).Visit, r.Body.Login, r.Body.Password)
	if err != nil {
		return nil, err
	}
	return SignIn200JSONResponse(signedIn(ctx, a)), nil
}

func (h handlers) SignInDemo(ctx context.Context, r SignInDemoRequestObject) (SignInDemoResponseObject, error) {
	a, err := h.desk.SignInDemo(ctx, visitOf(ctx).Visit, r.Body.Party)
	if err != nil {
		return nil, err
	}
	return SignInDemo200JSONResponse(signedIn(ctx, a)), nil
}

func (h handlers) SignUp(ctx context.Context, r SignUpRequestObject) (SignUpResponseObject, error) {
	a, err := h.desk.SignUp(ctx, visitOf(ctx).Visit, *r.Body)
	if err != nil {
		return nil, err
	}
	return SignUp201JSONResponse(signedIn(ctx, a)), nil
}

func (h handlers) SignOut(ctx context.Context, _ SignOutRequestObject) (SignOutResponseObject, error) {
	if err := h.desk.SignOut(ctx, callerOf(ctx)); err != nil {
		return nil, err
	}
	visitOf(ctx).give(sessionCookie, "", 0)
	return SignOut204Response{}, nil
}

func (h handlers) Confirm(ctx context.Context, r ConfirmRequestObject) (ConfirmResponseObject, error) {
	a, err := h.desk.Confirm(ctx, visitOf(ctx).Visit, callerOf(ctx), r.Body.Password)
	if err != nil {
		return nil, err
	}
	visitOf(ctx).welcome(a)
	return Confirm204Response{}, nil
}

func (h handlers) SetPassword(ctx context.Context, r SetPasswordRequestObject) (SetPasswordResponseObject, error) {
	a, err := h.desk.ChangePassword(ctx, visitOf(ctx).Visit, callerOf(ctx), r.Body.Old, r.Body.Password)
	if err != nil {
		return nil, err
	}
	visitOf(ctx).welcome(a)
	return SetPassword204Response{}, nil
}

func (h handlers) ListSessions(ctx context.Context, _ ListSessionsRequestObject) (ListSessionsResponseObject, error) {
	v, err := h.desk.ListSessions(ctx, callerOf(ctx))
	return ListSessions200JSONResponse(v), err
}

func (h handlers) EndSession(ctx context.Context, r EndSessionRequestObject) (EndSessionResponseObject, error) {
	return EndSession204Response{}, h.desk.EndSession(ctx, callerOf(ctx), r.Session)
}

func (h handlers) EndSessions(ctx context.Context, _ EndSessionsRequestObject) (EndSessionsResponseObject, error) {
	return EndSessions204Response{}, h.desk.EndOtherSessions(ctx, callerOf(ctx))
}

type accountKey struct{}

// accountOf gives the account that admit let in.
func accountOf(ctx context.Context) record.Account {
	a, _ := ctx.Value(accountKey{}).(record.Account)
	return a
}
