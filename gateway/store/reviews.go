package store

import (
	"context"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/database"
)

const reviewDoc = `jsonb_strip_nulls(jsonb_build_object('id', r.id, 'gtin', r.gtin, 'lot', r.lot, 'seller', r.seller, 'rating', r.rating,
	'text', r.text, 'sameAs', r.same_as, 'at', r.created_at, 'answer', a.text, 'answeredAt', a.created_at))`

var reviews = list{
	from:  "scan.review r left join app.review_answer a on a.review_id = r.id",
	doc:   reviewDoc,
	key:   []column{{"r.id", "text"}},
	order: "-at",
	sorts: map[string]column{"at": {"r.created_at", "timestamptz"}, "rating": {"r.rating", "integer"}},
	match: found("lower(r.gtin || ' ' || r.lot || ' ' || r.text || ' ' || coalesce(a.text, ''))", "r.gtin", "r.seller"),
}

// Reviews lists reviews, the newest first where nothing else is asked for.
func (s *Store) Reviews(
	ctx context.Context, f record.ReviewFilter, p record.Paging,
) (record.Page[record.Review], error) {
	var w where
	w.given(f.Seller, "r.seller = ?")
	if f.Rating > 0 {
		w.add("r.rating = ?", f.Rating)
	}
	w.given(f.Answer, "case when a.review_id is null then 'missing' else 'given' end = ?")
	return listPage[record.Review](ctx, s, reviews, w, p)
}

// Review gives a review; false where there is none.
func (s *Store) Review(ctx context.Context, id string) (record.Review, bool, error) {
	return readDoc[record.Review](ctx, s, `select `+reviewDoc+` from `+reviews.from+` where r.id = $1`, id)
}

// AnswerReview keeps a seller's answer; false where there is one already.
func (s *Store) AnswerReview(ctx context.Context, id, party, account, text string) (bool, error) {
	_, err := s.db.ExecContext(
		ctx,
		`insert into app.review_answer (review_id, party, account, text) values ($1, $2, $3, $4)`,
		id,
		party,
		account,
		text,
	)
	if database.IsUnique(err) {
		return false, nil
	}
	return err == nil, err
}
