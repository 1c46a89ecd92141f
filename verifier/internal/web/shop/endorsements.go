package shop

import (
	"context"
	"crypto/sha256"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Creators finds creators by their keys and keeps what they say.
type Creators interface {
	// CreatorByKey answers "" where no creator has the key.
	CreatorByKey(ctx context.Context, keyHash [32]byte) (handle string, err error)
	SaveEndorsement(ctx context.Context, e content.Endorsement) error
}

type endorsementRequest struct {
	URI   string `json:"uri"`
	Token string `json:"token"`
	content.NewEndorsement
}

// Endorse takes what a creator says about a product whose code he has scanned.
// Who he is his key says; that he had the item, the token of the scan.
func (h *Handler) Endorse(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), visitor.ConfirmTime)
	defer cancel()
	key, _ := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
	creator, err := h.Creators.CreatorByKey(ctx, sha256.Sum256([]byte(key)))
	if err != nil {
		h.Log.Error("creator not read", "error", err)
		return page.Refuse(problem.Unavailable, "", "not_kept")
	}
	if creator == "" {
		c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
		return page.Refuse(problem.CreatorKeyUnknown, "", "creator_key")
	}
	var request endorsementRequest
	if err := page.ReadJSON(c, &request); err != nil {
		return err
	}
	e, err := h.endorsement(creator, request)
	if err != nil {
		return err
	}
	if err := h.Creators.SaveEndorsement(ctx, e); err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, struct {
		ID        string    `json:"id"`
		ScannedAt time.Time `json:"scannedAt"`
	}{e.ID, e.ScannedAt})
}

func (h *Handler) endorsement(creator string, request endorsementRequest) (content.Endorsement, error) {
	asked := h.Codes.ReadURI(request.URI)
	scanned, ok := h.Visitors.OpenReviewToken(request.Token, asked.Unit)
	if !ok || asked.State != verdict.CodeIssued {
		return content.Endorsement{}, page.Refuse(problem.ReviewToken, "token", "endorsement_token")
	}
	return request.Of(creator, asked.Unit, scanned, sha256.Sum256([]byte(request.Token)))
}

type endorsePage struct {
	page.Frame
	URI, Nonce string
}

// Script is the path of the page's script.
func (endorsePage) Script() string { return EndorseScript.Path }

// EndorseForm is where a creator says something about the item that he has just
// scanned. For a code that is not known it looks the same and leads to nothing.
func (h *Handler) EndorseForm(c echo.Context) error {
	c.Response().Header().Set("Vary", "Accept-Language")
	asked := h.Codes.ReadURI(c.QueryParam("uri"))
	p, keep := endorsePage{}, url.Values{}
	if a := h.Judge.Of(c.Request().Context(), asked, codes.Asker{}); a.Item != nil {
		p.URI, p.Nonce = h.Codes.URI(asked), h.Visitors.NewNonce(asked.Unit)
		keep.Set("uri", p.URI)
	}
	p.Frame = room.Frame(c.Request(), keep)
	return room.Render(c, http.StatusOK, "endorse.html", p)
}
