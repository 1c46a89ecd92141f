package reader

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// typing is the part of a page that takes what a label says from the keyboard,
// with what was wrong the last time. It repeats nothing that was typed.
type typing struct {
	page.Frame
	faults map[string]string
}

// Fault says what is wrong with a field, nothing where nothing is.
func (t typing) Fault(field string) string { return faultTexts[t.faults[field]].In(t.Lang) }

// Foreign reports whether what was typed is an address of somebody else.
func (t typing) Foreign() bool { return t.faults["uri"] == string(label.Foreign) }

// Incomplete asks for the fields of a code that is not whole, and says what is wrong with it.
func (h *Handler) Incomplete(c echo.Context, accepted string) error {
	if accepted != page.TypeHTML {
		return codes.Code{State: verdict.CodeIncomplete}.NotIssued()
	}
	l := label.Code("https://x" + c.Request().URL.EscapedPath())
	fault := cmp.Or(l.Fault, "incomplete")
	if l.Kind == label.Product || l.Kind == label.Box {
		fault = string(l.Kind)
	}
	p := typing{Frame: room.Frame(c.Request(), nil), faults: map[string]string{"uri": fault}}
	return room.Render(c, http.StatusOK, "landing.html", p)
}

// Elsewhere takes an address that is not a unit's as labels have it: behind a
// stem, in the names of the standard's first version, or of a box.
func (h *Handler) Elsewhere(c echo.Context) error {
	if m := c.Request().Method; m != http.MethodGet && m != http.MethodHead {
		return echo.ErrNotFound
	}
	switch l := label.Code("https://x" + c.Request().URL.RequestURI()); {
	case l.Kind == label.Unit:
		if path, _ := h.choose(l); path != "" {
			return c.Redirect(http.StatusSeeOther, path)
		}
	case l.Kind == label.Box, l.Kind == label.Product, l.Field != "":
		return h.Incomplete(c, page.Negotiate(strings.Join(c.Request().Header.Values("Accept"), ",")))
	}
	return echo.ErrNotFound
}

// Landing is for those who cannot scan: it takes what is printed on a label,
// mends what people do when they type, and goes on to the unit's page. It checks
// the code only where a text can mean several.
func (h *Handler) Landing(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept-Language")
	p, q := typing{Frame: room.Frame(c.Request(), nil)}, c.Request().URL.Query()
	if !q.Has("uri") && !q.Has("gtin") && !q.Has("lot") && !q.Has("serial") {
		return room.Render(c, http.StatusOK, "landing.html", p)
	}
	path, faults := h.readTyped(q)
	if path == "" {
		p.faults = faults
		return room.Render(c, http.StatusOK, "landing.html", p)
	}
	if lang := q.Get("lang"); page.IsLanguage(lang) {
		path += "?" + url.Values{"lang": {lang}}.Encode()
	}
	return c.Redirect(http.StatusSeeOther, path)
}
