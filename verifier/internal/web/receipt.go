package web

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// receiptPage is what the link of a report shows.
type receiptPage struct {
	frame
	feedback.Receipt
	Token string
}

// receipt shows a report's receipt to whoever has its link.
func (h *handler) receipt(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept, Accept-Language")
	ctx, cancel := context.WithTimeout(c.Request().Context(), answerTime)
	defer cancel()
	token := c.Param("token")
	found, err := h.Reports.Receipt(ctx, feedback.HashToken(token))
	if err != nil {
		h.Log.Error("report not read", "error", err)
		return problem.New(problem.Unavailable, "", "the report cannot be read right now; try again")
	}
	if found == nil {
		return problem.New(problem.NotFound, "", "no report has this link")
	}
	if negotiate(c.Request().Header.Get("Accept")) == typeJSON {
		return c.JSON(http.StatusOK, found)
	}
	return render(c, http.StatusOK, "receipt.html", receiptPage{frame: newFrame(c.Request(), nil), Receipt: *found, Token: token})
}

// withdrawReport removes a report for whoever has its link.
func (h *handler) withdrawReport(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), confirmTime)
	defer cancel()
	ok, err := h.Reports.WithdrawReport(ctx, feedback.HashToken(c.Param("token")))
	if err != nil {
		h.Log.Error("report not withdrawn", "error", err)
		return problem.New(problem.Unavailable, "", "the wish was not kept; send it again")
	}
	if !ok {
		return problem.New(problem.NotFound, "", "no report has this link")
	}
	if wantsPage(c) {
		c.Response().Header().Add("Vary", "Accept, Accept-Language")
		return problemPage(c, http.StatusOK, word("reportGone").In(languageOf(c.Request())))
	}
	return c.NoContent(http.StatusNoContent)
}
