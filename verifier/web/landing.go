package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/seal"
)

type landingPage struct {
	frame
	Wrong bool // what was typed cannot be read
}

// landing is for those who cannot scan: it takes what is printed on a label,
// mends what people do when they type, and goes on to the unit's page. It does
// not check the code, and repeats nothing that was typed.
func (h *handler) landing(c echo.Context) error {
	c.Response().Header().Set("Vary", "Accept-Language")
	q := c.Request().URL.Query()
	typed := q.Get("uri") != "" || q.Get("gtin") != "" || q.Get("lot") != "" || q.Get("serial") != ""
	if path, ok := typedPath(q); ok {
		if lang := q.Get("lang"); lang == chinese || lang == english {
			path += "?" + url.Values{"lang": {lang}}.Encode()
		}
		return c.Redirect(http.StatusSeeOther, path)
	}
	return render(c, http.StatusOK, "landing.html", landingPage{newFrame(c.Request(), nil), typed})
}

// typedPath gives the path of the unit's page that the fields name: its whole
// address, or barcode, lot and serial one by one.
func typedPath(q url.Values) (string, bool) {
	if uri := strings.TrimSpace(q.Get("uri")); uri != "" {
		if !strings.Contains(uri, "://") {
			uri = "https://" + uri
		}
		_, gtin, lot, serial, err := gs1.ParseUnitURI(uri)
		return unitPath(gtin, lot, seal.Normalise(serial)), err == nil
	}
	gtin, err := gs1.ParseGTIN(seal.Normalise(q.Get("gtin")))
	lot, serial := strings.TrimSpace(q.Get("lot")), seal.Normalise(q.Get("serial"))
	if err != nil || gs1.ValidateLot(lot) != nil || len(serial) != seal.SerialLength {
		return "", false
	}
	return unitPath(gtin, lot, serial), true
}
