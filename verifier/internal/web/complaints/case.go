package complaints

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// caseAnswer is a case as the secret link tells it, without what the shopper sent.
type caseAnswer struct {
	Case        string                `json:"case"`
	Status      trace.ComplaintStatus `json:"status"`
	Outcome     trace.Outcome         `json:"outcome,omitempty"`
	Product     trace.Text            `json:"product"`
	Lot         string                `json:"lot"`
	ReceivedAt  time.Time             `json:"receivedAt"`
	NextDue     time.Time             `json:"nextDue,omitzero"`
	AnsweredAt  time.Time             `json:"answeredAt,omitzero"`
	AnswerText  string                `json:"answerText,omitempty"`
	Decisions   []feedback.Ruling     `json:"decisions"`
	MayWithdraw bool                  `json:"mayWithdraw"`
	Waits       bool                  `json:"waits"` // for the platform's look, before which it changes no verdict
	Seq         *int64                `json:"seq"`
}

func (h *Handler) caseOf(x feedback.Case) caseAnswer {
	now := h.Visitors.Now()
	a := caseAnswer{
		Case:        x.ID,
		Status:      x.Status(now),
		Product:     x.Product,
		Lot:         x.Lot,
		ReceivedAt:  x.ReceivedAt,
		AnswerText:  x.AnswerText,
		Decisions:   []feedback.Ruling{},
		MayWithdraw: !x.Withdrawn,
		Seq:         x.Seq,
	}
	c := x.Complaint
	if c == nil {
		a.Waits = !x.Weighs && !x.Withdrawn
		return a
	}
	a.Waits = !x.Weighs && !c.NextDue().IsZero() && len(c.Decisions) == 0
	a.MayWithdraw = a.MayWithdraw && c.MayWithdraw() == nil
	a.Outcome, a.NextDue = c.Outcome(), c.NextDue()
	if c.Answer != nil {
		a.AnsweredAt = c.Answer.At
	}
	for _, d := range c.Decisions {
		a.Decisions = append(
			a.Decisions,
			feedback.Ruling{Kind: d.Kind, Outcome: d.Outcome, Reason: d.Reason, Suspended: d.Suspended, At: d.At},
		)
	}
	return a
}

type casePage struct {
	page.Frame
	Told
	caseAnswer
	Token string
}

// StatusText and OutcomeText say where the case stands.
func (p casePage) StatusText() string { return statusNames[p.Status].In(p.Lang) }

// Follow shows a case to whoever has its secret link.
func (h *Handler) Follow(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept, Accept-Language")
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.AnswerTime)
	defer cancel()
	token := c.Param("token")
	found, err := h.Complaints.Case(ctx, feedback.HashToken(token))
	if err != nil {
		h.Log.Error("case not read", "error", err)
		return page.Refuse(problem.Unavailable, "", "case_not_now")
	}
	if found == nil {
		return page.Refuse(problem.NotFound, "", "no_case")
	}
	answer := h.caseOf(*found)
	if page.WantsJSON(c) {
		return c.JSON(http.StatusOK, answer)
	}
	f := room.Frame(c.Request(), nil)
	return room.Render(c, http.StatusOK, "case.html", casePage{f, ToldIn(f.Lang), answer, token})
}

// Withdraw takes a complaint back for whoever has its secret link.
func (h *Handler) Withdraw(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.ConfirmTime)
	defer cancel()
	token := c.Param("token")
	ok, err := h.Complaints.WithdrawComplaint(ctx, feedback.HashToken(token))
	if err != nil {
		h.Log.Error("complaint not withdrawn", "error", err)
		return page.Refuse(problem.Unavailable, "", "wish_not_kept")
	}
	if !ok {
		return page.Refuse(trace.ComplaintConflict, "", "no_withdrawal")
	}
	if page.WantsPage(c) {
		return c.Redirect(http.StatusSeeOther, "/complaints/"+token+"?lang="+page.LanguageOf(c.Request()))
	}
	return c.NoContent(http.StatusNoContent)
}
