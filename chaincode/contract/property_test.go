package contract

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

const worldQuota = 30

// TestConservation drives random transactions of several parties against the
// contract. After each, for every batch: every unit is in exactly one place,
// so that held + in transit + sold + consumed + removed = produced; it is the
// place the plain account says; and the events alone lead there.
func TestConservation(t *testing.T) {
	start := newMarket(t)
	start.must(platform, trace.UpdateParty, trace.UpdatePartyRequest{ID: "maker", Name: trace.Text{ZhCN: "厂"},
		Prefixes: []string{makerPrefix}, DailyQuota: worldQuota})
	start.must(
		platform,
		trace.UpdateParty,
		trace.UpdatePartyRequest{ID: "shop", Name: trace.Text{ZhCN: "店"}, Prefixes: []string{shopPrefix}},
	)
	start.sleep(24 * 3600e9) // a new day's quota
	rapid.Check(t, func(r *rapid.T) {
		w := &world{
			T:         r,
			l:         start.fork(t),
			units:     map[string][]trace.Place{},
			replayed:  map[string][]trace.Place{},
			waiting:   map[string]bool{},
			shipments: map[string]*trace.Shipment{},
			recalls:   map[string]trace.Recall{},
			holds:     map[string][]string{},
			judged:    map[string]bool{},
			acked:     map[string]bool{},
			standings: map[string]standing{},
			boxes:     map[string]*box{},
			madeFrom:  map[string][]trace.Line{},
			flags:     map[trace.Line]string{},
			claims:    map[string]trace.Case{},
			cancelled: map[string]bool{},
			bookings:  map[string]*trace.Booking{},
			amended:   map[string]trace.Amending{},
			expired:   map[string]bool{},
			gone:      map[trace.Line]bool{},
		}
		w.register()
		r.Repeat(map[string]func(*rapid.T){
			"register":       w.on(w.register),
			"approve":        w.on(w.approve),
			"dispatch":       w.on(w.dispatch),
			"receive":        w.on(w.receive),
			"cancel":         w.on(w.cancel),
			"void":           w.on(w.void),
			"undo":           w.on(w.undo),
			"amend":          w.on(w.amend),
			"agree":          w.on(w.agree),
			"close shipment": w.on(w.closeShipment),
			"answer claim":   w.on(w.answerClaim),
			"pack":           w.on(w.pack),
			"unpack":         w.on(w.unpack),
			"dispatch boxes": w.on(w.dispatchBoxes),
			"transform":      w.on(w.transform),
			"sell":           w.on(w.sell),
			"return":         w.on(w.takeBack),
			"decommission":   w.on(w.decommission),
			"recall":         w.on(w.recall),
			"close":          w.on(w.closeRecall),
			"complain":       w.on(w.complain),
			"hold":           w.on(w.hold),
			"release":        w.on(w.release),
			"inspect":        w.on(w.inspect),
			"acknowledge":    w.on(w.acknowledge),
			"supervise":      w.on(w.supervise),
			"flag":           w.on(w.flag),
			"activate":       w.on(w.activate),
			"own":            w.on(w.own),
			"":               w.on(w.check),
		})
	})
}

// on lets an action draw from the step's own source.
func (w *world) on(action func()) func(*rapid.T) {
	return func(t *rapid.T) { w.T = t; action() }
}

// check compares the ledger, the account and the replayed events.
func (w *world) check() {
	for lot, units := range w.units {
		holdings, err := query[[]trace.Holding](w.l, auditor, trace.GetHoldings, tea, lot)
		if err != nil {
			w.Fatal(err)
		}
		var spread []trace.Place
		for _, h := range holdings {
			if h.From != int64(len(spread)) {
				w.Fatalf("lot %s: a unit is in two places or in none: %+v", lot, holdings)
			}
			spread = append(
				spread,
				slices.Repeat(
					[]trace.Place{{Holder: h.Holder, State: h.State, Reason: h.Reason, Container: h.Container}},
					int(h.Count),
				)...)
		}
		if diff := cmp.Diff(units, spread); diff != "" {
			w.Fatalf("lot %s: the ledger is not as it should be: %s", lot, diff)
		}
		if diff := cmp.Diff(units, w.replayed[lot]); diff != "" {
			w.Fatalf("lot %s: the events tell something else: %s", lot, diff)
		}
		w.checkFacts(lot)
		w.l.wantHistory(tea, lot)
	}
}

func (w *world) register() {
	if len(w.units)-len(w.madeFrom) == 4 {
		w.Skip("enough batches")
	}
	lot, n := w.id("L"), rapid.Int64Range(1, 12).Draw(w.T, "quantity")
	b := batch(tea, lot, n)
	if w.expired[lot] = !w.mostly("fresh"); w.expired[lot] {
		b.ExpiresOn = "2026-10-02" // yesterday
	}
	w.submit(maker, trace.RegisterBatch, b, true)
	w.made(lot, n)
}

func (w *world) made(lot string, n int64) {
	w.units[lot] = slices.Repeat([]trace.Place{held("maker")}, int(n))
	if w.waiting[lot] = w.drawn+n > worldQuota; !w.waiting[lot] {
		w.drawn += n
	}
}

func (w *world) approve() {
	lot := rapid.SampledFrom(sortedKeys(w.units)).Draw(w.T, "lot")
	if !w.waiting[lot] && w.mostly("waiting") {
		w.Skip("it waits for nothing")
	}
	w.submit(platform, trace.ApproveBatch, trace.BatchRequest{GTIN: tea, Lot: lot}, w.waiting[lot])
	w.waiting[lot] = false
}

func (w *world) dispatch() {
	l := w.lines()
	who, to := w.holder(l, traders), w.who(traders)
	pass := who.name != to.name && w.all(l, func(lot string, i int64) bool {
		return w.units[lot][i] == held(who.name) && !w.waiting[lot] && (to.name == "maker" || w.free(lot, i))
	})
	s := &trace.Shipment{ID: w.id("SHIP"), From: who.name, To: to.name, Lines: l}
	if w.submit(who, trace.Dispatch, trace.DispatchRequest{ID: s.ID, To: s.To, Lines: l}, pass) {
		w.shipments[s.ID] = s
		for _, x := range l {
			w.put(x, inTransit(s.ID))
		}
	}
}

// receive: of some lines a receipt is written as the goods come, or none at all.
func (w *world) receive() {
	if len(w.shipments) == 0 {
		w.Skip("nothing was sent")
	}
	s := w.shipments[rapid.SampledFrom(sortedKeys(w.shipments)).Draw(w.T, "shipment")]
	who, request := w.receiver(*s), trace.ReceiveRequest{ID: s.ID}
	if rapid.Bool().Draw(w.T, "by line") {
		for _, l := range w.receiptLines(*s) {
			c := rapid.SampledFrom([]trace.Condition{trace.Good, trace.Damaged, trace.Missing}).Draw(w.T, "condition")
			request.Lines = append(request.Lines, trace.ReceiptLine{Line: l, Condition: c})
		}
	}
	request.Close = len(request.Lines) > 0 && rapid.Bool().Draw(w.T, "close")
	over, rest := w.beyond(*s, request.Lines)
	nothingNew := rest == 0 && len(over) > 0 && w.claimed(*s, over)
	if w.submit(
		who,
		trace.Receive,
		request,
		who.name == s.To && w.receivable(*s, request.Lines) && !w.cancelled[s.ID] && !nothingNew,
	) {
		w.arrive(s, request, over)
	}
}

// beyond gives the units of a receipt that were not sent, as runs in the receipt's order, and how many others it names.
func (w *world) beyond(s trace.Shipment, found []trace.ReceiptLine) (over []trace.Line, rest int) {
	for _, f := range found {
		open := false
		for i := f.From; i < f.To(); i++ {
			extra := i < int64(len(w.units[f.Lot])) && w.extra(s, f.Lot, i)
			switch {
			case !extra:
				rest++
			case open:
				over[len(over)-1].Count++
			default:
				over = append(over, line(f.Lot, i, 1))
			}
			open = extra
		}
	}
	return over, rest
}

// claimed says whether the same units of a shipment wait for the sender's word already.
func (w *world) claimed(s trace.Shipment, over []trace.Line) bool {
	for _, c := range w.claims {
		if c.Shipment == s.ID && slices.Equal(c.Lines, over) {
			return true
		}
	}
	return false
}

// receiptLines draws from what was sent, mostly, and from everything else.
func (w *world) receiptLines(s trace.Shipment) (out []trace.Line) {
	for _, l := range s.Lines {
		if w.mostly("named") {
			from := rapid.Int64Range(l.From, l.To()-1).Draw(w.T, "from")
			out = append(out, line(l.Lot, from, rapid.Int64Range(1, l.To()-from).Draw(w.T, "count")))
		}
	}
	if len(out) == 0 || !w.mostly("as sent") {
		out = append(out, w.lines()...)
	}
	return out
}

func (w *world) receiver(s trace.Shipment) identity {
	if w.mostly("the receiver") {
		return traders[slices.IndexFunc(traders, func(x identity) bool { return x.name == s.To })]
	}
	return w.who(traders)
}

func (w *world) receivable(s trace.Shipment, found []trace.ReceiptLine) bool {
	var all []trace.Line
	for _, f := range found {
		all = append(all, f.Line)
		if !w.all([]trace.Line{f.Line}, func(lot string, i int64) bool { return w.fits(s, f.Condition, lot, i) }) {
			return false
		}
	}
	return w.all(all, func(string, int64) bool { return true }) || len(found) == 0 && s.ReceivedAt.IsZero()
}

// fits says whether a unit at a place can be on the receipt.
func (w *world) fits(s trace.Shipment, c trace.Condition, lot string, i int64) bool {
	at := w.units[lot][i]
	switch {
	case at == removed(s.ID, trace.ReasonMissing):
		return c != trace.Missing
	case !s.ReceivedAt.IsZero():
		return false
	case at.Holder == s.ID && at.State == trace.InTransit:
		return true
	}
	return w.extra(s, lot, i) && c == trace.Good
}

// extra: a unit that was not sent and can be claimed.
func (w *world) extra(s trace.Shipment, lot string, i int64) bool {
	return w.units[lot][i] == held(s.From) && lists(s, line(lot, 0, 1)) && w.free(lot, i)
}

func (w *world) arrive(s *trace.Shipment, r trace.ReceiveRequest, over []trace.Line) {
	damaged := false
	found := r.Lines
	if len(found) == 0 {
		w.hand(s.Containers, s.ID, held(s.To))
		for _, l := range s.Lines {
			w.each(l, inTransit(s.ID), held(s.To))
		}
	} else {
		w.openBoxes(*s)
	}
	for _, f := range found {
		for i := f.From; i < f.To(); i++ {
			switch {
			case w.extra(*s, f.Lot, i): // stays with the sender
			case f.Condition == trace.Missing:
				w.units[f.Lot][i] = removed(s.ID, trace.ReasonMissing)
			default:
				w.units[f.Lot][i] = arrived(s.To, f.Condition)
				damaged = damaged || f.Condition == trace.Damaged
			}
		}
	}
	if w.opened(trace.CauseDamage) != nil && !damaged {
		w.Fatalf("cases %+v, and nothing is damaged", w.last.AllCases())
	}
	c := w.opened(trace.CauseExtraUnits)
	if (c != nil) != (len(over) > 0 && !w.claimed(*s, over)) {
		w.Fatalf("cases %+v, and %v were not sent", w.last.AllCases(), over)
	}
	if c != nil {
		w.claims[c.ID] = *c
	}
	w.settle(s, r.Close)
}

// opened gives the case of a cause that the last transaction opened, or nil.
func (w *world) opened(cause trace.Cause) *trace.Case {
	for _, c := range w.last.AllCases() {
		if c.Cause == cause {
			return &c
		}
	}
	return nil
}

// each moves the units of a line that are at a place.
func (w *world) each(l trace.Line, from, to trace.Place) {
	for i := l.From; i < l.To(); i++ {
		if w.units[l.Lot][i] == from {
			w.units[l.Lot][i] = to
		}
	}
}

// settle ends a shipment of which nothing is on its way, or whose rest is written off.
func (w *world) settle(s *trace.Shipment, writeOff bool) {
	open := false
	for _, l := range s.Lines {
		if writeOff {
			w.each(l, inTransit(s.ID), removed(s.ID, trace.ReasonMissing))
		}
		for i := l.From; i < l.To(); i++ {
			open = open || w.units[l.Lot][i].Holder == s.ID && w.units[l.Lot][i].State == trace.InTransit
		}
	}
	if !open && s.ReceivedAt.IsZero() {
		s.ReceivedAt = noon
	}
	s.OpenUntil, s.Receipt = noon, w.last.Shipment.Receipt
}

// closeShipment: none is old enough here to be closed by anybody but its receiver.
func (w *world) closeShipment() {
	if len(w.shipments) == 0 {
		w.Skip("nothing was sent")
	}
	s := w.shipments[rapid.SampledFrom(sortedKeys(w.shipments)).Draw(w.T, "shipment")]
	who := w.receiver(*s)
	if w.submit(
		who,
		trace.CloseShipment,
		trace.CloseShipmentRequest{ID: s.ID},
		who.name == s.To && s.ReceivedAt.IsZero() && !w.cancelled[s.ID],
	) {
		w.openBoxes(*s)
		w.settle(s, true)
	}
}

// answerClaim: the sender accepts units that arrived beyond those it sent, or does not.
func (w *world) answerClaim() {
	if len(w.claims) == 0 {
		w.Skip("nothing is claimed")
	}
	id := rapid.SampledFrom(sortedKeys(w.claims)).Draw(w.T, "case")
	c := w.claims[id]
	s, who := w.shipments[c.Shipment], w.who(traders)
	r := trace.AnswerCaseRequest{ID: id, Accept: w.mostly("accepted"), Note: "已核"}
	pass := who.name == c.With &&
		(!r.Accept || w.all(c.Lines, func(lot string, i int64) bool { return w.units[lot][i] == held(s.From) && w.free(lot, i) }))
	if w.submit(who, trace.AnswerCase, r, pass) {
		if r.Accept {
			w.fill(c.Lines, held(s.To))
		}
		delete(w.claims, id)
	}
}

func (w *world) sell() {
	l := w.lines()
	who := w.holder(l, []identity{maker, shop, stall})
	pass := w.all(l, func(lot string, i int64) bool { return w.units[lot][i] == held(who.name) && w.free(lot, i) })
	if w.submit(who, trace.Sell, trace.SellRequest{Lines: l}, pass) {
		for _, x := range l {
			w.put(x, trace.Place{Holder: who.name, State: trace.Sold})
		}
		w.book(who, l, held(who.name), trace.Place{Holder: who.name, State: trace.Sold})
	}
}

func (w *world) takeBack() {
	l := w.lines()
	who := w.holder(l, []identity{maker, shop, stall})
	c := rapid.SampledFrom([]trace.Condition{trace.Good, trace.Damaged}).Draw(w.T, "condition")
	pass := w.all(l, w.at(trace.Place{Holder: who.name, State: trace.Sold}))
	if w.submit(who, trace.Return, trace.ReturnRequest{Lines: l, Condition: c}, pass) {
		for _, x := range l {
			w.put(x, arrived(who.name, c))
		}
		w.book(who, l, trace.Place{Holder: who.name, State: trace.Sold}, arrived(who.name, c))
	}
}

func (w *world) decommission() {
	l := w.lines()
	who := w.holder(l, traders)
	why := rapid.SampledFrom(trace.DecommissionReasons).Draw(w.T, "reason")
	pass := w.all(l, func(lot string, i int64) bool {
		return w.units[lot][i] == held(who.name) && (why != trace.ReasonExported || w.free(lot, i))
	})
	if w.submit(who, trace.Decommission, trace.DecommissionRequest{Lines: l, Reason: why}, pass) {
		for _, x := range l {
			w.put(x, removed(who.name, why))
		}
		w.book(who, l, held(who.name), removed(who.name, why))
	}
}

func (w *world) recall() {
	if len(w.recalls) == 2 {
		w.Skip("enough recalls")
	}
	who, l := w.who([]identity{maker, auditor, platform, rival}), w.lines()
	r := recall(w.id("RECALL"))
	r.Lines, r.By = l, who.name
	if rapid.Bool().Draw(w.T, "whole lot") {
		r.Lots, r.Lines = []string{l[0].Lot}, nil
	}
	pass := who.name != "rival" && (r.Lines == nil || w.all(l, func(string, int64) bool { return true }))
	if w.submit(who, trace.StartRecall, r, pass) {
		w.recalls[r.ID] = r
	}
}

func (w *world) closeRecall() {
	if len(w.recalls) == 0 {
		w.Skip("no recall is open")
	}
	id := rapid.SampledFrom(sortedKeys(w.recalls)).Draw(w.T, "recall")
	who := w.who([]identity{maker, auditor, platform, rival})
	pass := who.name == w.recalls[id].By || who.name == "auditor" || who.name == "platform"
	if w.submit(who, trace.CloseRecall, trace.CloseRecallRequest{ID: id, Note: "完"}, pass) {
		delete(w.recalls, id)
	}
}
