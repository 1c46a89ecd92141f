package owner

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// activateTime bounds what an activation may wait for its block.
const activateTime = 60 * time.Second

// activationRequest claims a unit. Owner is the first owner's public key (see
// trace.OwnedUnit); where there is none, a key is made here, the same one for
// the same Idempotency-Key.
type activationRequest struct {
	URI   string `json:"uri"`
	PIN   string `json:"pin"`
	Owner string `json:"owner,omitempty"`
}

// activationAnswer has status "activated", or "unknown" where nobody can say
// yet whether the claim was written: then the same request may be sent again.
type activationAnswer struct {
	Status string `json:"status"`
	TxID   string `json:"txId,omitempty"`
	Block  uint64 `json:"block,omitempty"`
	// ReviewToken lets the first owner review the unit.
	ReviewToken string `json:"reviewToken,omitempty"`
	// OwnerLink is the path of the owner's secret link, where the key was made here. It is kept nowhere.
	OwnerLink string `json:"ownerLink,omitempty"`
}

// Activate claims a unit for its first owner, who has its PIN: a program, or a
// page's form.
func (h *Handler) Activate(c echo.Context) error {
	if page.IsForm(c) {
		return h.activationForm(c)
	}
	var request activationRequest
	if err := page.ReadJSON(c, &request); err != nil {
		return err
	}
	secret, err := h.ownerKeyFor(c, &request)
	if err != nil {
		return err
	}
	answer, asked, err := h.claimUnit(c, request)
	if err != nil {
		return err
	}
	if secret != "" {
		answer.OwnerLink = h.ownerLink(secret, asked)
	}
	return c.JSON(statusOfAnswer(answer), answer)
}

// ownerKeyFor puts a key into a claim that has none and gives its secret.
func (h *Handler) ownerKeyFor(c echo.Context, r *activationRequest) (secret string, err error) {
	name := c.Request().Header.Get("Idempotency-Key")
	switch {
	case r.Owner != "":
	case name == "":
		r.Owner, secret = newOwnerKey()
	default:
		r.Owner, secret, err = h.ownerKeyNamed(h.Codes.ReadURI(r.URI).Unit, name)
	}
	return secret, err
}

func statusOfAnswer(a activationAnswer) int {
	if a.Status == statusUnknown {
		return http.StatusAccepted
	}
	return http.StatusOK
}

// What became of a claim, or of an act of an owner.
const (
	statusActivated = "activated"
	statusWritten   = "written"
	statusUnknown   = "unknown"
)

// claimUnit writes a claim to the ledger. A claim with the key that the ledger
// has already is answered as written, so that it can be sent again.
func (h *Handler) claimUnit(c echo.Context, r activationRequest) (activationAnswer, codes.Code, error) {
	asked := h.Codes.ReadURI(r.URI)
	if asked.State != verdict.CodeIssued {
		return activationAnswer{}, asked, asked.NotIssued()
	}
	if err := trace.CheckOwnerKey("owner", r.Owner); err != nil {
		return activationAnswer{}, asked, err
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), activateTime)
	defer cancel()
	opened, err := h.checkPIN(ctx, c, asked, r.PIN)
	if err != nil {
		return activationAnswer{}, asked, err
	}
	claim, err := h.claim(ctx, asked, opened)
	var done Activation
	if err == nil {
		claim.Owner = r.Owner
		done, err = h.Activator.Activate(ctx, claim)
	}
	if trace.CodeOf(err) == trace.UnitActivated && h.ownedBy(ctx, asked.Unit, r.Owner) {
		done, err = Activation{Known: true}, nil
	}
	answer, err := h.outcome(ctx, asked.Unit, statusActivated, done, err)
	if answer.Status == statusActivated {
		answer.ReviewToken = h.Visitors.NewReviewToken(asked.Unit)
	}
	return answer, asked, err
}

// outcome says what became of a write, once the read model shows it.
func (h *Handler) outcome(
	ctx context.Context, u verdict.Unit, done string, a Activation, err error,
) (activationAnswer, error) {
	switch {
	case trace.CodeOf(err) != "":
		return activationAnswer{}, err
	case err != nil:
		h.Log.Error("not written to the ledger", "error", err)
		return activationAnswer{}, page.Refuse(problem.Unavailable, "", "not_written")
	case !a.Known:
		return activationAnswer{Status: statusUnknown, TxID: a.TxID}, nil
	}
	h.await(ctx, u, func(r *verdict.Records) bool { return r.Ledger != nil && uint64(r.Ledger.Height) > a.Block })
	return activationAnswer{Status: done, TxID: a.TxID, Block: a.Block}, nil
}

// ownedBy reports whether the key is the present owner's. The ledger may have
// come further than the read model, for which it waits a little.
func (h *Handler) ownedBy(ctx context.Context, u verdict.Unit, key string) bool {
	r := h.await(ctx, u, func(r *verdict.Records) bool { return !r.ActivatedAt.IsZero() })
	return r != nil && r.Owned != nil && r.Owned.Owner == key && key != ""
}

// The read model follows the ledger within a second; nobody waits much longer.
const (
	awaitTime  = 2 * time.Second
	awaitPause = 50 * time.Millisecond
)

// await reads a unit's records until they show something, or for a while.
func (h *Handler) await(ctx context.Context, u verdict.Unit, shown func(*verdict.Records) bool) *verdict.Records {
	ctx, cancel := context.WithTimeout(ctx, awaitTime)
	defer cancel()
	for {
		r, err := h.Records.Records(ctx, u)
		if err == nil && shown(r) || !wait.For(ctx, awaitPause) {
			return r
		}
	}
}

// claim gathers what the ledger wants to see: the opened PIN commitment and the
// proof that the unit is in its batch.
func (h *Handler) claim(ctx context.Context, asked codes.Code, opened openedPIN) (trace.ActivateUnitRequest, error) {
	none := trace.ActivateUnitRequest{}
	records, err := h.Records.Records(ctx, asked.Unit)
	switch {
	case err != nil:
		h.Log.Error("no records for an activation", "error", err)
		return none, page.Refuse(problem.Unavailable, "", "record_not_now")
	case records.Batch == nil:
		return none, page.Refuse(trace.BatchUnknown, "uri", "lot_not_there")
	case !records.ActivatedAt.IsZero():
		return none, page.Refuse(trace.UnitActivated, "uri", "claimed_on", "day", trace.DayOf(records.ActivatedAt))
	}
	proof, membership := h.Codes.Membership(ctx, asked, *records.Batch)
	switch membership {
	case verdict.MembershipRefuted:
		return none, page.Refuse(trace.UnitProof, "uri", "not_in_tree")
	case verdict.MembershipUnknown:
		return none, page.Refuse(problem.Unavailable, "", "unit_proof_not_now")
	}
	claim := trace.ActivateUnitRequest{GTIN: asked.Unit.GTIN, Lot: asked.Unit.Lot, Index: asked.Unit.Index,
		Serial: asked.Serial, PIN: opened.pin, Salt: opened.salt}
	for _, hash := range proof.Path {
		claim.Path = append(claim.Path, hex.EncodeToString(hash))
	}
	return claim, nil
}
