package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Bounds of what a party keeps for its labels.
const (
	maxKits  = 100 // of each kind
	maxLogos = 30
)

// LabelKits lists what a party keeps of a kind, by name.
func (s *Store) LabelKits(ctx context.Context, party string, kind record.KitKind) ([]record.LabelKit, error) {
	rows, err := s.db.QueryContext(ctx, `select id, name, doc, updated_at, version, account from app.label_kit
		where party = $1 and kind = $2 order by name, id`, party, kind)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (record.LabelKit, error) {
		k := record.LabelKit{Kind: kind}
		var doc []byte
		err := row.Scan(&k.ID, &k.Name, &doc, &k.UpdatedAt, &k.Version, &k.Account)
		k.Doc = doc
		return k, err
	})
}

// LabelKit gives one of them; false where the party has none of this id.
func (s *Store) LabelKit(
	ctx context.Context, party string, kind record.KitKind, id string,
) (record.LabelKit, bool, error) {
	k := record.LabelKit{Kind: kind, ID: id}
	var doc []byte
	err := s.db.QueryRowContext(ctx, `select name, doc, updated_at from app.label_kit where party = $1 and kind = $2 and id = $3`,
		party, kind, id).
		Scan(&k.Name, &doc, &k.UpdatedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return k, false, nil
	}
	k.Doc = doc
	return k, err == nil, err
}

// SaveLabelKit keeps one, in place of the one with its id, and gives its new
// version; 0 where the party has as many as it may have. Errors: *record.Changed
// where it is another version now than k's.
func (s *Store) SaveLabelKit(ctx context.Context, party string, k record.LabelKit) (version int, err error) {
	err = s.InTx(ctx, func(tx *sql.Tx) error {
		if err := takeTurns(ctx, tx, party); err != nil {
			return err
		}
		if err := unchangedKit(ctx, tx, party, k); err != nil {
			return err
		}
		return ignoreNone(tx.QueryRowContext(ctx, `insert into app.label_kit (party, kind, id, name, doc, account)
			select $1, $2, $3, $4, $5, $7 where (select count(*) from app.label_kit where party = $1 and kind = $2 and id <> $3) < $6
			on conflict (party, kind, id) do update set name = excluded.name, doc = excluded.doc, account = excluded.account,
				version = label_kit.version + 1, updated_at = now()
			returning version`, party, k.Kind, k.ID, k.Name, string(k.Doc), maxKits, k.Account).Scan(&version))
	})
	return version, err
}

func unchangedKit(ctx context.Context, tx *sql.Tx, party string, k record.LabelKit) error {
	if k.Version == 0 {
		return nil
	}
	var now int
	changed := &record.Changed{}
	err := tx.QueryRowContext(ctx, `select l.version, `+nameOfAccount("l.account")+`, l.updated_at from app.label_kit l
		where party = $1 and kind = $2 and id = $3`, party, k.Kind, k.ID).Scan(&now, &changed.By, &changed.At)
	if ignoreNone(err) != nil {
		return err
	}
	if now != k.Version {
		return changed
	}
	return nil
}

// nameOfAccount is an expression for what a person or key is called.
func nameOfAccount(account string) string {
	return "coalesce((select p.name from app.person p where p.account = " + account + "), (select nullif(k.label, '') from app.account k where k.name = " + account + "), " + account + ")"
}

// DeleteLabelKit forgets one; false where there is none.
func (s *Store) DeleteLabelKit(ctx context.Context, party string, kind record.KitKind, id string) (bool, error) {
	return one(
		s.db.ExecContext(ctx, `delete from app.label_kit where party = $1 and kind = $2 and id = $3`, party, kind, id),
	)
}

// SaveLogo keeps a logo; false where the party has as many as it may have.
func (s *Store) SaveLogo(ctx context.Context, party, id string, png []byte) (bool, error) {
	return s.addCounted(ctx, party, `insert into app.label_logo (party, id, png)
		select $1, $2, $3 where (select count(*) from app.label_logo where party = $1 and id <> $2) < $4
		on conflict (party, id) do update set created_at = now()`, party, id, png, maxLogos)
}

// Logo gives a party's logo; false where it has none of this id.
func (s *Store) Logo(ctx context.Context, party, id string) (png []byte, ok bool, err error) {
	err = s.db.QueryRowContext(ctx, `select png from app.label_logo where party = $1 and id = $2`, party, id).Scan(&png)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return png, err == nil, err
}
