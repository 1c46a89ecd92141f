package contract

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// fit says whether quality lets a lot be shipped and sold.
func (w *world) fit(lot string) bool {
	accepted, inspected := w.judged[lot]
	return len(w.holds[lot]) == 0 && (accepted || !inspected)
}

func (w *world) aLot() string { return rapid.SampledFrom(sortedKeys(w.units)).Draw(w.T, "lot") }

func (w *world) hold() {
	lot, who := w.aLot(), w.who([]identity{maker, auditor, platform, rival})
	if w.submit(
		who,
		trace.HoldBatch,
		trace.QualityRequest{GTIN: tea, Lot: lot, Reason: reasons},
		who.name != "rival" && len(w.holds[lot]) < trace.MaxHolds,
	) {
		w.holds[lot] = append(w.holds[lot], who.name)
	}
}

func (w *world) release() {
	lot, who := w.aLot(), w.who([]identity{maker, auditor, platform, rival})
	official := who.name == "auditor" || who.name == "platform"
	kept := slices.DeleteFunc(slices.Clone(w.holds[lot]), func(by string) bool { return official || by == who.name })
	pass := len(kept) < len(w.holds[lot]) && who.name != "rival"
	if w.submit(who, trace.ReleaseBatch, trace.QualityRequest{GTIN: tea, Lot: lot, Reason: reasons}, pass) {
		w.holds[lot] = kept
	}
}

func (w *world) inspect() {
	lot, who, bad := w.aLot(), w.who([]identity{lab, lab, lab, shop}), rapid.Bool().Draw(w.T, "bad")
	_, again := w.judged[lot]
	r := of(tea, inspecting(w.id("INSPECT"), lot, 0, map[bool]float64{true: 2}[bad]))
	pass := who.name == "lab" && !w.waiting[lot] && (again || !w.record.Discontinued)
	if !w.submit(who, trace.RecordInspection, r, pass) {
		return
	}
	w.judged[lot] = !bad
	if !again {
		w.record = w.record.After(sampling.Outcome{Accepted: !bad})
	}
}

// acknowledge says of a recall whether somebody who has its units does.
func (w *world) acknowledge() {
	if len(w.recalls) == 0 {
		w.Skip("no recall is open")
	}
	id := rapid.SampledFrom(sortedKeys(w.recalls)).Draw(w.T, "recall")
	who, reached := w.who(traders), false
	for lot, units := range w.units {
		for i, at := range units {
			s := w.shipments[at.Holder]
			reached = reached ||
				w.reached(w.recalls[id], lot, int64(i)) && (at.Holder == who.name || s != nil && s.From == who.name)
		}
	}
	key := id + " " + who.name
	if w.submit(who, trace.AcknowledgeRecall, trace.AcknowledgeRecallRequest{ID: id}, reached && !w.acked[key]) {
		w.acked[key] = true
	}
}
