package owner

import (
	"context"
	"crypto/subtle"
	"errors"
	"math"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/verifier/internal/web/codes"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
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

// checkPIN takes one of the device's tries and compares the PIN in constant time.
func (h *Handler) checkPIN(ctx context.Context, c echo.Context, asked codes.Code, pin string) (seal.Unit, error) {
	if h.Activator == nil {
		return seal.Unit{}, page.Refuse(problem.Unavailable, "", "no_ledger")
	}
	unit, err := h.Codes.Secrets(asked)
	if err != nil {
		return seal.Unit{}, err
	}
	entry := h.pinEntry(c, asked.Unit)
	left, locked, err := h.Tries.TryPIN(ctx, asked.Unit, entry.Device, h.Visitors.Of(c, h.Visitors.Now()).Network)
	if err != nil {
		h.Log.Error("PIN not checked", "error", err)
		return seal.Unit{}, page.Refuse(problem.Unavailable, "", "pin_not_now")
	}
	if locked > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(locked.Seconds()))))
		return seal.Unit{}, pinRefusal{
			page.Refuse(problem.PINLocked, "pin", "pin_locked"),
			0,
			locked,
		}
	}
	right := subtle.ConstantTimeCompare([]byte(seal.Normalise(pin)), []byte(unit.PIN)) == 1
	entry.Accepted = right
	if err := h.Tries.PINEntered(ctx, entry); err != nil {
		h.Log.Error("PIN entry not kept", "error", err)
		return seal.Unit{}, page.Refuse(problem.Unavailable, "", "pin_not_now")
	}
	if !right {
		return seal.Unit{}, wrongPIN(left)
	}
	if err := h.Tries.PINRight(ctx, asked.Unit); err != nil {
		h.Log.Warn("PIN tries not given back", "error", err)
	}
	return unit, nil
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
