package unit

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/complaints"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/owner"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/proofs"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/shop"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// page answers with the shopper's page. Showing it is noted, and is no scan.
func (h *Handler) page(c echo.Context, status int, asked codes.Code, from codes.Asker, a verdict.Answer) error {
	p := unitPage{
		Answer:      a,
		Script:      Script.Path,
		ProofScript: proofs.Script.Path,
		proof:       h.Proof,
		from:        from,
		ClaimScript: owner.ClaimScript.Path,
		Reviews:     h.Shop.ReviewsOf(c.Request().Context(), a),
		Shop:        h.Shop.Shown(c.Request().Context(), a, asked.Unit),
		CheckedAt:   h.Visitors.Now(),
	}
	keep := url.Values{}
	if asked.Serial != "" {
		p.Nonce, p.URL = h.Visitors.NewNonce(asked.Unit), h.Codes.URI(asked)
		p.Complain = "/complaints/new?" + url.Values{"uri": {p.URL}, "lang": {page.LanguageOf(c.Request())}}.Encode()
		if codes.PartyForm.MatchString(from.Seller) {
			keep.Set("seller", from.Seller)
		}
		if market := c.QueryParam("market"); gs1.IsCountry(market) {
			keep.Set("market", market)
		}
		if r := c.Request(); r.Method == http.MethodGet && !visitor.IsProgram(r) && !visitor.IsAhead(r) {
			h.Scans.Seen(asked.Unit, h.Visitors.Now())
		}
	}
	p.Frame = room.Frame(c.Request(), keep)
	p.Words, p.Told, p.Goods = owner.WordsIn(p.Lang), complaints.ToldIn(p.Lang), shop.GoodsIn(p.Frame)
	p.AsOwner = h.asOwner(c.Request().Context(), p, asked)
	return room.Render(c, status, "unit.html", p)
}

// asOwner gives the page that a unit's owner reads. It is no secret, so that it
// goes to everybody, and the owner's own device puts it in the other's place.
func (h *Handler) asOwner(ctx context.Context, p unitPage, asked codes.Code) *unitPage {
	if p.ForOwner == nil {
		return nil
	}
	p.Answer = *p.ForOwner
	p.Reviews, p.Shop = h.Shop.ReviewsOf(ctx, p.Answer), h.Shop.Shown(ctx, p.Answer, asked.Unit)
	return &p
}
