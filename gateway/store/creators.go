package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
)

// CreateCreator adds a creator with his account; false where either name is taken.
func (s *Store) CreateCreator(
	ctx context.Context, c content.Creator, a record.Account, keyHash [32]byte,
) (bool, error) {
	name, err := json.Marshal(c.Name)
	if err != nil {
		return false, err
	}
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(
			ctx,
			`insert into app.account (name, party, role, key_hash) values ($1, $2, $3, $4)`,
			a.Name,
			a.Party,
			a.Role,
			keyHash[:],
		); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `insert into app.creator (handle, name, url, account) values ($1, $2, $3, $4)`,
			c.Handle, string(name), c.URL, a.Name)
		return err
	})
	if database.IsUnique(err) {
		return false, nil
	}
	return err == nil, err
}

// Creators lists creators by handle, those whose account is revoked too.
func (s *Store) Creators(ctx context.Context, p record.Paging) (record.Page[record.Creator], error) {
	return listPage[record.Creator](ctx, s, creators, where{}, p)
}

var creators = list{
	from:  "app.creator c join app.account a on a.name = c.account",
	doc:   `jsonb_strip_nulls(jsonb_build_object('handle', c.handle, 'name', c.name, 'url', c.url, 'createdAt', c.created_at, 'revokedAt', a.revoked_at))`,
	key:   []column{{"c.handle", "text"}},
	order: "handle",
	sorts: map[string]column{"handle": {"c.handle", "text"}},
	match: found("ledger.folded(c.handle || ' ' || c.name::text)", ""),
}

// RevokeCreator ends a creator's account; false where there is no such creator.
func (s *Store) RevokeCreator(ctx context.Context, handle string) (bool, error) {
	return one(s.db.ExecContext(ctx, `update app.account set revoked_at = coalesce(revoked_at, now())
		where name = (select account from app.creator where handle = $1)`, handle))
}

const endorsementDoc = `jsonb_strip_nulls(jsonb_build_object('id', e.id, 'creator', e.creator, 'gtin', e.gtin, 'lot', e.lot, 'index', e.unit_index,
	'scannedAt', e.scanned_at, 'text', jsonb_build_object('zh-CN', e.text_zh, 'en', e.text_en), 'url', e.url, 'sponsored', e.sponsored,
	'sponsor', e.sponsor, 'at', e.created_at, 'status', coalesce(x.kind, 'shown'), 'reason', x.reason))`

var endorsements = list{
	from:  "scan.endorsement e left join app.endorsement_end x on x.endorsement_id = e.id",
	doc:   endorsementDoc,
	key:   []column{{"e.id", "text"}},
	order: "-at",
	sorts: map[string]column{"at": {"e.created_at", "timestamptz"}},
	match: found(
		"ledger.folded(e.creator || ' ' || e.gtin || ' ' || e.lot || ' ' || e.text_zh || ' ' || e.text_en)",
		"e.gtin",
	),
}

// Endorsements lists endorsements, the newest first.
func (s *Store) Endorsements(
	ctx context.Context, f record.EndorsementFilter, p record.Paging,
) (record.Page[record.Endorsement], error) {
	var w where
	w.given(f.Creator, "e.creator = ?")
	w.given(f.Owner, "e.gtin in (select gtin from ledger.product where owner = ?)")
	w.given(f.GTIN, "e.gtin = ?")
	return listPage[record.Endorsement](ctx, s, endorsements, w, p)
}

// Endorsement gives an endorsement; false where there is none.
func (s *Store) Endorsement(ctx context.Context, id string) (record.Endorsement, bool, error) {
	return readDoc[record.Endorsement](
		ctx,
		s,
		`select `+endorsementDoc+` from `+endorsements.from+` where e.id = $1`,
		id,
	)
}

// EndEndorsement takes an endorsement back, or hides it where a reason is given;
// false where it has ended already.
func (s *Store) EndEndorsement(ctx context.Context, id, account string, why *trace.Text) (bool, error) {
	kind, reason := "withdrawn", sql.Null[string]{}
	if why != nil {
		text, err := json.Marshal(why)
		if err != nil {
			return false, err
		}
		kind, reason = "hidden", sql.Null[string]{V: string(text), Valid: true}
	}
	return one(
		s.db.ExecContext(
			ctx,
			`insert into app.endorsement_end (endorsement_id, kind, reason, account) values ($1, $2, $3, $4)
		on conflict do nothing`,
			id,
			kind,
			reason,
			account,
		),
	)
}
