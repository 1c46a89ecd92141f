package shop

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Reviews keeps what shoppers say about units.
type Reviews interface {
	// SaveReview answers false where the unit has a review already, and which
	// review's words the new one repeats.
	SaveReview(ctx context.Context, r feedback.Review) (sameAs string, ok bool, err error)
	Reviews(ctx context.Context, gtin string, limit int) (*feedback.Reviews, error)
}

type reviewRequest struct {
	URI    string `json:"uri"`
	Token  string `json:"token"`
	Rating int    `json:"rating"`
	Text   string `json:"text"`
}

// reviewAnswer gives the review's number and, where it repeats another's words
// and is therefore not counted, that one's.
type reviewAnswer struct {
	ID     string `json:"id"`
	SameAs string `json:"sameAs,omitempty"`
}

// Review takes a review of a unit that its writer has scanned or activated.
func (h *Handler) Review(c echo.Context) error {
	var request reviewRequest
	if err := page.ReadJSON(c, &request); err != nil {
		return err
	}
	asked := h.Codes.ReadURI(request.URI)
	if _, ok := h.Visitors.OpenReviewToken(request.Token, asked.Unit); !ok || asked.State != verdict.CodeIssued {
		return page.Refuse(problem.ReviewToken, "token", "review_token")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.ConfirmTime)
	defer cancel()
	records, err := h.Records.Records(ctx, asked.Unit)
	if err != nil || records.Batch == nil || records.Holding == nil {
		h.Log.Error("no records for a review", "error", err)
		return page.Refuse(problem.Unavailable, "", "record_not_now")
	}
	r, err := feedback.NewReview(asked.Unit, records.Holding.Holder, request.Rating, request.Text)
	if err != nil {
		return err
	}
	sameAs, ok, err := h.Reviews.SaveReview(ctx, r)
	if err != nil {
		h.Log.Error("review not kept", "error", err)
		return page.Refuse(problem.Unavailable, "", "review_maybe")
	}
	if !ok {
		return page.Refuse(problem.ReviewExists, "uri", "review_stands")
	}
	return c.JSON(http.StatusCreated, reviewAnswer{r.ID, sameAs})
}

// shownReviews is how many of a product's reviews a page shows.
const shownReviews = 10

// ReviewsOf gives a product's reviews for a unit that nothing speaks against:
// nobody is sold to on a warning. Without them the answer is complete as well.
func (h *Handler) ReviewsOf(ctx context.Context, a verdict.Answer) *feedback.Reviews {
	if a.Verdict != verdict.Genuine || a.Item == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, visitor.AnswerTime)
	defer cancel()
	all, err := h.Reviews.Reviews(ctx, a.Item.GTIN, shownReviews)
	if err != nil {
		h.Log.Warn("reviews not read", "error", err)
		return nil
	}
	if len(all.Items) == 0 {
		return nil
	}
	return all
}
