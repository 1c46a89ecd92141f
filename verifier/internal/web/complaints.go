package web

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
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

// complain takes a complaint, from a page's form or from a program. What was
// sent is in no answer.
func (h *handler) complain(c echo.Context) error {
	answer, err := h.takeComplaint(c)
	if wantsPage(c) {
		if err != nil {
			return h.complaintAgain(c, err)
		}
		return c.Redirect(http.StatusSeeOther, answer.Link+"?lang="+languageOf(c.Request()))
	}
	if err != nil {
		return err
	}
	c.Response().Header().Set("Location", answer.Link)
	return c.JSON(http.StatusCreated, answer)
}

// wantsPage tells a browser's form from a program.
func wantsPage(c echo.Context) bool {
	accept := c.Request().Header.Get("Accept")
	return strings.Contains(accept, typeHTML) && negotiate(accept) == typeHTML
}

func (h *handler) takeComplaint(c echo.Context) (complaintAnswer, error) {
	form, err := h.readComplaint(c)
	if err != nil {
		return complaintAnswer{}, err
	}
	r := c.Request()
	asked := h.readURI(form.uri)
	if err := h.onRecord(r.Context(), asked); err != nil {
		return complaintAnswer{}, err
	}
	device := h.device(c.RealIP(), r.UserAgent(), r.Header.Get("Accept-Language"), h.Now())
	complaint, token, err := feedback.NewComplaint(asked.unit, form.text, form.photos, device)
	if err != nil {
		return complaintAnswer{}, err
	}
	complaint.Network = h.network(c.RealIP(), h.Now())
	ctx, cancel := context.WithTimeout(r.Context(), confirmTime)
	defer cancel()
	ok, err := h.Complaints.SaveComplaint(ctx, complaint)
	if err != nil {
		h.Log.Error("complaint not kept", "error", err)
		return complaintAnswer{}, problem.New(problem.Unavailable, "", "the complaint was not kept; send it again")
	}
	if !ok {
		return complaintAnswer{}, problem.New(problem.TooMany, "", "this device or its network has complained about this item, or too often, within a day")
	}
	return complaintAnswer{complaint.ID, "/complaints/" + token}, nil
}

// onRecord requires a code that was issued for a unit on the ledger.
func (h *handler) onRecord(ctx context.Context, asked code) error {
	if asked.state != verdict.CodeIssued {
		return asked.notIssued()
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	records, err := h.Records.Records(ctx, asked.unit)
	switch {
	case err != nil:
		h.Log.Error("no records for a complaint", "error", err)
		return problem.New(problem.Unavailable, "", "the unit's record cannot be read; try again")
	case records.Batch == nil || records.Holding == nil:
		return problem.New(trace.BatchUnknown, "uri", "the unit's lot is not on the ledger")
	}
	return nil
}

type complaintPage struct {
	frame
	URI   string
	Wrong *trace.Text
}

// Query keeps the unit and the language in the form's address, for the case
// that it has to be shown again.
func (p complaintPage) Query() template.URL {
	return template.URL(url.Values{"uri": {p.URI}, "lang": {p.Lang}}.Encode()) //nolint:gosec // encoded just now
}

// newComplaint shows the form; it works without the script.
func (h *handler) newComplaint(c echo.Context) error {
	return h.complaintPage(c, http.StatusOK, h.readURI(c.QueryParam("uri")), nil)
}

// complaintAgain shows the form again with what was wrong. The unit comes from
// the page's address, for nothing that was sent is shown.
func (h *handler) complaintAgain(c echo.Context, err error) error {
	e := asProblem(err)
	if !problem.Verifier.Answers(e.Code) {
		return err
	}
	wrong := problem.Title(e.Code)
	if e.Field == "text" {
		wrong = word("textWrong")
	}
	return h.complaintPage(c, problem.Status(e.Code), h.readURI(c.QueryParam("uri")), &wrong)
}

func (h *handler) complaintPage(c echo.Context, status int, asked code, wrong *trace.Text) error {
	c.Response().Header().Add("Vary", "Accept-Language")
	if asked.state != verdict.CodeIssued {
		return c.Redirect(http.StatusSeeOther, "/?lang="+languageOf(c.Request()))
	}
	uri := h.uriOf(asked)
	return render(c, status, "complaint.html", complaintPage{newFrame(c.Request(), url.Values{"uri": {uri}}), uri, wrong})
}

func (h *handler) uriOf(asked code) string {
	return gs1.UnitURI(h.Base, gs1.GTIN(asked.unit.GTIN), asked.unit.Lot, asked.serial)
}
