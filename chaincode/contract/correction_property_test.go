package contract

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// book notes what the last transaction has booked.
func (w *world) book(who identity, l []trace.Line, source, target trace.Place) {
	id := w.l.txID()
	w.bookings[id] = &trace.Booking{TxID: id, By: who.name, Type: w.last.Type, Lines: l, Source: source, Target: target}
}

// void: the maker ends codes of its own.
func (w *world) void() {
	l := w.line(rapid.SampledFrom(sortedKeys(w.units)).Draw(w.T, "lot"))
	who := w.holder([]trace.Line{l}, []identity{maker, rival})
	pass := who.name == "maker" && w.all([]trace.Line{l}, w.at(held("maker")))
	if w.submit(who, trace.VoidUnits, trace.VoidUnitsRequest{Line: l, Reason: "多"}, pass) {
		w.put(l, removed("maker", trace.ReasonVoided))
		w.book(maker, []trace.Line{l}, held("maker"), removed("maker", trace.ReasonVoided))
	}
}

// undo puts back what a booking moved, all that is left of it or a part.
func (w *world) undo() {
	if len(w.bookings) == 0 {
		w.Skip("nothing is booked")
	}
	b := w.bookings[rapid.SampledFrom(sortedKeys(w.bookings)).Draw(w.T, "booking")]
	who, r := w.who([]identity{maker, shop, stall, carrier, platform}), trace.UndoRequest{TxID: b.TxID, Reason: "错"}
	if w.mostly("the booker") {
		who = traders[slices.IndexFunc(traders, func(x identity) bool { return x.name == b.By })]
	}
	left := trace.Without(b.Lines, b.Undone)
	back := left
	if rapid.Bool().Draw(w.T, "in part") {
		r.Lines = lines(w.line(b.Lines[0].Lot))
		back = r.Lines
	}
	pass := (who.name == b.By || who.name == "platform") && len(left) > 0 && len(trace.Without(back, left)) == 0 &&
		w.all(back, w.at(b.Target))
	if w.submit(who, trace.Undo, r, pass) {
		w.fill(back, b.Source)
		b.Undone = append(b.Undone, back...)
	}
}

// cancel takes back what nobody has received anything of.
func (w *world) cancel() {
	if len(w.shipments) == 0 {
		w.Skip("nothing was sent")
	}
	s := w.shipments[rapid.SampledFrom(sortedKeys(w.shipments)).Draw(w.T, "shipment")]
	who := w.who(traders)
	if w.mostly("the sender") {
		who = traders[slices.IndexFunc(traders, func(x identity) bool { return x.name == s.From })]
	}
	pass := who.name == s.From && s.OpenUntil.IsZero() && !w.cancelled[s.ID]
	if w.submit(who, trace.CancelShipment, trace.CancelShipmentRequest{ID: s.ID, Reason: "错"}, pass) {
		for _, l := range s.Lines {
			w.each(l, inTransit(s.ID), held(s.From))
		}
		w.hand(s.Containers, s.ID, held(s.From))
		w.cancelled[s.ID] = true
	}
}

// amend proposes another condition for units that are on a receipt.
func (w *world) amend() {
	if len(w.shipments) == 0 {
		w.Skip("nothing was sent")
	}
	s := w.shipments[rapid.SampledFrom(sortedKeys(w.shipments)).Draw(w.T, "shipment")]
	who, r := w.who(traders), trace.AmendReceiptRequest{ID: s.ID, Reason: "错"}
	for _, l := range w.receiptLines(*s) {
		c := rapid.SampledFrom([]trace.Condition{trace.Good, trace.Damaged, trace.Missing}).Draw(w.T, "condition")
		r.Lines = append(r.Lines, trace.ReceiptLine{Line: l, Condition: c})
	}
	named := linesOf(r.Lines)
	_, waits := w.amended[s.ID]
	pass := (who.name == s.From || who.name == s.To) && !s.OpenUntil.IsZero() && !waits &&
		w.all(named, func(string, int64) bool { return true }) &&
		len(trace.Without(named, linesOf(s.Receipt))) == 0
	if w.submit(who, trace.AmendReceipt, r, pass) {
		w.amended[s.ID] = *w.last.Shipment.Amendment
	}
}

// agree answers a proposal; accepted, the units go where they should have gone.
func (w *world) agree() {
	if len(w.amended) == 0 {
		w.Skip("nothing is proposed")
	}
	id := rapid.SampledFrom(sortedKeys(w.amended)).Draw(w.T, "shipment")
	s, a, who := w.shipments[id], w.amended[id], w.who(traders)
	r := trace.AnswerAmendmentRequest{ID: id, Accept: w.mostly("accepted"), Note: "核"}
	booked := func(lot string, i int64) bool {
		at := w.units[lot][i]
		return at == held(s.To) || at == removed(s.To, trace.ReasonDamaged) || at == removed(id, trace.ReasonMissing)
	}
	pass := who.name != a.By && (who.name == s.From || who.name == s.To) &&
		(!r.Accept || w.all(linesOf(a.Lines), booked))
	if !w.submit(who, trace.AnswerAmendment, r, pass) {
		return
	}
	delete(w.amended, id)
	s.Receipt = w.last.Shipment.Receipt
	if !r.Accept {
		return
	}
	for _, l := range a.Lines {
		to := removed(id, trace.ReasonMissing)
		if l.Condition != trace.Missing {
			to = arrived(s.To, l.Condition)
		}
		w.put(l.Line, to)
	}
}
