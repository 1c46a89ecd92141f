package complaints

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Reports keeps what shoppers say about codes that we do not know.
type Reports interface {
	// SaveReport is durable when it answers true; false means too many from one device or network.
	SaveReport(ctx context.Context, r feedback.Report) (bool, error)
	// Receipt gives what a report's link shows, nil for a link that is none.
	Receipt(ctx context.Context, tokenHash [32]byte) (*feedback.Acknowledgement, error)
	// WithdrawReport removes a report; false for a link that is none.
	WithdrawReport(ctx context.Context, tokenHash [32]byte) (bool, error)
}

// reportAnswer gives the report's number and the link of its receipt, once.
type reportAnswer struct {
	Report string `json:"report"`
	Link   string `json:"link"`
}

// reportPage is the form. NeedsCode says that the page's address names no code.
type reportPage struct {
	page.Frame
	Told
	NeedsCode bool
	Wrong     *trace.Text
}

// NewReport shows the form for a code that no page of ours is about; it works
// without the script.
func (h *Handler) NewReport(c echo.Context) error { return h.reportPage(c, http.StatusOK, nil) }

// reportPage shows the form. It is sent to the page's own address, which names
// the code, so that nothing of a code ever stands in a page.
func (h *Handler) reportPage(c echo.Context, status int, wrong *trace.Text) error {
	c.Response().Header().Set("Vary", "Accept, Accept-Language")
	f := room.Frame(c.Request(), nil)
	return room.Render(c, status, "report.html", reportPage{f, ToldIn(f.Lang), !namesCode(c), wrong})
}

func namesCode(c echo.Context) bool {
	return strings.HasPrefix(c.Request().URL.Path, "/01/") || strings.TrimSpace(c.QueryParam("code")) != ""
}

// Report takes a report of the code that the address names, or the form. What
// was sent is in no answer.
func (h *Handler) Report(c echo.Context) error {
	answer, asked, err := h.takeReport(c)
	switch {
	case err == nil:
		return taken(c, answer.Link, answer)
	case !page.WantsPage(c):
		return err
	case trace.CodeOf(err) == problem.CodeKnown: // it has a seller, who is asked about a complaint
		return c.Redirect(
			http.StatusSeeOther,
			"/complaints/new?"+url.Values{"uri": {h.Codes.URI(asked)}, "lang": {page.LanguageOf(c.Request())}}.Encode(),
		)
	}
	return h.reportAgain(c, err)
}

func (h *Handler) reportAgain(c echo.Context, err error) error {
	e := page.Refusal(err)
	if !problem.Verifier.Answers(e.Code) {
		return err
	}
	wrong, told := reportFaults[cmp.Or(e.Field, string(e.Code))]
	if !told {
		wrong = problem.Title(e.Code)
	}
	return h.reportPage(c, problem.Status(e.Code), &wrong)
}

func (h *Handler) takeReport(c echo.Context) (reportAnswer, codes.Code, error) {
	form, err := page.ReadForm(c)
	if err != nil {
		return reportAnswer{}, codes.Code{}, err
	}
	asked, said := h.reported(c, form.Get("code"))
	report, token, err := feedback.NewReport(said, form.Get("place"), form.Get("text"), form.Get("contact"))
	if err == nil {
		err = h.isUnknown(c.Request().Context(), asked)
	}
	if err == nil {
		err = h.keepReport(c, report)
	}
	return reportAnswer{report.ID, "/reports/" + token}, asked, err
}

func (h *Handler) keepReport(c echo.Context, report feedback.Report) error {
	by := h.Visitors.Of(c, h.Visitors.Now())
	report.Device, report.Network = by.Device, by.Network
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.ConfirmTime)
	defer cancel()
	ok, err := h.Reports.SaveReport(ctx, report)
	if err != nil {
		h.Log.Error("report not kept", "error", err)
		return page.Refuse(problem.Unavailable, "", "report_not_kept")
	}
	if !ok {
		return page.Refuse(problem.TooMany, "", "reported_often")
	}
	return nil
}

// reported gives the code that a report is about: the one of the page that it
// was sent from, or else what a label says or somebody typed. However a unit's
// code is written, it is the same code.
func (h *Handler) reported(c echo.Context, typed string) (asked codes.Code, said string) {
	path := c.Request().URL.EscapedPath()
	if !strings.HasPrefix(path, "/01/") {
		said = cmp.Or(strings.TrimSpace(c.QueryParam("code")), typed)
		l := label.Read(said, h.Codes.Host())
		if l.Kind != label.Unit {
			return codes.Code{State: verdict.CodeNotIssued}, said
		}
		path = l.Path
	}
	asked = h.Codes.ReadPath(path)
	if asked.State == verdict.CodeIncomplete {
		asked.State = verdict.CodeNotIssued // whatever it is, its label can be reported
	}
	return asked, spelt(path)
}

// spelt writes a unit's path in one way, and any other without its escapes.
func spelt(path string) string {
	if l := label.Code("https://x" + path); l.Kind == label.Unit {
		return l.Path
	}
	if plain, err := url.PathUnescape(path); err == nil {
		return plain
	}
	return path
}

// isUnknown requires a code whose page says that it is not recognised: for all
// others there are complaints.
func (h *Handler) isUnknown(ctx context.Context, asked codes.Code) error {
	switch h.Judge.Of(ctx, asked, codes.Asker{}).Verdict {
	case verdict.NotRecognised:
		return nil
	case verdict.Unavailable:
		return page.Refuse(problem.Unavailable, "", "code_not_now")
	}
	return page.Refuse(problem.CodeKnown, "code", "code_was_issued")
}
