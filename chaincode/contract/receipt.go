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
	if err := allow(toMe(t, s), notTakenBack(s)); err != nil {
		return trace.Event{}, err
	}
	b := arrival{transaction: t, shipment: &s}
	switch {
	case !s.ReceivedAt.IsZero():
		err = b.later(r.Lines)
	case len(r.Lines) == 0:
		err = b.asListed()
	default:
		err = b.counted(r)
	}
	if err != nil {
		return trace.Event{}, err
	}
	return b.event(trace.EventReceived)
}

func toMe(t *transaction, s trace.Shipment) error {
	if s.To != t.by.ID {
		return trace.Refuse(trace.NotReceiver, "id", "shipment_goes_to", "shipment", s.ID, "party", s.To)
	}
	return nil
}

func notTakenBack(s trace.Shipment) error {
	if !s.CancelledAt.IsZero() {
		return trace.Refuse(
			trace.ShipmentTakenBack, "id", "shipment_taken_back", "party", s.From, "shipment", s.ID,
			"day", trace.DayOf(s.CancelledAt),
		)
	}
	return nil
}

// arrival is one receipt as it is booked: what it adds to its shipment's, and
// units beyond those sent, which wait for the sender's word as a case.
type arrival struct {
	*transaction
	shipment *trace.Shipment
	found    []trace.ReceiptLine
	over     []trace.Line
}

// event writes the shipment with what was found.
func (b *arrival) event(what trace.EventType) (trace.Event, error) {
	s := b.shipment
	s.Receipt, s.SignedAt = append(s.Receipt, b.found...), b.at
	e := trace.Event{Type: what, Shipment: s, Receipt: b.found, Lines: linesOf(b.found)}
	return e, allow(b.cases(&e), b.put(shipmentKey(s.ID), s))
}

// cases opens what a receipt gives cause for: a claim for units beyond those
// sent, and a case about those that arrived damaged.
func (b *arrival) cases(e *trace.Event) error {
	damaged := slices.DeleteFunc(
		slices.Clone(b.found), func(l trace.ReceiptLine) bool { return l.Condition != trace.Damaged },
	)
	for _, x := range []struct {
		prefix string
		cause  trace.Cause
		fix    trace.Fix
		lines  []trace.Line
	}{{"EXTRA-", trace.CauseExtraUnits, trace.FixBookExtra, b.over}, {"DAMAGE-", trace.CauseDamage, trace.FixCredit, linesOf(damaged)}} {
		if len(x.lines) == 0 {
			continue
		}
		c, err := b.ofReceipt(*b.shipment, x.prefix, x.cause, x.fix, x.lines)
		if trace.CodeOf(err) == trace.CasePending && len(b.found) > 0 {
			continue // claimed before, and the rest of this receipt is new
		}
		if err != nil {
			return err
		}
		e.Cases = append(e.Cases, c)
	}
	if len(e.Cases) > 0 {
		e.Case, e.Cases = &e.Cases[0], e.Cases[1:]
	}
	return nil
}

// counted books what the receiver found. Units of the shipment that no line
// names stay open, for neither party has them, unless the receiver closes it.
func (b *arrival) counted(r trace.ReceiveRequest) error {
	if err := b.openAll(*b.shipment); err != nil {
		return err
	}
	for _, l := range r.Lines {
		if err := b.arrive(l); err != nil {
			return err
		}
	}
	if r.Close {
		return b.writeOff()
	}
	return b.leaveOpen()
}

// asListed books everything that is still open as arrived and good. Containers stay closed.
func (b *arrival) asListed() error {
	s := *b.shipment
	for _, l := range s.Lines {
		loose, _, err := b.find(l, inTransit(s.ID))
		if err != nil {
			return err
		}
		if err := b.book(loose, inTransit(s.ID), trace.Good); err != nil {
			return err
		}
	}
	closed, err := b.stillClosed(s)
	if err != nil {
		return err
	}
	if err := allow(b.carry(closed, inTransit(s.ID), held(b.by.ID)), b.note(inside(closed), trace.Good)); err != nil {
		return err
	}
	b.shipment.ReceivedAt = b.at
	return nil
}

// arrive books the units of one line: those on their way, and those that were
// written off as missing and have been found. What is beyond them was not sent.
func (b *arrival) arrive(l trace.ReceiptLine) error {
	if _, err := b.batchOf(l.Line); err != nil {
		return err
	}
	id := b.shipment.ID
	on, rest, err := b.find(l.Line, inTransit(id))
	if err != nil {
		return err
	}
	if err := b.book(on, inTransit(id), l.Condition); err != nil {
		return err
	}
	for _, x := range rest {
		lost, over, err := b.find(x, removed(id, trace.ReasonMissing))
		if err != nil {
			return err
		}
		if l.Condition == trace.Missing && len(lost) > 0 {
			return notThere(lost[0], inTransit(id))
		}
		if err := allow(
			b.book(lost, removed(id, trace.ReasonMissing), l.Condition), b.beyond(over, l.Condition),
		); err != nil {
			return err
		}
	}
	return nil
}

// beyond takes units that were not sent for a claim, where they can be one: good,
// of a lot that was sent, in the sender's hands and free to be sent.
func (b *arrival) beyond(over []trace.Line, c trace.Condition) error {
	for _, l := range over {
		if c == trace.Missing {
			return notThere(l, inTransit(b.shipment.ID))
		}
		if c != trace.Good {
			return trace.Refuse(
				trace.UnitsNotSent, "lines.condition", "units_not_sent", "from", l.From+1, "to", l.To(),
				"lot", l.Lot, "shipment", b.shipment.ID, "condition", c,
			)
		}
		if err := b.claimable(*b.shipment, l); err != nil {
			return err
		}
	}
	b.over = append(b.over, over...)
	return nil
}

// book moves units to where their condition puts them, and notes it.
func (b *arrival) book(lines []trace.Line, source trace.Place, c trace.Condition) error {
	target := removed(b.shipment.ID, trace.ReasonMissing)
	if c != trace.Missing {
		target = arrived(b.by.ID, c)
	}
	return allow(b.moveAll(lines, source, target), b.note(lines, c))
}

// note adds units to the receipt. Of good ones, those that may not be sold are withheld.
func (b *arrival) note(lines []trace.Line, c trace.Condition) error {
	for _, l := range lines {
		if c != trace.Good {
			b.found = append(b.found, trace.ReceiptLine{Line: l, Condition: c})
			continue
		}
		good, withheld, err := b.sorted(l)
		if err != nil {
			return err
		}
		for _, x := range good {
			b.found = append(b.found, trace.ReceiptLine{Line: x, Condition: trace.Good})
		}
		for _, x := range withheld {
			b.found = append(b.found, trace.ReceiptLine{Line: x, Condition: trace.Withheld})
		}
	}
	return nil
}

// sorted tells units that are in order from those under a recall or a hold.
func (t *transaction) sorted(l trace.Line) (good, withheld []trace.Line, err error) {
	b, err := t.batchOf(l)
	if err != nil {
		return nil, nil, err
	}
	if t.fit(b) != nil {
		return nil, []trace.Line{l}, nil
	}
	recalls, err := t.recalled(l.GTIN, l.Lot)
	if err != nil {
		return nil, nil, err
	}
	good = []trace.Line{l}
	for _, r := range recalls {
		var rest []trace.Line
		for _, x := range good {
			out, in := trace.Cut(x, r.From, r.From+r.Count)
			rest, withheld = append(rest, out...), append(withheld, in...)
		}
		good = rest
	}
	return good, withheld, nil
}

// leaveOpen ends the shipment where nothing is on its way any more, and else
// says until when the rest stays open.
func (b *arrival) leaveOpen() error {
	open, err := b.open(*b.shipment)
	if err != nil {
		return err
	}
	if len(open) == 0 {
		b.shipment.ReceivedAt = b.at
		return nil
	}
	if b.shipment.OpenUntil.IsZero() {
		terms, err := b.custodyTerms()
		if err != nil {
			return err
		}
		b.shipment.OpenUntil = terms.OpenUntil(b.at)
	}
	return nil
}

// writeOff books what is still on its way as missing and ends the shipment.
func (b *arrival) writeOff() error {
	open, err := b.open(*b.shipment)
	if err != nil {
		return err
	}
	b.shipment.ReceivedAt = b.at
	return b.book(open, inTransit(b.shipment.ID), trace.Missing)
}

// open gives the loose units of a shipment that are still on their way.
func (t *transaction) open(s trace.Shipment) ([]trace.Line, error) {
	var open []trace.Line
	for _, l := range s.Lines {
		left, _, err := t.find(l, inTransit(s.ID))
		if err != nil {
			return nil, err
		}
		open = append(open, left...)
	}
	return open, nil
}

// later books missing units that were found. Anything else of a shipment that
// has been signed for stays as it is.
func (b *arrival) later(found []trace.ReceiptLine) error {
	if len(found) == 0 {
		return received(*b.shipment)
	}
	lost := removed(b.shipment.ID, trace.ReasonMissing)
	for _, l := range found {
		_, rest, err := b.find(l.Line, lost)
		if err != nil {
			return err
		}
		if len(rest) > 0 || l.Condition == trace.Missing {
			return received(*b.shipment)
		}
		if err := b.book([]trace.Line{l.Line}, lost, l.Condition); err != nil {
			return err
		}
	}
	return nil
}

func received(s trace.Shipment) error {
	return trace.Refuse(trace.ShipmentReceived, "id", "shipment_signed_for", "shipment", s.ID)
}

// CloseShipment takes a trace.CloseShipmentRequest.
func (c *Contract) CloseShipment(ctx contractapi.TransactionContextInterface, request string) (string, error) {
	return submit(c, ctx, trace.CloseShipment, request, closeShipment)
}

// closeShipment is the receiver's at any time; once the date has passed it is
// the sender's and the platform's as well.
func closeShipment(t *transaction, r trace.CloseShipmentRequest) (trace.Event, error) {
	if err := r.Check(); err != nil {
		return trace.Event{}, err
	}
	s, err := t.shipment(r.ID)
	if err != nil {
		return trace.Event{}, err
	}
	if err := allow(notTakenBack(s), t.mayCloseShipment(s)); err != nil {
		return trace.Event{}, err
	}
	b := arrival{transaction: t, shipment: &s}
	if err := allow(t.openAll(s), b.writeOff()); err != nil {
		return trace.Event{}, err
	}
	e, err := b.event(trace.EventShipmentClosed)
	e.Note = r.Reason
	return e, err
}

func (t *transaction) mayCloseShipment(s trace.Shipment) error {
	switch {
	case !s.ReceivedAt.IsZero():
		return received(s)
	case s.To == t.by.ID:
		return nil
	case s.From != t.by.ID && !t.by.HasRole(trace.RolePlatform):
		return toMe(t, s)
	case s.OpenUntil.IsZero():
		return trace.Refuse(trace.ShipmentOpen, "id", "shipment_can_be_taken_back", "shipment", s.ID)
	case !t.at.After(s.OpenUntil):
		return trace.Refuse(
			trace.ShipmentOpen, "id", "shipment_open_until", "shipment", s.ID, "day", trace.DayOf(s.OpenUntil),
		)
	}
	return nil
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

// stillClosed gives the containers of a shipment that no receipt has opened yet.
func (t *transaction) stillClosed(s trace.Shipment) ([]trace.Container, error) {
	all, err := t.shipped(s)
	return slices.DeleteFunc(all, func(c trace.Container) bool { return !c.UnpackedAt.IsZero() }), err
}

// openAll opens every container of a shipment whose units were counted.
func (t *transaction) openAll(s trace.Shipment) error {
	all, err := t.stillClosed(s)
	if err != nil {
		return err
	}
	for _, c := range all {
		c.Parent = ""
		if err := t.openContainer(c, inTransit(s.ID)); err != nil {
			return err
		}
	}
	return nil
}

// lists reports whether a shipment lists units of the line's lot. Units beyond
// those listed can only be of such a lot: a shipment gives its receiver no hold
// on the rest of the sender's goods.
func lists(s trace.Shipment, l trace.Line) bool {
	return slices.ContainsFunc(s.Lines, func(x trace.Line) bool { return x.GTIN == l.GTIN && x.Lot == l.Lot })
}

func linesOf(receipt []trace.ReceiptLine) []trace.Line {
	lines := make([]trace.Line, len(receipt))
	for i, l := range receipt {
		lines[i] = l.Line
	}
	return lines
}
