package store

import (
	"context"
	"database/sql"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
)

// SavePicture keeps a picture as a party's; false where the party has as many as
// it may have.
func (s *Store) SavePicture(
	ctx context.Context, party, account string, p record.Picture, most int,
) (ok bool, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if err := takeTurns(ctx, tx, party); err != nil {
			return err
		}
		if _, err := tx.ExecContext(
			ctx,
			`insert into app.picture (id, width, height, data, small) values ($1, $2, $3, $4, $5)
			on conflict (id) do update set created_at = now()`,
			p.ID[:],
			p.Large.Width,
			p.Large.Height,
			p.Large.JPEG,
			p.Small.JPEG,
		); err != nil {
			return err
		}
		ok, err = one(tx.ExecContext(ctx, `insert into app.picture_owner (party, picture_id, account) select $1, $2, $3
			where (select count(*) from app.picture_owner where party = $1 and picture_id <> $2) < $4
			on conflict (party, picture_id) do update set created_at = now()`, party, p.ID[:], account, most))
		return err
	})
	return ok, err
}

// forgettable bounds how many pictures one call removes.
const forgettable = 500

// ForgetPictures removes pictures that were last uploaded so many days ago and
// that no version of a presentation shows. One that comes into use meanwhile is
// left alone: the database refuses to remove it, and then the next call goes on.
func (s *Store) ForgetPictures(ctx context.Context, days int) error {
	for _, statement := range []string{
		`delete from app.picture_owner where (party, picture_id) in (
			select o.party, o.picture_id from app.picture_owner o where o.created_at < now() - make_interval(days => $1)
				and not exists (select 1 from app.presentation_picture u where u.party = o.party and u.picture_id = o.picture_id)
			limit $2 for update skip locked)`,
		`delete from app.picture where id in (
			select p.id from app.picture p where p.created_at < now() - make_interval(days => $1)
				and not exists (select 1 from app.picture_owner o where o.picture_id = p.id)
			limit $2 for update skip locked)`,
	} {
		if _, err := s.db.ExecContext(ctx, statement, days, forgettable); err != nil && !database.IsForeignKey(err) {
			return err
		}
	}
	return nil
}
