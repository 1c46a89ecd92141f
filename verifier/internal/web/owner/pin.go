package owner

import (
	"context"
	"errors"
	"math"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/program/acts"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// pinRefusal is a wrong PIN, with what the reader can still do.
type pinRefusal struct {
	error                // a *trace.Error
	left   int           // tries
	locked time.Duration // until there are tries again, 0 where some are left
}

// Unwrap gives the trace.Error.
func (r pinRefusal) Unwrap() error { return r.error }

// aDay is how long a device waits after its last try.
const aDay = 24 * time.Hour

func wrongPIN(left int) error {
	r := pinRefusal{
		page.Refuse(problem.PINWrong, "pin", "pin_wrong"),
		left,
		0,
	}
	if left == 0 {
		r.locked = aDay
	}
	return r
}

// openedPIN is a PIN that is its unit's, as printed, with the salt that opens the commitment to it.
type openedPIN struct{ pin, salt string }

// checkPIN takes one of the device's tries and has the PIN compared by a gateway, which alone can make it.
func (h *Handler) checkPIN(ctx context.Context, c echo.Context, asked codes.Code, typed string) (openedPIN, error) {
	if h.Activator == nil || h.PINs == nil {
		return openedPIN{}, page.Refuse(problem.Unavailable, "", "no_ledger")
	}
	entry, network := h.pinEntry(c, asked.Unit), h.Visitors.Of(c, h.Visitors.Now()).Network
	left, locked, err := h.Tries.TryPIN(ctx, asked.Unit, entry.Device, network)
	if err != nil {
		h.Log.Error("PIN not checked", "error", err)
		return openedPIN{}, page.Refuse(problem.Unavailable, "", "pin_not_now")
	}
	if locked > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(locked.Seconds()))))
		return openedPIN{}, pinRefusal{
			page.Refuse(problem.PINLocked, "pin", "pin_locked"),
			0,
			locked,
		}
	}
	pin := seal.Normalise(typed)
	opened, err := h.PINs.Open(ctx, acts.PIN{GTIN: asked.Unit.GTIN, Lot: asked.Unit.Lot, Epoch: asked.Epoch,
		Index: asked.Unit.Index, PIN: pin})
	if err != nil {
		h.Log.Error("PIN not checked", "error", err)
		if err := h.Tries.PINUntried(ctx, asked.Unit, entry.Device, network); err != nil {
			h.Log.Warn("PIN try not given back", "error", err)
		}
		return openedPIN{}, page.Refuse(problem.Unavailable, "", "pin_not_now")
	}
	entry.Accepted = opened.Right
	if err := h.Tries.PINEntered(ctx, entry); err != nil {
		h.Log.Error("PIN entry not kept", "error", err)
		return openedPIN{}, page.Refuse(problem.Unavailable, "", "pin_not_now")
	}
	if !opened.Right {
		return openedPIN{}, wrongPIN(left)
	}
	if err := h.Tries.PINRight(ctx, asked.Unit); err != nil {
		h.Log.Warn("PIN tries not given back", "error", err)
	}
	return openedPIN{pin, opened.Salt}, nil
}

func (h *Handler) pinEntry(c echo.Context, u verdict.Unit) verdict.PINEntry {
	r, now := c.Request(), h.Visitors.Now()
	return verdict.PINEntry{Unit: u, At: now, Place: h.Visitors.Place(r), Point: h.Visitors.Point(r),
		Device: h.Visitors.Of(c, now).Device}
}

// TriesLeft gives how often a unit's PIN can still be tried, where an error is that it was wrong.
func TriesLeft(err error) *int {
	if r, ok := errors.AsType[pinRefusal](err); ok {
		return &r.left
	}
	return nil
}
