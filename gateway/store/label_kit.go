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
	rows, err := s.db.QueryContext(ctx, `select id, name, doc, updated_at from app.label_kit
		where party = $1 and kind = $2 order by name, id`, party, kind)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (record.LabelKit, error) {
		k := record.LabelKit{Kind: kind}
		var doc []byte
		err := row.Scan(&k.ID, &k.Name, &doc, &k.UpdatedAt)
		k.Doc = doc
		return k, err
	})
}

// LabelKit gives one of them; false where the party has none of this id.
func (s *Store) LabelKit(ctx context.Context, party string, kind record.KitKind, id string) (record.LabelKit, bool, error) {
	k := record.LabelKit{Kind: kind, ID: id}
	var doc []byte
	err := s.db.QueryRowContext(ctx, `select name, doc, updated_at from app.label_kit where party = $1 and kind = $2 and id = $3`,
		party, kind, id).Scan(&k.Name, &doc, &k.UpdatedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return k, false, nil
	}
	k.Doc = doc
	return k, err == nil, err
}

// SaveLabelKit keeps one, in place of the one with its id; false where the
// party has as many as it may have.
func (s *Store) SaveLabelKit(ctx context.Context, party string, k record.LabelKit) (bool, error) {
	return s.addCounted(ctx, party, `insert into app.label_kit (party, kind, id, name, doc)
		select $1, $2, $3, $4, $5 where (select count(*) from app.label_kit where party = $1 and kind = $2 and id <> $3) < $6
		on conflict (party, kind, id) do update set name = excluded.name, doc = excluded.doc, updated_at = now()`,
		party, k.Kind, k.ID, k.Name, string(k.Doc), maxKits)
}

// DeleteLabelKit forgets one; false where there is none.
func (s *Store) DeleteLabelKit(ctx context.Context, party string, kind record.KitKind, id string) (bool, error) {
	return one(s.db.ExecContext(ctx, `delete from app.label_kit where party = $1 and kind = $2 and id = $3`, party, kind, id))
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
