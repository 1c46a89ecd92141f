package presenting

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
)

// Creators keeps creators and what they say about goods.
type Creators interface {
	CreateCreator(ctx context.Context, c content.Creator, a record.Account, keyHash [32]byte) (bool, error)
	Creators(ctx context.Context, p record.Paging) (record.Page[record.Creator], error)
	RevokeCreator(ctx context.Context, handle string) (bool, error)
	Endorsements(
		ctx context.Context, f record.EndorsementFilter, p record.Paging,
	) (record.Page[record.Endorsement], error)
	Endorsement(ctx context.Context, id string) (record.Endorsement, bool, error)
	EndEndorsement(ctx context.Context, id, account string, why *trace.Text) (bool, error)
}

// CreatorCreated is a new creator with his key, which is shown this once.
type CreatorCreated struct {
	content.Creator
	APIKey string `json:"apiKey,omitempty"`
}

// CreateCreator enters a creator whom the platform knows and gives him a key.
func (s *Service) CreateCreator(ctx context.Context, c service.Caller, n content.Creator) (CreatorCreated, error) {
	n, err := n.Clean()
	if err != nil {
		return CreatorCreated{}, err
	}
	if err := s.Writer.Audit(ctx, c, "creator_create", n); err != nil {
		return CreatorCreated{}, err
	}
	key := service.NewKey()
	account := record.Account{Name: "creator-" + n.Handle, Party: "@" + n.Handle, Role: record.RoleCreator}
	ok, err := s.Creators.CreateCreator(ctx, n, account, service.HashKey(key))
	if err == nil && !ok {
		err = service.Refuse(service.CreatorExists, "handle", "handle_taken", "handle", n.Handle)
	}
	if err != nil {
		return CreatorCreated{}, err
	}
	return CreatorCreated{Creator: n, APIKey: key}, nil
}

// ListCreators lists all creators.
func (s *Service) ListCreators(ctx context.Context, p record.Paging) (record.Page[record.Creator], error) {
	return s.Creators.Creators(ctx, p)
}

// RevokeCreator ends a creator's account; what he said is no longer shown.
func (s *Service) RevokeCreator(ctx context.Context, c service.Caller, handle string) error {
	if err := s.Writer.Audit(ctx, c, "creator_revoke", map[string]string{"creator": handle}); err != nil {
		return err
	}
	ok, err := s.Creators.RevokeCreator(ctx, handle)
	_, err = service.Found(handle, ok, err)(service.CreatorUnknown, "handle", handle)
	return err
}

// ListEndorsements lists a creator's own endorsements, a party's those of its
// products, and all for the platform and auditors.
func (s *Service) ListEndorsements(
	ctx context.Context, c service.Caller, gtin string, p record.Paging,
) (record.Page[record.Endorsement], error) {
	f := record.EndorsementFilter{GTIN: gtin}
	switch {
	case c.Role == record.RoleCreator:
		f.Creator = c.Handle()
	case !c.SeesAll():
		f.Owner = c.Party
	}
	return s.Creators.Endorsements(ctx, f, p)
}

// WithdrawEndorsement takes a creator's own endorsement back.
func (s *Service) WithdrawEndorsement(ctx context.Context, c service.Caller, id string) error {
	e, ok, err := s.Creators.Endorsement(ctx, id)
	if _, err = service.Found(e, ok && e.Creator == c.Handle(), err)(service.EndorsementUnknown, "id", id); err != nil {
		return err
	}
	return s.endEndorsement(ctx, c, id, "endorsement_withdraw", nil)
}

// HideEndorsement hides an endorsement for a reason that everybody can read.
func (s *Service) HideEndorsement(
	ctx context.Context, c service.Caller, id string, reason trace.Text,
) (record.Endorsement, error) {
	for field, text := range map[string]string{"reason.zh-CN": reason.ZhCN, "reason.en": reason.En} {
		if err := service.CheckSaid(field, text, maxHideReason); err != nil {
			return record.Endorsement{}, err
		}
	}
	e, ok, err := s.Creators.Endorsement(ctx, id)
	if e, err = service.Found(e, ok, err)(service.EndorsementUnknown, "id", id); err != nil {
		return e, err
	}
	if err := s.endEndorsement(ctx, c, id, "endorsement_hide", &reason); err != nil {
		return e, err
	}
	e, _, err = s.Creators.Endorsement(ctx, id)
	return e, err
}

func (s *Service) endEndorsement(ctx context.Context, c service.Caller, id, action string, why *trace.Text) error {
	if err := s.Writer.Audit(ctx, c, action, map[string]any{"endorsement": id, "reason": why}); err != nil {
		return err
	}
	ok, err := s.Creators.EndEndorsement(ctx, id, c.Account, why)
	if err == nil && !ok {
		err = service.Refuse(service.EndorsementEnded, "id", "endorsement_ended", "endorsement", id)
	}
	return err
}
