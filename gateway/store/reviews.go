package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

const reviewColumns = `r.id, r.gtin, r.lot, r.seller, r.rating, r.text, coalesce(r.same_as, ''), r.created_at, coalesce(a.text, ''), a.created_at
	from app.review r left join app.review_answer a on a.review_id = r.id`

func scanReview(row scanner) (record.Review, error) {
	var r record.Review
	var answered sql.Null[time.Time]
	err := row.Scan(&r.ID, &r.GTIN, &r.Lot, &r.Seller, &r.Rating, &r.Text, &r.SameAs, &r.At, &r.Answer, &answered)
	r.AnsweredAt = answered.V
	return r, err
}

// Reviews lists reviews, the newest first, only of what a seller sold where one is named.
func (s *Store) Reviews(ctx context.Context, seller string, p record.Paging) (record.Page[record.Review], error) {
	k, err := splitCursor(p.After, 2)
	if err != nil {
		return record.Page[record.Review]{}, err
	}
	rows, err := s.db.QueryContext(ctx, `select `+reviewColumns+` where ($1 = '' or r.seller = $1)
		and (r.created_at, r.id) < ($2::timestamptz, $3) order by r.created_at desc, r.id desc limit $4`, seller, k[0], k[1], p.Limit+1)
	if err != nil {
		return record.Page[record.Review]{}, err
	}
	all, err := collect(rows, scanReview)
	page := record.Page[record.Review]{Items: all}
	if len(all) > p.Limit {
		last := all[p.Limit-1]
		page.Items, page.Next = all[:p.Limit], last.At.UTC().Format("2006-01-02 15:04:05.999999Z07")+"|"+last.ID
	}
	return page, err
}

// Review gives a review; false where there is none.
func (s *Store) Review(ctx context.Context, id string) (record.Review, bool, error) {
	r, err := scanReview(s.db.QueryRowContext(ctx, `select `+reviewColumns+` where r.id = $1`, id))
	return r, err == nil, ignoreNone(err)
}

// AnswerReview keeps a seller's answer; false where there is one already.
func (s *Store) AnswerReview(ctx context.Context, id, party, account, text string) (bool, error) {
	_, err := s.db.ExecContext(ctx, `insert into app.review_answer (review_id, party, account, text) values ($1, $2, $3, $4)`,
		id, party, account, text)
	if IsUnique(err) {
		return false, nil
	}
	return err == nil, err
}
