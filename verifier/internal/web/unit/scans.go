package unit

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

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

// Confirm records that a person saw a unit's page.
func (h *Handler) Confirm(c echo.Context) error {
	var request scanRequest
	if err := page.ReadJSON(c, &request); err != nil {
		return err
	}
	asked, scans, err := h.recordScan(c, request)
	if err != nil {
		return err
	}
	if visitor.IsProgram(c.Request()) {
		return c.NoContent(http.StatusNoContent)
	}
	return c.JSON(http.StatusOK, scanAnswer{scans.First, scans.Count, h.Visitors.NewReviewToken(asked.Unit)})
}

// Count does so for the form that a page without scripts shows.
func (h *Handler) Count(c echo.Context) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	asked, _, err := h.recordScan(c, scanRequest{form.Get("uri"), form.Get("nonce")})
	if err != nil {
		return err
	}
	f := room.Frame(c.Request(), nil)
	back := asked.Path() + "?lang=" + f.Lang
	return room.Render(c, http.StatusOK, "counted.html", countedPage{f, back})
}

type countedPage struct {
	page.Frame
	Back string
}

// recordScan has a scan kept. A code that was not issued has no nonce, so it is
// answered like a wrong one. Whoever says that he is a program is not counted.
func (h *Handler) recordScan(c echo.Context, request scanRequest) (asked codes.Code, scans verdict.Scans, err error) {
	asked = h.Codes.ReadURI(request.URI)
	nonce, ok := h.Visitors.OpenNonce(request.Nonce, asked.Unit)
	if !ok || asked.State != verdict.CodeIssued {
		return asked, scans, page.Refuse(problem.NonceInvalid, "nonce", "nonce")
	}
	r, now := c.Request(), h.Visitors.Now()
	if visitor.IsProgram(r) {
		return asked, scans, nil
	}
	by := h.Visitors.Of(c, now)
	ctx, cancel := context.WithTimeout(r.Context(), visitor.ConfirmTime)
	defer cancel()
	scans, err = h.Scans.Confirm(ctx, verdict.Scan{
		Unit: asked.Unit, Nonce: nonce, At: now, Place: h.Visitors.Place(r), Point: h.Visitors.Point(r),
		Network: by.Network, Device: by.Device, Before: h.Visitors.Before(c, now),
	})
	if err != nil {
		h.Log.Error("scan not confirmed", "error", err)
		return asked, scans, page.Refuse(problem.Unavailable, "", "scan_maybe")
	}
	return asked, scans, nil
}
