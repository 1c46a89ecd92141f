package store

import (
	"context"
	"database/sql"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// MaxViews bounds how many views of one list somebody may keep.
const MaxViews = 50

// Views gives somebody's views of a list by name.
func (s *Store) Views(ctx context.Context, account, party, list string) ([]record.View, error) {
	rows, err := s.db.QueryContext(ctx, `select id, list, name, query from app.saved_view
		where account = $1 and party = $2 and list = $3 order by name`, account, party, list)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (v record.View, err error) {
		return v, row.Scan(&v.ID, &v.List, &v.Name, &v.Query)
	})
}

// SaveView keeps a view, in place of the one of the same name; false where
// there are MaxViews others already.
func (s *Store) SaveView(
	ctx context.Context, account, party string, v record.View,
) (saved record.View, kept bool, err error) {
	saved = v
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if err := takeTurns(ctx, tx, party); err != nil {
			return err
		}
		var others int
		if err := tx.QueryRowContext(ctx, `select count(*) from app.saved_view where account = $1 and party = $2 and list = $3 and name <> $4`,
			account, party, v.List, v.Name).
			Scan(&others); err != nil ||
			others >= MaxViews {
			return err
		}
		kept = true
		return tx.QueryRowContext(ctx, `insert into app.saved_view (id, account, party, list, name, query) values ($1, $2, $3, $4, $5, $6)
			on conflict (account, party, list, name) do update set query = excluded.query returning id`,
			v.ID, account, party, v.List, v.Name, v.Query).
			Scan(&saved.ID)
	})
	return saved, kept, err
}

// DeleteView forgets somebody's view; false where it is not his.
func (s *Store) DeleteView(ctx context.Context, account, party, id string) (bool, error) {
	result, err := s.db.ExecContext(
		ctx,
		`delete from app.saved_view where id = $1 and account = $2 and party = $3`,
		id,
		account,
		party,
	)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}
