package contract

import (
	"slices"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Receive takes a trace.ReceiveRequest.
func (c *Contract) Receive(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.Receive, request, receive)
}

func receive(t *transaction, r trace.ReceiveRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	s, err := t.shipment(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if s.To != t.by.ID {
		return trace.Event{}, trace.Errorf(trace.NotReceiver, "id", "%s goes to %s", s.ID, s.To)
	}
	book := t.firstReceipt
	switch {
	case !s.ReceivedAt.IsZero():
		book = t.laterReceipt
	case len(r.Lines) == 0:
		book = t.receiptAsListed
	}
	found, err := book(s, r.Lines)
	if err != nil {
		return trace.Event{}, err
	}
	s.ReceivedAt, s.Receipt = t.at, append(s.Receipt, found...)
	return trace.Event{Type: trace.EventReceived, Shipment: &s, Lines: linesOf(found)}, t.put(shipmentKey(s.ID), s)
}

// firstReceipt books what arrived, what arrived though the shipment does not
// list it, and what did not arrive. Missing units stay with the shipment, for
// neither party has them, and a later receipt of it can find them.
func (t *transaction) firstReceipt(s trace.Shipment, found []trace.ReceiptLine) ([]trace.ReceiptLine, error) {
	if err := t.openAll(s); err != nil {
		return nil, err
	}
	for _, l := range found {
		if err := t.bookArrival(s, l); err != nil {
			return nil, err
		}
	}
	missing, err := t.bookMissing(s)
	return append(named(found), missing...), err
}

// receiptAsListed books everything as arrived and good. Containers stay closed.
func (t *transaction) receiptAsListed(s trace.Shipment, _ []trace.ReceiptLine) ([]trace.ReceiptLine, error) {
	for _, l := range s.Lines {
		loose, _, err := t.find(l, inTransit(s.ID))
		if err != nil {
			return nil, err
		}
		if err := t.moveAll(loose, inTransit(s.ID), held(t.by.ID)); err != nil {
			return nil, err
		}
	}
	all, err := t.shipped(s)
	if err != nil {
		return nil, err
	}
	return asListed(s.Lines), t.carry(all, inTransit(s.ID), held(t.by.ID))
}

// shipped gives every container of a shipment, those inside others included.
func (t *transaction) shipped(s trace.Shipment) ([]trace.Container, error) {
	var outer []trace.Container
	for _, x := range s.Containers {
		c, err := t.container(x)
		if err != nil {
			return nil, err
		}
		outer = append(outer, c)
	}
	return t.nested(outer)
}

// openAll opens every container of a shipment whose units were counted.
func (t *transaction) openAll(s trace.Shipment) error {
	all, err := t.shipped(s)
	if err != nil {
		return err
	}
	for _, c := range all {
		c.Parent = ""
		if err := t.open(c, inTransit(s.ID)); err != nil {
			return err
		}
	}
	return nil
}

func asListed(lines []trace.Line) []trace.ReceiptLine {
	var all []trace.ReceiptLine
	for _, l := range lines {
		all = append(all, trace.ReceiptLine{Line: l, Condition: trace.Good})
	}
	return all
}

// named leaves out the lines that say "missing": bookMissing writes those.
func named(lines []trace.ReceiptLine) []trace.ReceiptLine {
	var rest []trace.ReceiptLine
	for _, l := range lines {
		if l.Condition != trace.Missing {
			rest = append(rest, l)
		}
	}
	return rest
}

// bookArrival moves the units of one line to the receiver: those the shipment
// lists out of it, the others out of the sender's hands. A line that says
// "missing" must be of the shipment and moves nothing here.
func (t *transaction) bookArrival(s trace.Shipment, l trace.ReceiptLine) error {
	b, err := t.batchOf(l.Line)
	if err != nil {
		return err
	}
	on, over, err := t.find(l.Line, inTransit(s.ID))
	if err != nil {
		return err
	}
	if l.Condition == trace.Missing {
		if len(over) > 0 {
			return notThere(l.Line, inTransit(s.ID))
		}
		return nil
	}
	if len(over) > 0 {
		if !lists(s, l.Line) {
			return trace.Errorf(trace.NotHolder, "lines", "%s lists nothing of lot %s; its holder must send it", s.ID, l.Lot)
		}
		if err := t.fit(b); err != nil {
			return err
		}
	}
	target := arrived(t.by.ID, l.Condition)
	return allow(t.moveAll(on, inTransit(s.ID), target), t.moveAll(over, held(s.From), target))
}

// lists reports whether a shipment lists units of the line's lot. Units beyond
// those listed can only be of such a lot: a shipment gives its receiver no hold
// on the rest of the sender's goods.
func lists(s trace.Shipment, l trace.Line) bool {
	return slices.ContainsFunc(s.Lines, func(x trace.Line) bool { return x.GTIN == l.GTIN && x.Lot == l.Lot })
}

func (t *transaction) find(l trace.Line, in trace.Place) (found, rest []trace.Line, err error) {
	r, err := t.runs(l, in)
	if err != nil {
		return nil, nil, err
	}
	found, rest = r.Find(l, in.State, in.Reason)
	return found, rest, nil
}

// bookMissing removes what is still on the way once the receipt is signed.
func (t *transaction) bookMissing(s trace.Shipment) ([]trace.ReceiptLine, error) {
	var missing []trace.ReceiptLine
	for _, l := range s.Lines {
		left, _, err := t.find(l, inTransit(s.ID))
		if err != nil {
			return nil, err
		}
		if err := t.moveAll(left, inTransit(s.ID), removed(s.ID, trace.ReasonMissing)); err != nil {
			return nil, err
		}
		for _, x := range left {
			missing = append(missing, trace.ReceiptLine{Line: x, Condition: trace.Missing})
		}
	}
	return missing, nil
}

// laterReceipt books missing units that were found. Anything else of a
// shipment that has been signed for stays as it is.
func (t *transaction) laterReceipt(s trace.Shipment, found []trace.ReceiptLine) ([]trace.ReceiptLine, error) {
	if len(found) == 0 {
		return nil, received(s)
	}
	lost := removed(s.ID, trace.ReasonMissing)
	for _, l := range found {
		_, rest, err := t.find(l.Line, lost)
		if err != nil {
			return nil, err
		}
		if len(rest) > 0 || l.Condition == trace.Missing {
			return nil, received(s)
		}
		if err := t.move(l.Line, lost, arrived(t.by.ID, l.Condition)); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func received(s trace.Shipment) error {
	return trace.Errorf(trace.ShipmentReceived, "id", "%s is signed for; only units missing from it can still be received", s.ID)
}

func linesOf(receipt []trace.ReceiptLine) []trace.Line {
	lines := make([]trace.Line, len(receipt))
	for i, l := range receipt {
		lines[i] = l.Line
	}
	return lines
}
