package api

import (
	"context"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

func (h handlers) ListTeam(ctx context.Context, _ ListTeamRequestObject) (ListTeamResponseObject, error) {
	v, err := h.desk.ListTeam(ctx, callerOf(ctx))
	return ListTeam200JSONResponse(v), err
}

func (h handlers) Invite(ctx context.Context, r InviteRequestObject) (InviteResponseObject, error) {
	v, err := h.desk.Invite(ctx, callerOf(ctx), *r.Body)
	return Invite201JSONResponse(v), err
}

func (h handlers) LetBackIn(ctx context.Context, r LetBackInRequestObject) (LetBackInResponseObject, error) {
	v, err := h.desk.LetBackIn(ctx, callerOf(ctx), r.Account)
	return LetBackIn201JSONResponse(v), err
}

func (h handlers) WithdrawInvitation(
	ctx context.Context, r WithdrawInvitationRequestObject,
) (WithdrawInvitationResponseObject, error) {
	return WithdrawInvitation204Response{}, h.desk.Withdraw(ctx, callerOf(ctx), r.Invitation)
}

func (h handlers) SetDuty(ctx context.Context, r SetDutyRequestObject) (SetDutyResponseObject, error) {
	return SetDuty204Response{}, h.desk.SetDuty(ctx, callerOf(ctx), r.Account, r.Body.Was, r.Body.Duty)
}

func (h handlers) RemovePerson(ctx context.Context, r RemovePersonRequestObject) (RemovePersonResponseObject, error) {
	return RemovePerson204Response{}, h.desk.Remove(ctx, callerOf(ctx), r.Account)
}

func (h handlers) LookAtInvitation(
	ctx context.Context, r LookAtInvitationRequestObject,
) (LookAtInvitationResponseObject, error) {
	v, err := h.desk.LookAtInvitation(ctx, r.Body.Secret)
	return LookAtInvitation200JSONResponse(v), err
}

func (h handlers) AcceptInvitation(
	ctx context.Context, r AcceptInvitationRequestObject,
) (AcceptInvitationResponseObject, error) {
	a, err := h.desk.Accept(ctx, visitOf(ctx).Visit, *r.Body)
	if err != nil {
		return nil, err
	}
	return AcceptInvitation201JSONResponse(signedIn(ctx, a)), nil
}

func (h handlers) ListKeys(ctx context.Context, _ ListKeysRequestObject) (ListKeysResponseObject, error) {
	v, err := h.desk.ListKeys(ctx, callerOf(ctx))
	return ListKeys200JSONResponse(v), err
}

func (h handlers) CreateKey(ctx context.Context, r CreateKeyRequestObject) (CreateKeyResponseObject, error) {
	v, err := h.desk.CreateKey(ctx, callerOf(ctx), *r.Body)
	return CreateKey201JSONResponse(v), err
}

func (h handlers) RevokeKey(ctx context.Context, r RevokeKeyRequestObject) (RevokeKeyResponseObject, error) {
	return RevokeKey204Response{}, h.desk.RevokeKey(ctx, callerOf(ctx), r.Account)
}

func (h handlers) ListAudit(ctx context.Context, r ListAuditRequestObject) (ListAuditResponseObject, error) {
	p := r.Params
	f := record.AuditFilter{Party: p.Party, Account: p.Account, Operation: p.Operation, From: p.From, To: p.To}
	v, err := h.desk.ReadLog(ctx, callerOf(ctx), f, listing(p.After, p.Limit, p.Q, string(p.Sort), p.Count))
	return ListAudit200JSONResponse(v), err
}
