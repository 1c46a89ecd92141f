package web

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/feedback"
)

// Decisions reads decided complaints as everybody may know them.
type Decisions interface {
	Decisions(ctx context.Context, offset, limit int) ([]feedback.Decision, error)
}

const decisionsPerPage = 20

// maxOffset bounds how far back a stranger may make the database count.
const maxOffset = 10_000

type decisionsAnswer struct {
	Items []feedback.Decision `json:"items"`
	Next  int                 `json:"next,omitempty"` // the offset of the following page
}

type decisionsPage struct {
	frame
	decisionsAnswer
	More string
}

// decisions shows every decided complaint with its reasons, the newest first.
func (h *handler) decisions(c echo.Context) error {
	c.Response().Header().Set("Vary", "Accept, Accept-Language")
	answer, err := h.readDecisions(c)
	if err != nil {
		return err
	}
	if negotiate(c.Request().Header.Get("Accept")) == typeJSON {
		return c.JSON(http.StatusOK, answer)
	}
	p := decisionsPage{frame: newFrame(c.Request(), nil), decisionsAnswer: answer}
	if answer.Next > 0 {
		p.More = "?lang=" + p.Lang + "&offset=" + strconv.Itoa(answer.Next)
	}
	return render(c, http.StatusOK, "decisions.html", p)
}

func (h *handler) listDecisions(c echo.Context) error {
	answer, err := h.readDecisions(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer)
}

func (h *handler) readDecisions(c echo.Context) (decisionsAnswer, error) {
	offset := 0
	if text := c.QueryParam("offset"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > maxOffset {
			return decisionsAnswer{}, problem(trace.FieldInvalid, "offset", "from 0 to 10000")
		}
		offset = n
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), answerTime)
	defer cancel()
	items, err := h.Decisions.Decisions(ctx, offset, decisionsPerPage+1)
	if err != nil {
		h.Log.Error("decisions not read", "error", err)
		return decisionsAnswer{}, problem(codeUnavailable, "", "the decisions cannot be read right now; try again")
	}
	answer := decisionsAnswer{Items: items}
	if len(items) > decisionsPerPage {
		answer.Items, answer.Next = items[:decisionsPerPage], offset+decisionsPerPage
	}
	return answer, nil
}
