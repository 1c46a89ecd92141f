package web

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
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

// reviewLife is for how long after a scan or an activation a unit may be reviewed.
const reviewLife = 30 * 24 * time.Hour

// A review token is the time it expires in 8 bytes and a MAC over that and the
// unit. Only whoever has confirmed a scan of the unit or activated it gets one.
const reviewTokenSize = 8 + 16

func (h *handler) newReviewToken(u verdict.Unit) string {
	token := binary.BigEndian.AppendUint64(nil, uint64(h.Now().Add(reviewLife).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(token, h.signReview(token, u)...))
}

// openReviewToken gives when the unit was scanned or activated, where the token
// was made here for it and has not expired.
func (h *handler) openReviewToken(text string, u verdict.Unit) (scanned time.Time, ok bool) {
	token, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(token) != reviewTokenSize {
		return time.Time{}, false
	}
	expires := time.Unix(int64(binary.BigEndian.Uint64(token[:8])), 0).UTC()
	return expires.Add(-reviewLife), hmac.Equal(token[8:], h.signReview(token[:8], u)) && h.Now().Before(expires)
}

func (h *handler) signReview(expires []byte, u verdict.Unit) []byte {
	m := h.keyed("review token")
	m.Write(expires)
	m.Write([]byte(u.GTIN + "\x00" + u.Lot + "\x00" + strconv.FormatInt(u.Index, 10)))
	return m.Sum(nil)[:16]
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

// review takes a review of a unit that its writer has scanned or activated.
func (h *handler) review(c echo.Context) error {
	var request reviewRequest
	if err := readJSON(c, &request); err != nil {
		return err
	}
	asked := h.readURI(request.URI)
	if _, ok := h.openReviewToken(request.Token, asked.unit); !ok || asked.state != verdict.CodeIssued {
		return problem.New(problem.ReviewToken, "token", "confirm a scan of the unit or activate it; the answer holds the token")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), confirmTime)
	defer cancel()
	records, err := h.Records.Records(ctx, asked.unit)
	if err != nil || records.Batch == nil || records.Holding == nil {
		h.Log.Error("no records for a review", "error", err)
		return problem.New(problem.Unavailable, "", "the unit's record cannot be read; try again")
	}
	r, err := feedback.NewReview(asked.unit, records.Holding.Holder, request.Rating, request.Text)
	if err != nil {
		return err
	}
	sameAs, ok, err := h.Reviews.SaveReview(ctx, r)
	if err != nil {
		h.Log.Error("review not kept", "error", err)
		return problem.New(problem.Unavailable, "", "the review may not be kept; send it again")
	}
	if !ok {
		return problem.New(problem.ReviewExists, "uri", "the unit has a review, which cannot be changed")
	}
	return c.JSON(http.StatusCreated, reviewAnswer{r.ID, sameAs})
}

// shownReviews is how many of a product's reviews a page shows.
const shownReviews = 10

// reviewsOf gives a product's reviews for a unit that nothing speaks against:
// nobody is sold to on a warning. Without them the answer is complete as well.
func (h *handler) reviewsOf(ctx context.Context, a verdict.Answer) *feedback.Reviews {
	if a.Verdict != verdict.Genuine || a.Item == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
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

// unitAnswer is the verdict with what merchants, creators and other shoppers say.
type unitAnswer struct {
	verdict.Answer
	Reviews *feedback.Reviews `json:"reviews,omitempty"`
	Shop    *content.Shown    `json:"shop,omitempty"`
}
