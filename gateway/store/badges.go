package store

import (
	"context"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// SaveBadge keeps a badge; false where its issuer has as many running ones as it
// may have.
func (s *Store) SaveBadge(ctx context.Context, b verdict.Badge, account string, most int) (bool, error) {
	return s.addCounted(
		ctx,
		b.Issuer,
		`insert into app.badge (id, gtin, lot, host, seller, issuer, account, issued_at, expires_at)
		select $1, $2, $3, $4, $5, $6, $7, $8, $9
		where (select count(*) from app.badge where issuer = $6 and revoked_at is null and expires_at > now()) < $10`,
		b.ID,
		b.GTIN,
		b.Lot,
		b.Host,
		b.Seller,
		b.Issuer,
		account,
		b.IssuedAt,
		b.ExpiresAt,
		most,
	)
}

// badgeDoc is a badge as JSON, as verdict.Badge has it.
const badgeDoc = `jsonb_strip_nulls(jsonb_build_object('id', id, 'gtin', gtin, 'lot', lot, 'host', host, 'seller', seller, 'issuer', issuer,
	'issuedAt', issued_at, 'expiresAt', expires_at, 'revokedAt', revoked_at))`

// Badges lists badges, the newest first, only those that a party issued or sells
// under where one is named.
func (s *Store) Badges(ctx context.Context, party string, p record.Paging) (record.Page[verdict.Badge], error) {
	var w where
	if party != "" {
		w.add("issuer = ? or seller = ?", party, party)
	}
	return listPage[verdict.Badge](ctx, s, badges, w, p)
}

var badges = list{
	from:  "app.badge",
	doc:   badgeDoc,
	key:   []column{{"id", "text"}},
	order: "-issuedAt",
	sorts: map[string]column{"issuedAt": {"issued_at", "timestamptz"}},
	match: found("ledger.folded(id || ' ' || gtin || ' ' || lot || ' ' || host)", "gtin", "seller", "issuer"),
}

// RevokeBadge ends a badge, only one that the party issued or sells under where
// one is named; false where there is none. Ended twice it stays ended once.
func (s *Store) RevokeBadge(ctx context.Context, party, id, account string) (bool, error) {
	return one(
		s.db.ExecContext(
			ctx,
			`update app.badge set revoked_at = coalesce(revoked_at, now()), revoked_by = coalesce(revoked_by, $3)
		where id = $2 and ($1 = '' or issuer = $1 or seller = $1)`,
			party,
			id,
			account,
		),
	)
}
