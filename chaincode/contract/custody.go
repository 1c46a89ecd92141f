package contract

import (
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func held(party string) trace.Place { return trace.Place{Holder: party, State: trace.Held} }

func removed(holder string, why trace.Reason) trace.Place {
	return trace.Place{Holder: holder, State: trace.Removed, Reason: why}
}

// arrived is where units of a condition go with the party that has them in hand.
func arrived(party string, c trace.Condition) trace.Place {
	if c == trace.Damaged {
		return removed(party, trace.ReasonDamaged)
	}
	return held(party)
}

// mayLeave says whether the units of a line may go out into the market: their
// batch is approved, its quality is in order, it has not expired, and none of them is recalled.
func (t *transaction) mayLeave(l trace.Line) error {
	b, err := t.batchOf(l)
	if err != nil {
		return err
	}
	return allow(approved(b), t.fit(b), t.fresh(b), t.notRecalled(l))
}

func (t *transaction) allMayLeave(lines []trace.Line) error {
	for _, l := range lines {
		if err := t.mayLeave(l); err != nil {
			return err
		}
	}
	return nil
}

// Sell takes a trace.SellRequest.
func (c *Contract) Sell(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.Sell, request, sell)
}

func sell(t *transaction, r trace.SellRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	if err := t.allMayLeave(r.Lines); err != nil {
		return trace.Event{}, err
	}
	sold := trace.Place{Holder: t.by.ID, State: trace.Sold}
	if err := t.leave(r.Lines); err != nil {
		return trace.Event{}, err
	}
	return t.booked(trace.Event{Type: trace.EventSold, Lines: r.Lines, Note: r.Reference}, held(t.by.ID), sold)
}

// Return takes a trace.ReturnRequest.
func (c *Contract) Return(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.Return, request, takeBack)
}

func takeBack(t *transaction, r trace.ReturnRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	sold := trace.Place{Holder: t.by.ID, State: trace.Sold}
	return t.booked(
		trace.Event{Type: trace.EventReturned, Lines: r.Lines, Note: r.Reference},
		sold,
		arrived(t.by.ID, r.Condition),
	)
}

// Decommission takes a trace.DecommissionRequest.
func (c *Contract) Decommission(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.Decommission, request, decommission)
}

// decommission removes units for good. Whatever became of goods can be said at
// any time, but exporting them puts them on a market, so it is held to the
// rules of a sale.
func decommission(t *transaction, r trace.DecommissionRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	if r.Reason == trace.ReasonExported {
		if err := allow(t.allMayLeave(r.Lines), t.leave(r.Lines)); err != nil {
			return trace.Event{}, err
		}
	}
	return t.booked(
		trace.Event{Type: trace.EventDecommissioned, Lines: r.Lines, Note: r.Note},
		held(t.by.ID),
		removed(t.by.ID, r.Reason),
	)
}
