package simulate

import (
	"math"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// copied sells fakes that bear this unit's code.
func (w *world) copied(t *Truth, sold float64) {
	t.Clone, t.Cause = true, "copied"
	n := w.copies()
	if chance(w.rng, w.ManyCopies) {
		n, t.Cause = 1000, "copied a thousand times"
	}
	from := sold + w.exp(20)
	if chance(w.rng, w.BeforeSale) {
		from, t.Cause = max(sold-w.exp(20), 0), t.Cause+" before sale"
	}
	place := w.outlets()
	for range n {
		if chance(w.rng, w.CopyScanned) && w.fake(place(), from+w.rng.Float64()*w.CloneDays) {
			t.Copies++
		}
	}
}

func (w *world) copies() int {
	if w.WideCopies {
		return int(3 * math.Pow(100, w.rng.Float64()))
	}
	return 1 + w.more(w.MeanCopies-1)
}

// outlets gives where the copies of a unit are sold, one after the other.
func (w *world) outlets() func() int {
	if w.CopyCities == 0 {
		centre := w.market.pick(w.rng)
		return func() int {
			if chance(w.rng, w.CopyRegional) {
				return w.market.around(w.rng, centre)
			}
			return w.market.pick(w.rng)
		}
	}
	shops := make([]int, w.CopyCities)
	for i := range shops {
		shops[i] = w.market.pick(w.rng)
	}
	return func() int { return oneOf(w.rng, shops...) }
}

// fake is one copy with its buyer; it says whether the log has a scan of it.
func (w *world) fake(city int, at float64) bool {
	p := person{w.device(), city}
	seen := w.scan(p, at)
	if chance(w.rng, w.CopyPIN) {
		w.ask(scanrisk.PINFailed, p, at+0.002)
	}
	for range w.more(w.CopyScans) {
		at += w.exp(w.LaterDays)
		if chance(w.rng, w.SecondDevice/2) {
			p.device = w.device()
		}
		seen = w.scan(p, at) || seen
	}
	return seen
}

// misused makes the frauds that copy no code; it says whether there was one.
func (w *world) misused(t *Truth, sold float64, owner person) bool {
	switch {
	case chance(w.rng, w.Refilled): // the pack lives twice, and its PIN is spent
		t.Fraud = true
		w.scan(owner, sold+1)
		w.ask(scanrisk.Activate, owner, sold+1)
		for again := range 1 + w.more(0.5) {
			p, at := w.buyer(), sold+20+float64(again)*30+w.exp(40)
			w.scan(p, at)
			w.ask(oneOf(w.rng, scanrisk.Activate, scanrisk.PINFailed), p, at)
		}
		t.Cause = "refilled"
	case chance(w.rng, w.Diverted):
		t.Fraud = true
		w.owned(t, person{w.device(), len(w.market.cities) + w.rng.IntN(abroad)}, sold+w.exp(30), math.Inf(1))
		t.Cause = "diverted"
	default:
		return false
	}
	return true
}
