package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/verifier/program/database"
	"github.com/touchstone-trace/touchstone/verifier/program/once"
	"github.com/touchstone-trace/touchstone/verifier/rules/alike"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// recentReviews is how many of the newest reviews, of whatever item, a new one
// is compared with.
const recentReviews = 1000

// SaveReview keeps a review. It answers false where the unit has one already.
// One that repeats another's words is kept and marked with the first of them.
func (s *Store) SaveReview(ctx context.Context, r feedback.Review) (sameAs string, ok bool, err error) {
	ok, err = database.Bounded(ctx, func() (bool, error) {
		ok, err := once.Again(func() (bool, error) { return s.saveReview(ctx, r, &sameAs) })
		return ok, err
	})
	if err != nil {
		return "", false, fmt.Errorf("keep a review: %w", err)
	}
	return sameAs, ok, nil
}

// reviewLock lets one review in at a time, so that two copies that come at once see each other.
const reviewLock = 7230165116

func (s *Store) saveReview(ctx context.Context, r feedback.Review, sameAs *string) (bool, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock($1)`, int64(reviewLock)); err != nil {
		return false, err
	}
	original, err := repeated(ctx, tx, r.Text)
	if err != nil {
		return false, err
	}
	result, err := tx.ExecContext(
		ctx,
		`insert into scan.review (id, gtin, lot, unit_index, seller, rating, text, same_as)
		values ($1, $2, $3, $4, $5, $6, $7, nullif($8, '')) on conflict (gtin, lot, unit_index) do nothing`,
		r.ID,
		r.Unit.GTIN,
		r.Unit.Lot,
		r.Unit.Index,
		r.Seller,
		r.Rating,
		r.Text,
		original,
	)
	if err != nil {
		return false, err
	}
	if n, err := result.RowsAffected(); n == 0 || err != nil {
		return false, err
	}
	*sameAs = original
	return true, tx.Commit()
}

// repeated gives the review whose words a text repeats, the first of its kind;
// empty where there is none.
func repeated(ctx context.Context, tx *sql.Tx, text string) (string, error) {
	mine := alike.Of(text)
	if mine == nil {
		return "", nil
	}
	var ids, texts pq.StringArray
	err := tx.QueryRowContext(ctx, `select array_agg(coalesce(same_as, id) order by created_at desc), array_agg(text order by created_at desc)
		from (select * from scan.review order by created_at desc limit $1) recent`, recentReviews).
		Scan(&ids, &texts)
	if err != nil {
		return "", err
	}
	for i, other := range texts {
		if mine.Like(alike.Of(other)) {
			return ids[i], nil
		}
	}
	return "", nil
}

// Reviews gives what shoppers say about a product: the newest ones, folded ones
// among them, and the sums over all that count.
func (s *Store) Reviews(ctx context.Context, gtin string, limit int) (*feedback.Reviews, error) {
	all, err := readJSON[feedback.Reviews](ctx, s, `select jsonb_build_object(
		'count', count(*) filter (where same_as is null), 'folded', count(same_as),
		'average', coalesce(round(avg(rating) filter (where same_as is null), 2), 0),
		'items', coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', r.id, 'rating', r.rating, 'text', r.text, 'at', r.created_at,
				'sameAs', r.same_as, 'answer', a.text, 'answeredAt', a.created_at, 'seq', e.seq)) order by r.created_at desc)
			from (select * from scan.review where gtin = $1 order by created_at desc limit $2) r
			left join app.review_answer a on a.review_id = r.id left join app.log_entry e on e.ref = 'review/' || r.id), '[]'))
		from scan.review where gtin = $1`, gtin, limit)
	if err != nil {
		return nil, fmt.Errorf("read reviews: %w", err)
	}
	return all, nil
}
