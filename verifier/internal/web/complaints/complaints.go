package complaints

import (
	"context"
	"html/template"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Complaints keeps what shoppers complain of.
type Complaints interface {
	// SaveComplaint is durable when it answers true; false means too many from one device or network.
	SaveComplaint(ctx context.Context, c feedback.Complaint) (bool, error)
	// Case gives what a secret link shows, nil for a link that is none.
	Case(ctx context.Context, tokenHash [32]byte) (*feedback.Case, error)
	// WithdrawComplaint answers false where nothing is pending.
	WithdrawComplaint(ctx context.Context, tokenHash [32]byte) (bool, error)
}

// complaintAnswer gives the case number and the link that follows it, once.
type complaintAnswer struct {
	Case string `json:"case"`
	Link string `json:"link"`
}

// Complain takes a complaint, from a page's form or from a program. What was
// sent is in no answer.
func (h *Handler) Complain(c echo.Context) error {
	answer, err := h.takeComplaint(c)
	switch {
	case err == nil:
		return taken(c, answer.Link, answer)
	case page.WantsPage(c):
		return h.complaintAgain(c, err)
	}
	return err
}

// taken answers that something is kept: a page goes on to the link that follows it, a
// program gets the answer.
func taken(c echo.Context, link string, answer any) error {
	if page.WantsPage(c) {
		return c.Redirect(http.StatusSeeOther, link+"?lang="+page.LanguageOf(c.Request()))
	}
	c.Response().Header().Set("Location", link)
	return c.JSON(http.StatusCreated, answer)
}

func (h *Handler) takeComplaint(c echo.Context) (complaintAnswer, error) {
	form, err := h.readComplaint(c)
	if err != nil {
		return complaintAnswer{}, err
	}
	r := c.Request()
	asked := h.Codes.ReadURI(form.uri)
	if err := h.onRecord(r.Context(), asked); err != nil {
		return complaintAnswer{}, err
	}
	by := h.Visitors.Of(c, h.Visitors.Now())
	complaint, token, err := feedback.NewComplaint(asked.Unit, form.text, form.photos, by.Device)
	if err != nil {
		return complaintAnswer{}, err
	}
	complaint.Network = by.Network
	ctx, cancel := context.WithTimeout(r.Context(), visitor.ConfirmTime)
	defer cancel()
	ok, err := h.Complaints.SaveComplaint(ctx, complaint)
	if err != nil {
		h.Log.Error("complaint not kept", "error", err)
		return complaintAnswer{}, page.Refuse(problem.Unavailable, "", "complaint_not_kept")
	}
	if !ok {
		return complaintAnswer{}, page.Refuse(problem.TooMany, "", "complained_often")
	}
	return complaintAnswer{complaint.ID, "/complaints/" + token}, nil
}

// onRecord requires a code that was issued for a unit on the ledger.
func (h *Handler) onRecord(ctx context.Context, asked codes.Code) error {
	if asked.State != verdict.CodeIssued {
		return asked.NotIssued()
	}
	ctx, cancel := context.WithTimeout(ctx, visitor.AnswerTime)
	defer cancel()
	records, err := h.Records.Records(ctx, asked.Unit)
	switch {
	case err != nil:
		h.Log.Error("no records for a complaint", "error", err)
		return page.Refuse(problem.Unavailable, "", "record_not_now")
	case records.Batch == nil || records.Holding == nil:
		return page.Refuse(trace.BatchUnknown, "uri", "lot_not_there")
	}
	return nil
}

type complaintPage struct {
	page.Frame
	URI   string
	Wrong *trace.Text
}

// Query keeps the unit and the language in the form's address, for the case
// that it has to be shown again.
func (p complaintPage) Query() template.URL {
	return template.URL(url.Values{"uri": {p.URI}, "lang": {p.Lang}}.Encode()) //nolint:gosec // encoded just now
}

// NewComplaint shows the form; it works without the script.
func (h *Handler) NewComplaint(c echo.Context) error {
	return h.complaintPage(c, http.StatusOK, h.Codes.ReadURI(c.QueryParam("uri")), nil)
}

// complaintAgain shows the form again with what was wrong. The unit comes from
// the page's address, for nothing that was sent is shown.
func (h *Handler) complaintAgain(c echo.Context, err error) error {
	e := page.Refusal(err)
	if !problem.Verifier.Answers(e.Code) {
		return err
	}
	wrong := problem.Title(e.Code)
	if e.Field == "text" {
		wrong = room.Word("textWrong")
	}
	return h.complaintPage(c, problem.Status(e.Code), h.Codes.ReadURI(c.QueryParam("uri")), &wrong)
}

func (h *Handler) complaintPage(c echo.Context, status int, asked codes.Code, wrong *trace.Text) error {
	c.Response().Header().Add("Vary", "Accept-Language")
	if asked.State != verdict.CodeIssued {
		return c.Redirect(http.StatusSeeOther, "/?lang="+page.LanguageOf(c.Request()))
	}
	uri := h.Codes.URI(asked)
	return room.Render(
		c, status, "complaint.html", complaintPage{room.Frame(c.Request(), url.Values{"uri": {uri}}), uri, wrong},
	)
}
