package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// typing is the part of a page that takes what a label says from the keyboard,
// with what was wrong the last time. It repeats nothing that was typed.
type typing struct {
	frame
	faults map[string]string
}

// Fault says what is wrong with a field, nothing where nothing is.
func (t typing) Fault(field string) string { return faultTexts[t.faults[field]].In(t.Lang) }

// Foreign reports whether what was typed is an address of somebody else.
func (t typing) Foreign() bool { return t.faults["uri"] == string(label.Foreign) }

// incomplete asks for the fields of a code that is not whole, and says what is wrong with it.
func (h *handler) incomplete(c echo.Context, accepted string) error {
	if accepted != typeHTML {
		return code{state: verdict.CodeIncomplete}.notIssued()
	}
	l := label.Code("https://x" + c.Request().URL.EscapedPath())
	fault := cmp.Or(l.Fault, "incomplete")
	if l.Kind == label.Product || l.Kind == label.Box {
		fault = string(l.Kind)
	}
	page := typing{frame: newFrame(c.Request(), nil), faults: map[string]string{"uri": fault}}
	return render(c, http.StatusOK, "landing.html", page)
}

// elsewhere takes an address that is not a unit's as labels have it: behind a
// stem, in the names of the standard's first version, or of a box.
func (h *handler) elsewhere(c echo.Context) error {
	if m := c.Request().Method; m != http.MethodGet && m != http.MethodHead {
		return echo.ErrNotFound
	}
	switch l := label.Code("https://x" + c.Request().URL.RequestURI()); {
	case l.Kind == label.Unit:
		if path, _ := h.choose(l); path != "" {
			return c.Redirect(http.StatusSeeOther, path)
		}
	case l.Kind == label.Box, l.Kind == label.Product, l.Field != "":
		return h.incomplete(c, negotiate(strings.Join(c.Request().Header.Values("Accept"), ",")))
	}
	return echo.ErrNotFound
}

// landing is for those who cannot scan: it takes what is printed on a label,
// mends what people do when they type, and goes on to the unit's page. It checks
// the code only where a text can mean several.
func (h *handler) landing(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept-Language")
	page, q := typing{frame: newFrame(c.Request(), nil)}, c.Request().URL.Query()
	if !q.Has("uri") && !q.Has("gtin") && !q.Has("lot") && !q.Has("serial") {
		return render(c, http.StatusOK, "landing.html", page)
	}
	path, faults := h.readTyped(q)
	if path == "" {
		page.faults = faults
		return render(c, http.StatusOK, "landing.html", page)
	}
	if lang := q.Get("lang"); slices.Contains(texts.Languages(), lang) {
		path += "?" + url.Values{"lang": {lang}}.Encode()
	}
	return c.Redirect(http.StatusSeeOther, path)
}
