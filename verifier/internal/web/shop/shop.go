package shop

import (
	"context"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Shelves reads what merchants and creators say about products.
type Shelves interface {
	Shelf(ctx context.Context, gtin string) (*content.Shelf, error)
	Preview(ctx context.Context, name string) (*content.Shelf, error)
	Related(ctx context.Context, gtins []string, limit int) ([]string, error)
}

// Pictures reads pictures of goods.
type Pictures interface {
	Picture(ctx context.Context, id [32]byte, small bool) ([]byte, error)
}

// Shown gives what is shown beside a unit that matches its record, also where
// something asks for care, and then folded: nobody is sold to on a warning.
// Without it the answer is complete as well.
func (h *Handler) Shown(ctx context.Context, a verdict.Answer, u verdict.Unit) *content.Shown {
	if a.Verdict != verdict.Genuine && a.Verdict != verdict.Caution || a.Item == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, visitor.AnswerTime)
	defer cancel()
	shelf, err := h.Shelves.Shelf(ctx, a.Item.GTIN)
	if err != nil {
		h.Log.Warn("what is shown with a product not read", "error", err)
	}
	if err != nil || shelf == nil {
		return nil
	}
	for i, e := range shelf.Endorsements {
		shelf.Endorsements[i].ThisItem = e.Hidden == nil && e.Lot == u.Lot && e.Index == u.Index
	}
	shown := shelf.On(trace.DayOf(h.Visitors.Now()))
	return &shown
}

// Preview shows a merchant a presentation as shoppers would see it. The console,
// whose address we do not know, has it in a frame beside the form: the page holds
// nothing to press but links, and only who was given its address can frame it.
func (h *Handler) Preview(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.AnswerTime)
	defer cancel()
	shelf, err := h.Shelves.Preview(ctx, c.Param("name"))
	if err != nil {
		h.Log.Error("preview not read", "error", err)
		return page.Refuse(problem.Unavailable, "", "preview_not_now")
	}
	if shelf == nil {
		return page.Refuse(problem.NotFound, "", "no_preview")
	}
	shown := shelf.On(trace.DayOf(h.Visitors.Now()))
	header := c.Response().Header()
	header.Del("X-Frame-Options")
	header.Set("Content-Security-Policy", previewPolicy)
	f := room.Frame(c.Request(), nil)
	p := shopPage{f, GoodsIn(f), verdict.Genuine, &shown}
	return room.Render(c, http.StatusOK, "preview.html", p)
}

// shopPage is what the templates of the shop need.
type shopPage struct {
	page.Frame
	Goods
	Verdict verdict.Verdict
	Shop    *content.Shown
}

// CreatorForm is empty: nobody has scanned a preview.
func (shopPage) CreatorForm() string { return "" }

// Picture serves a picture under its hash, which never changes, to our own pages
// and to the console, which may have another host.
func (h *Handler) Picture(c echo.Context) error {
	name, isPicture := strings.CutSuffix(c.Param("name"), ".jpg")
	name, small := strings.CutSuffix(name, "-s")
	id, err := hex.DecodeString(name)
	if !isPicture || err != nil || !content.IsPictureID(name) {
		return page.Refuse(problem.NotFound, "", "no_picture")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.AnswerTime)
	defer cancel()
	data, err := h.Pictures.Picture(ctx, [32]byte(id), small)
	if err != nil {
		h.Log.Error("picture not read", "error", err)
		return page.Refuse(problem.Unavailable, "", "picture_not_now")
	}
	if data == nil {
		return page.Refuse(problem.NotFound, "", "no_picture")
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return c.Blob(http.StatusOK, "image/jpeg", data)
}

// previewPolicy lets other hosts frame a page.
var previewPolicy = strings.Replace(page.Policy, "frame-ancestors 'none'", "frame-ancestors *", 1)
