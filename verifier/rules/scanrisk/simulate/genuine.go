package simulate

import (
	"math"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// live makes the whole story of one unit.
func (w *world) live(t *Truth) {
	clone := chance(w.rng, w.Clones)
	sold := w.batch.start + 3 + w.rng.Float64()*w.Days
	owner := w.buyer()
	w.custody(sold, owner)
	if clone {
		w.copied(t, sold)
		if chance(w.rng, w.OriginalIdle) {
			return
		}
	}
	w.seller(t, sold)
	if !clone && w.misused(t, sold, owner) || !chance(w.rng, w.Scanned) {
		return
	}
	arrived := w.before(t, sold, owner)
	resold := math.Inf(1)
	if chance(w.rng, w.Resale) {
		resold = sold + 15 + w.exp(60)
	}
	first := arrived + 0.1 + w.exp(2)
	w.owned(t, owner, first, resold)
	w.activate(owner, first)
	w.resold(t, resold)
	w.after(t, sold, owner)
}

// custody books the way of a unit through the trade.
func (w *world) custody(sold float64, owner person) {
	if !w.batch.custody {
		return
	}
	at := person{city: w.batch.home}
	w.record(scanrisk.Shipped, at, w.batch.start)
	if chance(w.rng, 0.8) {
		w.record(scanrisk.Received, person{city: w.market.around(w.rng, owner.city)}, w.batch.start+1+w.exp(1))
	}
	if chance(w.rng, 0.9) {
		w.record(scanrisk.Sold, at, sold)
	}
}

func (w *world) seller(t *Truth, sold float64) {
	if w.batch.stock == 0 || w.batch.seller == nil {
		return
	}
	w.batch.stock--
	w.scan(*w.batch.seller, min(w.batch.start+2+float64(w.unit%500)/1440, sold))
	t.because("seller scans stock")
}

// before is what happens on the way to the owner; it gives when the unit arrives.
func (w *world) before(t *Truth, sold float64, owner person) float64 {
	if chance(w.rng, w.ShopLookers) {
		t.because("looked at in the shop")
		for range 1 + w.more(1.5) {
			w.scan(person{w.device(), owner.city}, sold-w.exp(5))
		}
	}
	at := sold + 0.1
	if chance(w.rng, w.Courier) {
		t.because("courier")
		device := w.couriers[w.rng.IntN(len(w.couriers))]
		for range 1 + w.more(0.7) {
			if w.CourierUnique {
				device = w.device()
			}
			w.scan(person{device, w.market.around(w.rng, owner.city)}, at)
			at += 0.2 + w.exp(0.5)
		}
	}
	return at
}

// resold gives the item to further owners, mostly one.
func (w *world) resold(t *Truth, at float64) {
	for !math.IsInf(at, 1) {
		t.because("re-sale")
		next := math.Inf(1)
		if chance(w.rng, w.Chain) {
			next = at + 15 + w.exp(60)
		}
		w.owned(t, w.buyer(), at+1+w.exp(3), next)
		at = next
	}
}

// owned is an ordinary owner with his household, until the item is sold on.
func (w *world) owned(t *Truth, p person, at, until float64) {
	home := []person{p}
	if chance(w.rng, w.SecondDevice) {
		t.because("curious family")
		for range 1 + w.more(0.5) {
			home = append(home, person{w.device(), p.city})
		}
	}
	if chance(w.rng, w.Roams) {
		t.because("roaming phone")
		for range 1 + w.more(0.7) {
			home = append(home, person{p.device, w.anywhere()})
		}
	}
	if chance(w.rng, w.VPN) {
		t.because("VPN")
		home = append(home, person{p.device, len(w.market.cities) + w.rng.IntN(abroad)})
	}
	w.scan(home[0], at)
	for range w.more(w.MeanScans) + len(home) - 1 {
		if at += w.exp(w.LaterDays); at > until {
			return
		}
		w.scan(home[w.rng.IntN(len(home))], at)
	}
}

// activate claims the unit for its first owner, which happens once.
func (w *world) activate(p person, at float64) {
	if !chance(w.rng, w.Activates) {
		return
	}
	for chance(w.rng, w.MistypesPIN) {
		at += 0.001
		w.ask(scanrisk.PINFailed, p, at)
	}
	w.ask(scanrisk.Activate, p, at+0.002)
}

// after is what becomes of the unit later.
func (w *world) after(t *Truth, sold float64, owner person) {
	if chance(w.rng, w.FarRelative) {
		t.because("code sent to a relative")
		w.scan(person{w.device(), w.market.pick(w.rng)}, sold+1+w.exp(3))
	}
	if chance(w.rng, w.Shared) {
		t.because("shared address")
		for range 3 + w.more(5) {
			w.scan(person{w.device(), owner.city}, sold+w.exp(20))
		}
	}
	if chance(w.rng, w.Press) {
		w.pressed(t, sold+w.exp(20))
	}
}

// pressed is a photograph that many people scan.
func (w *world) pressed(t *Truth, at float64) {
	t.Cause = "press photograph"
	for range 5 + w.more(float64(w.PressScans)) {
		when := w.exp(w.PressDays / 3)
		if w.PressFlat {
			when = w.rng.Float64() * w.PressDays
		}
		w.scan(person{w.device(), w.anywhere()}, at+when)
	}
}

// because keeps the first cause of a unit, but lets a second one show.
func (t *Truth) because(cause string) {
	if t.Cause == "" || t.Cause == cause {
		t.Cause = cause
	} else if t.Cause != "press photograph" && !t.Clone {
		t.Cause = "several causes"
	}
}
