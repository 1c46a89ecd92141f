package contract

import (
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// standing is how the platform has left a party; the zero value is in order.
type standing struct{ lapsed, suspended bool }

// supervise changes how a trader stands, so that every other action meets
// parties that may do less. Nothing moves by it.
func (w *world) supervise() {
	id := rapid.SampledFrom([]string{"shop", "stall", "carrier"}).Draw(w.T, "party")
	s := w.standings[id]
	if rapid.Bool().Draw(w.T, "by status") {
		s.suspended = !s.suspended
		next := trace.StatusQualified
		if s.suspended {
			next = trace.StatusSuspended
		}
		w.submit(platform, trace.SetPartyStatus, status(id, next), true)
	} else {
		s.lapsed = !s.lapsed
		due := trace.Date("2026-10-01")
		if !s.lapsed {
			due = ""
		}
		w.submit(platform, trace.ScheduleChecks, scheduling(id, trace.RiskLow, due), true)
	}
	w.standings[id] = s
}

// permitted says whether a party's standing lets it submit a transaction, and,
// of a dispatch, its receiver's lets it receive.
func (w *world) permitted(who string, tx trace.Transaction, request any) bool {
	may := func(who string, tx trace.Transaction) bool {
		s, a := w.standings[who], trace.Transactions[tx]
		return (!s.suspended || a.AllowSuspended) && (!s.lapsed || s.suspended || a.AllowLapsed)
	}
	if r, ok := request.(trace.DispatchRequest); ok && !may(r.To, trace.Receive) {
		return false
	}
	return may(who, tx)
}
