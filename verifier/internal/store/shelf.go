package store

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/once"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

//go:embed shelf.sql
var shelfQuery string

//go:embed badge.sql
var badgeQuery string

//go:embed related.sql
var relatedQuery string

// Shelf gives what is kept for shoppers about a product; nil where it is not registered.
func (s *Store) Shelf(ctx context.Context, gtin string) (*content.Shelf, error) {
	shelf, err := readJSON[content.Shelf](ctx, s, shelfQuery, gtin, "")
	if err != nil {
		return nil, fmt.Errorf("read what is shown with a product: %w", err)
	}
	return shelf, nil
}

// lookDays is for how long what was not saved can be looked at. A picture that
// nothing else shows is kept as long after it was uploaded.
const lookDays = 7

// Preview gives the shelf of a product with the presentation that has this name
// for its link, a version or what is being written, in place of the one that is
// shown; nil where none has it.
func (s *Store) Preview(ctx context.Context, name string) (*content.Shelf, error) {
	gtin, err := database.Bounded(ctx, func() (gtin string, err error) {
		err = s.db.QueryRowContext(ctx, `select gtin from app.presentation where preview = $1
			union all select gtin from app.presentation_look where preview = $1 and made_at > now() - make_interval(days => $2) limit 1`, name, lookDays).Scan(&gtin)
		return gtin, err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a preview: %w", err)
	}
	shelf, err := readJSON[content.Shelf](ctx, s, shelfQuery, gtin, name)
	if err != nil {
		return nil, fmt.Errorf("read a preview: %w", err)
	}
	return shelf, nil
}

// Related gives the barcodes of products like those that a shopper scanned.
func (s *Store) Related(ctx context.Context, gtins []string, limit int) ([]string, error) {
	related, err := database.Bounded(ctx, func() (related []string, err error) {
		rows, err := s.db.QueryContext(ctx, relatedQuery, pq.Array(gtins), limit)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var gtin string
			if err := rows.Scan(&gtin); err != nil {
				return nil, err
			}
			related = append(related, gtin)
		}
		return related, rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read related products: %w", err)
	}
	return related, nil
}

// Picture gives a picture, a JPEG, large or small; nil where there is none.
func (s *Store) Picture(ctx context.Context, id [32]byte, small bool) ([]byte, error) {
	data, err := database.Bounded(ctx, func() (data []byte, err error) {
		err = s.db.QueryRowContext(ctx, `select case when $2 then small else data end from app.picture where id = $1`, id[:], small).
			Scan(&data)
		return data, err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read a picture: %w", err)
	}
	return data, nil
}

// Badge gives what is known about a badge; nil where there is none.
func (s *Store) Badge(ctx context.Context, id string) (*verdict.BadgeRecords, error) {
	r, err := readJSON[verdict.BadgeRecords](ctx, s, badgeQuery, id)
	if err != nil {
		return nil, fmt.Errorf("read a badge: %w", err)
	}
	return r, nil
}

// CreatorByKey gives the creator whose account has a key with this SHA-256;
// empty where there is none, or it is revoked.
func (s *Store) CreatorByKey(ctx context.Context, keyHash [32]byte) (handle string, err error) {
	handle, err = database.Bounded(ctx, func() (handle string, err error) {
		err = s.db.QueryRowContext(ctx, `select coalesce(app.creator_with_key($1), '')`, keyHash[:]).Scan(&handle)
		return handle, err
	})
	return handle, err
}

// SaveEndorsement keeps an endorsement. Errors: content.ErrScanSpent, content.ErrStands.
func (s *Store) SaveEndorsement(ctx context.Context, e content.Endorsement) error {
	kept, err := database.Bounded(
		ctx, func() (bool, error) { return once.Again(func() (bool, error) { return s.saveEndorsement(ctx, e) }) },
	)
	var refused *pq.Error
	switch {
	case errors.As(err, &refused) && refused.Code == "23505":
		return content.ErrScanSpent
	case err != nil:
		return fmt.Errorf("keep endorsement %s of scan %s: %w", e.ID, hex.EncodeToString(e.Proof[:4]), err)
	case !kept:
		return content.ErrStands
	}
	return nil
}

// saveEndorsement answers false where the creator's last word stands. A creator's
// words take turns, so that of two sent at once the second sees the first.
func (s *Store) saveEndorsement(ctx context.Context, e content.Endorsement) (bool, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(
		ctx,
		`select pg_advisory_xact_lock(hashtextextended('creator ' || $1, 0))`,
		e.Creator,
	); err != nil {
		return false, err
	}
	result, err := tx.ExecContext(
		ctx,
		`insert into scan.endorsement
			(id, creator, gtin, lot, unit_index, scanned_at, proof, text_zh, text_en, url, sponsored, sponsor)
		select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
		where not exists (select 1 from scan.endorsement e left join app.endorsement_end x on x.endorsement_id = e.id
			where e.creator = $2 and e.gtin = $3 and x.endorsement_id is null)`,
		e.ID,
		e.Creator,
		e.Unit.GTIN,
		e.Unit.Lot,
		e.Unit.Index,
		e.ScannedAt,
		e.Proof[:],
		e.Text.ZhCN,
		e.Text.En,
		e.URL,
		e.Sponsored,
		e.Sponsor,
	)
	if err != nil {
		return false, err
	}
	if n, err := result.RowsAffected(); n == 0 || err != nil {
		return false, err
	}
	return true, tx.Commit()
}
