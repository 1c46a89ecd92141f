package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/label"
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

// landing is for those who cannot scan: it takes what is printed on a label,
// mends what people do when they type, and goes on to the unit's page. It does
// not check the code.
func (h *handler) landing(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept-Language")
	page, q := typing{frame: newFrame(c.Request(), nil)}, c.Request().URL.Query()
	if !q.Has("uri") && !q.Has("gtin") && !q.Has("lot") && !q.Has("serial") {
		return render(c, http.StatusOK, "landing.html", page)
	}
	path, faults := readTyped(q, h.ownHost())
	if path == "" {
		page.faults = faults
		return render(c, http.StatusOK, "landing.html", page)
	}
	if lang := q.Get("lang"); lang == chinese || lang == english {
		path += "?" + url.Values{"lang": {lang}}.Encode()
	}
	return c.Redirect(http.StatusSeeOther, path)
}
