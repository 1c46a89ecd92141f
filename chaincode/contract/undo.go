package contract

import (
	"strconv"
	"time"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func bookingKey(txID string) key { return key{"booking", txID} }

// booking gives what a transaction booked, or BOOKING_UNKNOWN.
func (s *state) booking(txID string) (trace.Booking, error) {
	var b trace.Booking
	found, err := s.get(bookingKey(txID), &b)
	if err == nil && !found {
		err = trace.Refuse(trace.BookingUnknown, "txId", "no_booking", "txId", trace.Quoted(64, txID))
	}
	return b, err
}

// booked moves the units of an event and keeps what was done, so that it can be undone.
func (t *transaction) booked(e trace.Event, source, target trace.Place) (trace.Event, error) {
	id := t.stub.GetTxID()
	b := trace.Booking{TxID: id, Type: e.Type, By: t.by.ID, At: t.at, Lines: e.Lines, Source: source, Target: target}
	return e, allow(t.moveAll(e.Lines, source, target), t.put(bookingKey(id), b))
}

// Undo takes a trace.UndoRequest.
func (c *Contract) Undo(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.Undo, request, undo)
}

// undo puts units back to where a booking took them from, as long as they are
// where it put them. What stands against the goods stands on: recalls, holds and
// dates are looked at wherever the goods are.
func undo(t *transaction, r trace.UndoRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	b, err := t.booking(r.TxID)
	if err != nil {
		return trace.Event{}, err
	}
	if err := t.mayUndo(b); err != nil {
		return trace.Event{}, err
	}
	lines, err := toUndo(b, r.Lines)
	if err != nil {
		return trace.Event{}, err
	}
	if b.Type == trace.EventSold {
		if err := t.unclaimed(lines); err != nil {
			return trace.Event{}, err
		}
	}
	b.Undone = append(b.Undone, lines...)
	return trace.Event{Type: trace.EventUndone, Undoes: &b, Lines: lines, Note: r.Reason},
		allow(t.moveAll(lines, b.Target, b.Source), t.put(bookingKey(b.TxID), b))
}

func (t *transaction) mayUndo(b trace.Booking) error {
	if t.by.HasRole(trace.RolePlatform) {
		return nil
	}
	if b.By != t.by.ID {
		return trace.Refuse(trace.NotAllowed, "txId", "booked_by", "party", b.By)
	}
	terms, err := t.custodyTerms()
	if err != nil {
		return err
	}
	if until := trace.Minutes(b.At, terms.UndoMinutes); t.at.After(until) {
		return trace.Refuse(trace.UndoLate, "txId", "undo_late", "until", until.Format(time.RFC3339))
	}
	return nil
}

// toUndo gives the units to put back: those named, which the booking must have
// moved and nobody has put back yet, or all that are left of it.
func toUndo(b trace.Booking, named []trace.Line) ([]trace.Line, error) {
	left := trace.Without(b.Lines, b.Undone)
	if len(left) == 0 {
		return nil, trace.Refuse(trace.BookingUndone, "txId", "undone_before")
	}
	if len(named) == 0 {
		return left, nil
	}
	if beyond := trace.Without(named, left); len(beyond) > 0 {
		return nil, trace.Refuse(
			trace.BookingUndone, "lines", "not_of_booking", "from", beyond[0].From+1, "to", beyond[0].To(),
			"lot", beyond[0].Lot,
		)
	}
	return named, nil
}

// mostUnsold bounds the units whose owners one undoing looks up.
const mostUnsold = 5000

// unclaimed refuses to unsell a unit that its buyer has claimed: it was sold.
func (t *transaction) unclaimed(lines []trace.Line) error {
	var keys []key
	var units []int64
	var total int64
	for _, l := range lines {
		if total += l.Count; total > mostUnsold {
			return trace.Refuse(trace.QuantityInvalid, "lines", "undo_too_many", "units", total, "most", mostUnsold)
		}
		for i := l.From; i < l.To(); i++ {
			keys, units = append(keys, unitKey(l.GTIN, l.Lot, strconv.FormatInt(i, 10))), append(units, i)
		}
	}
	if err := t.prefetch(keys); err != nil {
		return err
	}
	for i, k := range keys {
		if found, err := t.get(k, &trace.OwnedUnit{}); err != nil || found {
			return allow(
				err, trace.Refuse(trace.UnitActivated, "lines", "unit_has_owner", "unit", units[i]+1, "lot", k[2]),
			)
		}
	}
	return nil
}

// GetBooking answers a trace.Booking.
func (c *Contract) GetBooking(ctx contractapi.TransactionContextInterface, txID string) (string, error) {
	return answer(ctx, func(s *state) (trace.Booking, error) { return s.booking(txID) })
}
