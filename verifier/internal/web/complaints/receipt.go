package complaints

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// receiptPage is what the link of a report shows.
type receiptPage struct {
	page.Frame
	feedback.Acknowledgement
	Token string
}

// Receipt shows a report's receipt to whoever has its link.
func (h *Handler) Receipt(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept, Accept-Language")
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.AnswerTime)
	defer cancel()
	token := c.Param("token")
	found, err := h.Reports.Receipt(ctx, feedback.HashToken(token))
	if err != nil {
		h.Log.Error("report not read", "error", err)
		return page.Refuse(problem.Unavailable, "", "report_not_now")
	}
	if found == nil {
		return page.Refuse(problem.NotFound, "", "no_report")
	}
	if page.WantsJSON(c) {
		return c.JSON(http.StatusOK, found)
	}
	return room.Render(
		c,
		http.StatusOK,
		"receipt.html",
		receiptPage{Frame: room.Frame(c.Request(), nil), Acknowledgement: *found, Token: token},
	)
}

// WithdrawReport removes a report for whoever has its link.
func (h *Handler) WithdrawReport(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.ConfirmTime)
	defer cancel()
	ok, err := h.Reports.WithdrawReport(ctx, feedback.HashToken(c.Param("token")))
	if err != nil {
		h.Log.Error("report not withdrawn", "error", err)
		return page.Refuse(problem.Unavailable, "", "wish_not_kept")
	}
	if !ok {
		return page.Refuse(problem.NotFound, "", "no_report")
	}
	if page.WantsPage(c) {
		c.Response().Header().Add("Vary", "Accept, Accept-Language")
		return page.Plain(c, http.StatusOK, room.Word("reportGone").In(page.LanguageOf(c.Request())))
	}
	return c.NoContent(http.StatusNoContent)
}
