package web

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/label"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// confirmTime bounds what a confirmation may wait for its commit.
const confirmTime = 5 * time.Second

type scanRequest struct {
	URI   string `json:"uri"`
	Nonce string `json:"nonce"`
}

type scanAnswer struct {
	FirstScan time.Time `json:"firstScan"`
	ScanCount int64     `json:"scanCount"`
	// ReviewToken lets whoever confirmed the scan review the unit.
	ReviewToken string `json:"reviewToken"`
}

// confirmScan records that a person saw a unit's page.
func (h *handler) confirmScan(c echo.Context) error {
	var request scanRequest
	if err := readJSON(c, &request); err != nil {
		return err
	}
	asked, scans, err := h.recordScan(c, request)
	if err != nil {
		return err
	}
	if isProgram(c.Request()) {
		return c.NoContent(http.StatusNoContent)
	}
	return c.JSON(http.StatusOK, scanAnswer{scans.First, scans.Count, h.newReviewToken(asked.unit)})
}

// countScan does so for the form that a page without scripts shows.
func (h *handler) countScan(c echo.Context) error {
	form, err := readForm(c)
	if err != nil {
		return err
	}
	asked, _, err := h.recordScan(c, scanRequest{form.Get("uri"), form.Get("nonce")})
	if err != nil {
		return err
	}
	f := newFrame(c.Request(), nil)
	back := label.UnitPath(gs1.GTIN(asked.unit.GTIN), asked.unit.Lot, asked.serial) + "?lang=" + f.Lang
	return render(c, http.StatusOK, "counted.html", countedPage{f, back})
}

type countedPage struct {
	frame
	Back string
}

// recordScan has a scan kept. A code that was not issued has no nonce, so it is
// answered like a wrong one. Whoever says that he is a program is not counted.
func (h *handler) recordScan(c echo.Context, request scanRequest) (asked code, scans verdict.Scans, err error) {
	asked = h.readURI(request.URI)
	nonce, ok := h.openNonce(request.Nonce, asked.unit)
	if !ok || asked.state != verdict.CodeIssued {
		return asked, scans, problem.New(problem.NonceInvalid, "nonce", "the nonce is not this page's, or has expired")
	}
	r, now := c.Request(), h.Now()
	if isProgram(r) {
		return asked, scans, nil
	}
	visitor := h.visitor(c, now)
	ctx, cancel := context.WithTimeout(r.Context(), confirmTime)
	defer cancel()
	scans, err = h.Scans.Confirm(ctx, verdict.Scan{
		Unit: asked.unit, Nonce: nonce, At: now, Place: h.place(r), Point: h.point(r),
		Network: visitor.Network, Device: visitor.Device, Before: h.visitorBefore(c, now),
	})
	if err != nil {
		h.Log.Error("scan not confirmed", "error", err)
		return asked, scans, problem.New(problem.Unavailable, "", "the scan may not be recorded; send the same nonce again")
	}
	return asked, scans, nil
}

// visitor names who asks, and their network, for the month of a time.
func (h *handler) visitor(c echo.Context, at time.Time) verdict.Visitor {
	r := c.Request()
	return verdict.Visitor{
		Network: h.network(c.RealIP(), at),
		Device:  h.device(c.RealIP(), r.UserAgent(), r.Header.Get("Accept-Language"), at),
	}
}

// visitorBefore names them as a visit that goes on into a new month began. It
// is empty at all other times.
func (h *handler) visitorBefore(c echo.Context, now time.Time) verdict.Visitor {
	before := now.Add(-verdict.SameVisit)
	if monthOf(before) == monthOf(now) {
		return verdict.Visitor{}
	}
	return h.visitor(c, before)
}
