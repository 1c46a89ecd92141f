package owner

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// activationPage is how a claim goes on where the page's script does not run.
// Step is "pin" (again, with what was wrong), "keep" (the secret link, before
// anything is written), "unknown" or "done".
type activationPage struct {
	page.Frame
	Words
	Step  string
	Path  string // of the unit's page
	URI   string
	PIN   string // once it was right
	Owner string // the public key of the link that was kept
	Site  string // where the link is
	Link  string
	Wrong *trace.Text
	More  string // about what was wrong
}

// Query keeps the language in the form's address.
func (p activationPage) Query() template.URL {
	return template.URL(url.Values{"lang": {p.Lang}}.Encode()) //nolint:gosec // encoded just now
}

// activationForm claims a unit in two steps, so that no answer that gets lost
// takes the owner's link with it: first the PIN is checked and the link shown,
// then, once it is kept, the claim is written. The second step may be repeated.
func (h *Handler) activationForm(c echo.Context) error {
	r, err := readActivationForm(c)
	if err != nil {
		return err
	}
	asked := h.Codes.ReadURI(r.URI)
	if asked.State != verdict.CodeIssued {
		return c.Redirect(http.StatusSeeOther, "/?lang="+page.LanguageOf(c.Request()))
	}
	f := room.Frame(c.Request(), nil)
	p := activationPage{Frame: f, Words: WordsIn(f.Lang), Step: "pin", URI: h.Codes.URI(asked),
		Path: asked.Path()}
	if r.Owner == "" {
		err = h.offerLink(c, &p, asked, r.PIN)
	} else {
		err = h.claimByForm(c, &p, r)
	}
	if err != nil {
		return h.activationAgain(c, p, err)
	}
	return showActivation(c, http.StatusOK, p)
}

// offerLink checks the PIN and shows a new link. Nothing of it is kept here.
func (h *Handler) offerLink(c echo.Context, p *activationPage, asked codes.Code, pin string) error {
	opened, err := h.checkPIN(c.Request().Context(), c, asked, pin)
	if err != nil {
		return err
	}
	if _, err := h.claim(c.Request().Context(), asked, opened); err != nil {
		return err
	}
	key, secret := newOwnerKey()
	p.Step, p.PIN, p.Owner, p.Site, p.Link = "keep", opened.pin, key, h.Codes.Origin(), h.ownerLink(secret, asked)
	return nil
}

func (h *Handler) claimByForm(c echo.Context, p *activationPage, r activationRequest) error {
	answer, _, err := h.claimUnit(c, r)
	if err != nil {
		return err
	}
	p.Step = "done"
	if answer.Status == statusUnknown {
		p.Step, p.PIN, p.Owner = "unknown", seal.Normalise(r.PIN), r.Owner
	}
	return nil
}

// activationAgain shows the form again with what was wrong.
func (h *Handler) activationAgain(c echo.Context, p activationPage, err error) error {
	e := page.Refusal(err)
	if !problem.Verifier.Answers(e.Code) {
		return err
	}
	wrong := problem.Title(e.Code)
	p.Wrong, p.More = &wrong, p.triesText(err, h.Visitors.Now())
	return showActivation(c, problem.Status(e.Code), p)
}

func showActivation(c echo.Context, status int, p activationPage) error {
	c.Response().Header().Set("Vary", "Accept-Language")
	p.Chinese, p.English = p.Path+p.Chinese, p.Path+p.English // this page has no address of its own
	return room.Render(c, status, "activation.html", p)
}

func readActivationForm(c echo.Context) (activationRequest, error) {
	values, err := page.ReadForm(c)
	return activationRequest{URI: values.Get("uri"), PIN: values.Get("pin"), Owner: values.Get("owner")}, err
}

// lockedUntil writes the moment for a reader in China, where labels are read.
func (p activationPage) lockedUntil(t time.Time) string {
	return t.In(trace.Zone).Format(p.T("layoutLocked"))
}

// triesText says how many tries of a PIN are left, or when there are some again.
func (p activationPage) triesText(err error, now time.Time) string {
	var r pinRefusal
	if !errors.As(err, &r) {
		return ""
	}
	if r.locked > 0 {
		return strings.ReplaceAll(p.Says("lockedUntil"), "{t}", p.lockedUntil(now.Add(r.locked)))
	}
	return strings.ReplaceAll(p.Says("triesLeft"), "{n}", fmt.Sprint(r.left))
}
