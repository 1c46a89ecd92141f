package complaints

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// Decisions reads decided complaints as everybody may know them.
type Decisions interface {
	Decisions(ctx context.Context, respondent string, offset, limit int) ([]feedback.Decision, error)
}

const decisionsPerPage = 20

// maxOffset bounds how far back a stranger may make the database count.
const maxOffset = 10_000

type decisionsAnswer struct {
	Items []feedback.Decision `json:"items"`
	Next  int                 `json:"next,omitempty"` // the offset of the following page
}

type decisionsPage struct {
	page.Frame
	Told
	decisionsAnswer
	More string
}

// ShowDecisions shows decided complaints with their reasons, the newest first: all,
// or those against the party that the link names.
func (h *Handler) ShowDecisions(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept, Accept-Language")
	answer, err := h.readDecisions(c)
	if err != nil {
		return err
	}
	if page.WantsJSON(c) {
		return c.JSON(http.StatusOK, answer)
	}
	keep := url.Values{}
	if respondent := c.QueryParam("respondent"); respondent != "" && len(answer.Items) > 0 {
		keep.Set("respondent", respondent)
	}
	f := room.Frame(c.Request(), keep)
	p := decisionsPage{Frame: f, Told: ToldIn(f.Lang), decisionsAnswer: answer}
	if answer.Next > 0 {
		keep.Set("lang", p.Lang)
		keep.Set("offset", strconv.Itoa(answer.Next))
		p.More = "?" + keep.Encode()
	}
	return room.Render(c, http.StatusOK, "decisions.html", p)
}

// ListDecisions gives them as JSON.
func (h *Handler) ListDecisions(c echo.Context) error {
	answer, err := h.readDecisions(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer)
}

func (h *Handler) readDecisions(c echo.Context) (decisionsAnswer, error) {
	offset := 0
	if text := c.QueryParam("offset"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > maxOffset {
			return decisionsAnswer{}, page.Refuse(trace.FieldInvalid, "offset", "offset")
		}
		offset = n
	}
	respondent := c.QueryParam("respondent")
	if respondent != "" && !codes.PartyForm.MatchString(respondent) {
		return decisionsAnswer{}, page.Refuse(trace.FieldInvalid, "respondent", "no_party_id")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.AnswerTime)
	defer cancel()
	items, err := h.Decisions.Decisions(ctx, respondent, offset, decisionsPerPage+1)
	if err != nil {
		h.Log.Error("decisions not read", "error", err)
		return decisionsAnswer{}, page.Refuse(problem.Unavailable, "", "decisions_not_now")
	}
	answer := decisionsAnswer{Items: items}
	if len(items) > decisionsPerPage {
		answer.Items, answer.Next = items[:decisionsPerPage], offset+decisionsPerPage
	}
	return answer, nil
}
