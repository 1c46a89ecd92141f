package complaints

import (
	"context"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// Reviews reads what shoppers wrote and keeps sellers' answers.
type Reviews interface {
	Reviews(ctx context.Context, f record.ReviewFilter, p record.Paging) (record.Page[record.Review], error)
	Review(ctx context.Context, id string) (record.Review, bool, error)
	AnswerReview(ctx context.Context, id, party, account, text string) (bool, error)
}

// ListReviews lists the reviews of what the caller's party sold, and all for
// the platform and auditors.
func (s *Service) ListReviews(
	ctx context.Context, c service.Caller, f record.ReviewFilter, p record.Paging,
) (record.Page[record.Review], error) {
	f.Seller = c.Within()
	return s.Reviews.Reviews(ctx, f, p)
}

const maxReviewAnswer = 1000

// AnswerReview answers a review of what the caller's party sold, once.
func (s *Service) AnswerReview(ctx context.Context, c service.Caller, id, text string) (record.Review, error) {
	r, ok, err := s.Reviews.Review(ctx, id)
	if r, err = service.Found(r, ok && r.Seller == c.Party, err)(service.ReviewUnknown, "id", id); err != nil {
		return r, err
	}
	if err := service.CheckSaid("text", text, maxReviewAnswer); err != nil {
		return r, err
	}
	ok, err = s.Reviews.AnswerReview(ctx, id, c.Party, c.Account, text)
	if err == nil && !ok {
		err = service.Refuse(service.ReviewAnswered, "id", "answer_stands", "review", id)
	}
	if err != nil {
		return r, err
	}
	r, _, err = s.Reviews.Review(ctx, id)
	return r, err
}
