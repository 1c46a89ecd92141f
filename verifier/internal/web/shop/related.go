package shop

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
)

// Bounds of the goods that are like what a shopper scanned.
const (
	maxScanned   = 10
	maxRelated   = 4
	maxCandidate = 12
)

// relatedItem is a product that is on record, not recalled, and sold by
// somebody in good standing.
type relatedItem struct {
	GTIN    string               `json:"gtin"`
	Name    trace.Text           `json:"name"`
	Brand   string               `json:"brand"`
	Picture content.ShownPicture `json:"picture"`
	Offer   content.Offer        `json:"offer"`
	Host    string               `json:"host"`
}

// Related answers with goods like those whose barcodes it is given. The list of
// what a shopper scanned is in his browser and nowhere else: the request has no
// cookie, and neither it nor its answer is kept.
func (h *Handler) Related(c echo.Context) error {
	var gtins []string
	asked := c.QueryParams()["gtin"]
	for _, text := range asked[:min(len(asked), maxScanned)] {
		gtin, err := trace.ParseGTIN(text)
		if err != nil {
			return trace.Refuse(trace.FieldInvalid, "gtin", "gtin_digits")
		}
		gtins = append(gtins, gtin)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.AnswerTime)
	defer cancel()
	items, err := h.goodsLike(ctx, gtins)
	if err != nil {
		h.Log.Warn("related goods not read", "error", err)
		return page.Refuse(problem.Unavailable, "", "related_not_now")
	}
	return c.JSON(http.StatusOK, struct {
		Items []relatedItem `json:"items"`
	}{items})
}

func (h *Handler) goodsLike(ctx context.Context, gtins []string) ([]relatedItem, error) {
	items := []relatedItem{}
	if len(gtins) == 0 {
		return items, nil
	}
	candidates, err := h.Shelves.Related(ctx, gtins, maxCandidate)
	for _, gtin := range candidates {
		shelf, err := h.Shelves.Shelf(ctx, gtin)
		if err != nil {
			return nil, err
		}
		if shelf == nil || len(items) == maxRelated {
			continue
		}
		shown := shelf.On(trace.DayOf(h.Visitors.Now()))
		if len(shown.Pictures) > 0 && len(shown.Offers) > 0 {
			items = append(
				items,
				relatedItem{gtin, shown.Name, shown.Brand, shown.Pictures[0], shown.Offers[0], shown.Offers[0].Host()},
			)
		}
	}
	return items, err
}
