package web

import (
	"context"
	"crypto/subtle"
	"encoding/hex"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/seal"
	"github.com/touchstone-trace/touchstone/verifier/verdict"
)

// activateTime bounds what an activation may wait for its block.
const activateTime = 60 * time.Second

type activationRequest struct {
	URI string `json:"uri"`
	PIN string `json:"pin"`
}

// activationAnswer has status "activated", or "unknown" where nobody can say
// yet whether the claim was written.
type activationAnswer struct {
	Status string `json:"status"`
	TxID   string `json:"txId"`
	Block  uint64 `json:"block,omitempty"`
	// ReviewToken lets the first owner review the unit.
	ReviewToken string `json:"reviewToken,omitempty"`
}

// activate claims a unit for its first owner, who has its PIN.
func (h *handler) activate(c echo.Context) error {
	var request activationRequest
	if err := readJSON(c, &request); err != nil {
		return err
	}
	asked := h.readURI(request.URI)
	if asked.state != verdict.CodeIssued {
		return problem(codeNotIssued, "uri", "no unit has this code")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), activateTime)
	defer cancel()
	secrets, err := h.checkPIN(ctx, c, asked, request.PIN)
	if err != nil {
		return err
	}
	claim, err := h.claim(ctx, asked, secrets)
	if err != nil {
		return err
	}
	done, err := h.Activator.Activate(ctx, claim)
	if trace.CodeOf(err) != "" {
		return err
	}
	if err != nil {
		h.Log.Error("activation not written", "error", err)
		return problem(codeUnavailable, "", "nothing was written; try again")
	}
	if !done.Known {
		return c.JSON(http.StatusAccepted, activationAnswer{Status: "unknown", TxID: done.TxID})
	}
	return c.JSON(http.StatusOK, activationAnswer{Status: "activated", TxID: done.TxID, Block: done.Block, ReviewToken: h.newReviewToken(asked.unit)})
}

// checkPIN takes one of the unit's tries and compares the PIN in constant time.
func (h *handler) checkPIN(ctx context.Context, c echo.Context, asked code, pin string) (seal.Unit, error) {
	if h.Activator == nil {
		return seal.Unit{}, problem(codeUnavailable, "", "this verifier is not connected to the ledger")
	}
	unit, err := h.secretsOf(asked)
	if err != nil {
		return seal.Unit{}, err
	}
	locked, err := h.Tries.TryPIN(ctx, asked.unit)
	if err != nil {
		h.Log.Error("PIN not checked", "error", err)
		return seal.Unit{}, problem(codeUnavailable, "", "the PIN could not be checked; try again")
	}
	if locked > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(locked.Seconds()))))
		return seal.Unit{}, problem(codePINLocked, "pin", "five wrong tries; the unit is locked for a day")
	}
	right := subtle.ConstantTimeCompare([]byte(seal.Normalise(pin)), []byte(unit.PIN)) == 1
	if err := h.Tries.PINEntered(ctx, h.pinEntry(c, asked.unit, right)); err != nil {
		h.Log.Error("PIN entry not kept", "error", err)
		return seal.Unit{}, problem(codeUnavailable, "", "the PIN could not be checked; try again")
	}
	if !right {
		return seal.Unit{}, problem(codePINWrong, "pin", "compare it with the label; five wrong tries lock the unit for a day")
	}
	if err := h.Tries.PINRight(ctx, asked.unit); err != nil {
		h.Log.Warn("PIN tries not given back", "error", err)
	}
	return unit, nil
}

func (h *handler) pinEntry(c echo.Context, u verdict.Unit, right bool) verdict.PINEntry {
	r, now := c.Request(), h.Now()
	return verdict.PINEntry{Unit: u, At: now, Place: h.place(r), Point: h.point(r), Accepted: right,
		Device: h.device(c.RealIP(), r.UserAgent(), r.Header.Get("Accept-Language"), now)}
}

// claim gathers what the ledger wants to see: the opened PIN commitment and the
// proof that the unit is in its batch.
func (h *handler) claim(ctx context.Context, asked code, u seal.Unit) (trace.ActivateUnitRequest, error) {
	none := trace.ActivateUnitRequest{}
	records, err := h.Records.Records(ctx, asked.unit)
	switch {
	case err != nil:
		h.Log.Error("no records for an activation", "error", err)
		return none, problem(codeUnavailable, "", "the unit's record cannot be read; try again")
	case records.Batch == nil:
		return none, problem(trace.BatchUnknown, "uri", "the unit's lot is not on the ledger")
	case !records.ActivatedAt.IsZero():
		return none, problem(trace.UnitActivated, "uri", "claimed on "+string(trace.DayOf(records.ActivatedAt)))
	}
	path, membership := h.membership(ctx, asked, *records.Batch)
	switch membership {
	case verdict.MembershipRefuted:
		return none, problem(trace.UnitProof, "uri", "the unit is not in the tree that the ledger has for its lot")
	case verdict.MembershipUnknown:
		return none, problem(codeUnavailable, "", "the unit's proof cannot be made right now; try again")
	}
	claim := trace.ActivateUnitRequest{GTIN: asked.unit.GTIN, Lot: asked.unit.Lot, Index: asked.unit.Index,
		Serial: asked.serial, PIN: u.PIN, Salt: hex.EncodeToString(u.Salt[:])}
	for _, hash := range path {
		claim.Path = append(claim.Path, hex.EncodeToString(hash))
	}
	return claim, nil
}
