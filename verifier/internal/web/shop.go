package web

import (
	"context"
	"encoding/hex"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/chaincode/wording"
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

// shopOf gives what is shown beside a unit that matches its record, also where
// something asks for care, and then folded: nobody is sold to on a warning.
// Without it the answer is complete as well.
func (h *handler) shopOf(ctx context.Context, a verdict.Answer, u verdict.Unit) *content.Shown {
	if a.Verdict != verdict.Genuine && a.Verdict != verdict.Caution || a.Item == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
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
	shown := shelf.On(trace.DayOf(h.Now()))
	return &shown
}

// preview shows a merchant a presentation as shoppers would see it. The console,
// whose address we do not know, has it in a frame beside the form: the page holds
// nothing to press but links, and only who was given its address can frame it.
func (h *handler) preview(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), answerTime)
	defer cancel()
	shelf, err := h.Shelves.Preview(ctx, c.Param("name"))
	if err != nil {
		h.Log.Error("preview not read", "error", err)
		return problem.New(problem.Unavailable, "", "the preview cannot be read right now; try again")
	}
	if shelf == nil {
		return problem.New(problem.NotFound, "", "there is no such preview, or no longer")
	}
	shown := shelf.On(trace.DayOf(h.Now()))
	header := c.Response().Header()
	header.Del("X-Frame-Options")
	header.Set("Content-Security-Policy", previewPolicy)
	p := shopPage{newFrame(c.Request(), nil), verdict.Genuine, &shown}
	return render(c, http.StatusOK, "preview.html", p)
}

// shopPage is what the templates of the shop need.
type shopPage struct {
	frame
	Verdict verdict.Verdict
	Shop    *content.Shown
}

// CreatorForm is empty: nobody has scanned a preview.
func (shopPage) CreatorForm() string { return "" }

// picture serves a picture under its hash, which never changes, to our own pages
// and to the console, which may have another host.
func (h *handler) picture(c echo.Context) error {
	name, isPicture := strings.CutSuffix(c.Param("name"), ".jpg")
	name, small := strings.CutSuffix(name, "-s")
	id, err := hex.DecodeString(name)
	if !isPicture || err != nil || !content.IsPictureID(name) {
		return problem.New(problem.NotFound, "", "there is no such picture")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), answerTime)
	defer cancel()
	data, err := h.Pictures.Picture(ctx, [32]byte(id), small)
	if err != nil {
		h.Log.Error("picture not read", "error", err)
		return problem.New(problem.Unavailable, "", "the picture cannot be read right now; try again")
	}
	if data == nil {
		return problem.New(problem.NotFound, "", "there is no such picture")
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return c.Blob(http.StatusOK, "image/jpeg", data)
}

// Paragraphs divides a story at its empty lines.
func (f frame) Paragraphs(t trace.Text) (all []string) {
	for _, p := range strings.Split(t.In(f.Lang), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// Mark draws what kind of goods it is, where there is no picture of it.
func (f frame) Mark(category string) template.HTML {
	if mark, ok := marks[category]; ok {
		return mark
	}
	return marks[""]
}

// marks are drawn in a square of 48 by category; the last one for any other.
var marks = map[string]template.HTML{
	"美妆": `<path d="M20 6h8v7h-8zM22 13v4M26 13v4M17 17h14v22a3 3 0 0 1-3 3h-8a3 3 0 0 1-3-3zM17 27h14"/>`,
	"食品": `<path d="M12 16h20v14a9 9 0 0 1-9 9h-2a9 9 0 0 1-9-9zM32 19h3a5 5 0 0 1 0 10h-3M18 6c-2 3 2 4 0 7M25 6c-2 3 2 4 0 7"/>`,
	"母婴": `<path d="M20 5h8v5h-8zM17 10h14v6H17zM16 16h16l-1 24a3 3 0 0 1-3 3h-8a3 3 0 0 1-3-3zM22 25h4M22 32h4"/>`,
	"家居": `<path d="M14 20h20v20a2 2 0 0 1-2 2H16a2 2 0 0 1-2-2zM24 20v-5M24 5c4 4 3 7 0 9-3-2-4-5 0-9zM14 30h20"/>`,
	"服饰": `<path d="M17 7c2 4 12 4 14 0l10 6-4 8-5-2v22H16V19l-5 2-4-8z"/>`,
	"":   `<path d="M8 15 24 7l16 8v18l-16 8-16-8zM8 15l16 8 16-8M24 23v18M16 11l16 8"/>`,
}

// Disclosed says what was given for an endorsement, by whom. The word 广告 stands
// beside it, as China's Internet Advertising Measures (article 9) ask.
func (f frame) Disclosed(e content.ShownEndorsement) string {
	if !e.Sponsored {
		return f.T("unpaid")
	}
	return f.say("sponsoredBy", wording.Args{"sponsor": e.Sponsor})
}

// ScannedBy says which item the creator had in hand, and when.
func (f frame) ScannedBy(e content.ShownEndorsement) string {
	if e.ThisItem {
		return f.say("scannedThis", wording.Args{"day": f.Time(e.ScannedAt)})
	}
	return f.say("scannedOne", wording.Args{"day": f.Time(e.ScannedAt), "lot": e.Lot})
}

// Moment writes a day and a time of day, as clocks in China show it.
func (f frame) Moment(t time.Time) string {
	return f.say("moment", wording.Args{"day": f.Time(t), "clock": t.In(trace.Zone).Format("15:04")})
}
