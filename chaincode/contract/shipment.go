package contract

import (
	"slices"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func shipmentKey(id string) key { return key{"shipment", id} }

func inTransit(shipment string) trace.Place {
	return trace.Place{Holder: shipment, State: trace.InTransit}
}

// shipment gives a shipment, or SHIPMENT_UNKNOWN.
func (s *state) shipment(id string) (trace.Shipment, error) {
	var x trace.Shipment
	found, err := s.get(shipmentKey(id), &x)
	if err == nil && !found {
		err = trace.Refuse(trace.ShipmentUnknown, "id", "no_shipment", "shipment", trace.Quoted(40, id))
	}
	return x, err
}

// Dispatch takes a trace.DispatchRequest.
func (c *Contract) Dispatch(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.Dispatch, request, dispatch)
}

func dispatch(t *transaction, r trace.DispatchRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	if found, err := t.get(shipmentKey(r.ID), &trace.Shipment{}); err != nil || found {
		return trace.Event{}, exists(err, trace.ShipmentExists, "id", r.ID)
	}
	outer, err := t.allInHand("containers", r.Containers)
	if err != nil {
		return trace.Event{}, err
	}
	all, err := t.nested(outer)
	if err != nil {
		return trace.Event{}, err
	}
	lines := slices.Concat(r.Lines, inside(all))
	if err := allow(
		checkInside(lines), t.canReceive(r.To), t.mayGo(lines, r),
		t.moveAll(r.Lines, held(t.by.ID), inTransit(r.ID)), t.carry(all, held(t.by.ID), inTransit(r.ID)),
		t.leave(lines),
	); err != nil {
		return trace.Event{}, err
	}
	s := trace.Shipment{
		ID:           r.ID,
		From:         t.by.ID,
		To:           r.To,
		Lines:        lines,
		Containers:   r.Containers,
		Purpose:      r.Purpose,
		Reference:    r.Reference,
		DispatchedAt: t.at,
	}
	return trace.Event{Type: trace.EventDispatched, Shipment: &s, Lines: lines}, t.put(shipmentKey(s.ID), s)
}

// canReceive says whether goods may be sent to a party: another one, that
// handles goods and will be allowed to sign for them.
func (t *transaction) canReceive(to string) error {
	if to == t.by.ID {
		return trace.Refuse(trace.ReceiverInvalid, "to", "sends_to_oneself")
	}
	p, err := t.party("to", to)
	if err != nil {
		return err
	}
	if why := trace.Transactions[trace.Receive].Permits(p, t.today); why != nil {
		return trace.Refuse(trace.ReceiverInvalid, "to", "cannot_receive", "party", to, "why", trace.CodeOf(why))
	}
	return nil
}

// mayGo is mayLeave with the ways that are open to units that may not be sold:
// back to the producer of the batch, and for expired ones where the platform lets them go.
func (t *transaction) mayGo(lines []trace.Line, r trace.DispatchRequest) error {
	for _, l := range lines {
		b, err := t.batchOf(l)
		if err != nil {
			return err
		}
		if err := approved(b); err != nil {
			return err
		}
		if b.Producer == r.To {
			continue
		}
		if err := allow(t.fit(b), t.notRecalled(l), t.freshFor(b, r.Purpose)); err != nil {
			return err
		}
	}
	return nil
}

// GetShipment answers a trace.Shipment.
func (c *Contract) GetShipment(ctx contractapi.TransactionContextInterface, id string) (string, error) {
	return answer(ctx, func(s *state) (trace.Shipment, error) { return s.shipment(id) })
}
