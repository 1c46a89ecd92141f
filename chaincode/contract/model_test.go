package contract

import (
	"maps"
	"slices"
	"strconv"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// world is a ledger with, beside it, the simplest account of the same facts:
// for every single unit where it is. The account decides by itself whether a
// transaction should pass and what it should do; replayed is what a reader
// makes of the events alone.
type world struct {
	*rapid.T
	l         *ledger
	units     map[string][]trace.Place // by lot
	replayed  map[string][]trace.Place
	standings map[string]standing // of parties that are not as they began
	waiting   map[string]bool     // lots that await approval
	shipments map[string]*trace.Shipment
	recalls   map[string]trace.Recall // the open ones
	boxes     map[string]*box         // by SSCC
	madeFrom  map[string][]trace.Line // what went into a lot that was made from others
	flags     map[trace.Line]string   // who confirmed that a unit's code was copied
	holds     map[string][]string     // who holds a lot back, by lot
	judged    map[string]bool         // inspected lots: accepted or not
	acked     map[string]bool         // recall and party
	record    sampling.State          // of the maker
	owners    [3]ownership            // of the units of the lot TREE
	drawn     int64                   // of the day's quota
	claims    map[string]trace.Case   // of extra units, that wait for the sender
	cancelled map[string]bool         // shipments that were taken back
	bookings  map[string]*trace.Booking
	amended   map[string]trace.Amending // proposals, by shipment
	expired   map[string]bool           // lots
	last      trace.Event               // of the last transaction that passed
	gone      map[trace.Line]bool       // units that were elsewhere than with their maker, or sold, at some time
	ids       int
}

var traders = []identity{maker, shop, stall, carrier}

func (w *world) id(kind string) string {
	w.ids++
	return kind + "-" + strconv.Itoa(1000+w.ids)
}

func (w *world) who(from []identity) identity { return rapid.SampledFrom(from).Draw(w.T, "who") }

// sortedKeys makes a draw from a map repeatable.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// mostly is true seven times out of eight: what is drawn should often be right,
// and often enough wrong.
func (w *world) mostly(what string) bool { return rapid.IntRange(0, 7).Draw(w.T, what) > 0 }

// lines draws lines that mostly name units in one place, all alike.
func (w *world) lines() []trace.Line {
	lot := rapid.SampledFrom(sortedKeys(w.units)).Draw(w.T, "lot")
	first := w.line(lot)
	out := []trace.Line{first}
	for range rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(w.T, "more lines") {
		next := w.line(rapid.SampledFrom(sortedKeys(w.units)).Draw(w.T, "lot"))
		if w.units[next.Lot][next.From] == w.units[lot][first.From] || !w.mostly("alike") {
			out = append(out, next)
		}
	}
	return out
}

func (w *world) line(lot string) trace.Line {
	units := w.units[lot]
	from := rapid.IntRange(0, len(units)-1).Draw(w.T, "from")
	to := from + 1
	for to < len(units) && units[to] == units[from] {
		to++
	}
	if !w.mostly("in one place") {
		to++
	}
	return line(lot, int64(from), rapid.Int64Range(1, int64(to-from)).Draw(w.T, "count"))
}

// holder gives whoever has the first unit, mostly, else anybody.
func (w *world) holder(l []trace.Line, anybody []identity) identity {
	at := w.units[l[0].Lot][l[0].From].Holder
	for _, who := range anybody {
		if who.name == at && w.mostly("the holder") {
			return who
		}
	}
	return w.who(anybody)
}

// all says whether the lines are well-formed and every unit passes.
func (w *world) all(lines []trace.Line, pass func(lot string, index int64) bool) bool {
	seen := map[trace.Line]bool{}
	for _, l := range lines {
		for i := l.From; i < l.To(); i++ {
			unit := line(l.Lot, i, 1)
			if seen[unit] || i >= int64(len(w.units[l.Lot])) || !pass(l.Lot, i) {
				return false
			}
			seen[unit] = true
		}
	}
	return len(lines) > 0
}

func (w *world) at(p trace.Place) func(string, int64) bool {
	return func(lot string, i int64) bool { return w.units[lot][i] == p }
}

func (w *world) recalled(lot string, index int64) bool {
	for _, r := range w.recalls {
		if w.reached(r, lot, index) {
			return true
		}
	}
	return false
}

// free: nothing stands against putting the unit on the market.
func (w *world) free(lot string, i int64) bool {
	return !w.waiting[lot] && w.fit(lot) && !w.expired[lot] && !w.recalled(lot, i)
}

func (w *world) put(l trace.Line, p trace.Place) {
	for i := l.From; i < l.To(); i++ {
		w.units[l.Lot][i] = p
	}
}

// submit runs a transaction that the account expects to pass or to be refused,
// replays its moves, and says whether it passed.
func (w *world) submit(who identity, tx trace.Transaction, request any, pass bool) bool {
	pass = pass && w.permitted(who.name, tx, request)
	e, err := w.l.submit(who, tx, request)
	if (err == nil) != pass {
		w.Fatalf("%s %+v by %s: %v, though the account expects pass=%v", tx, request, who.name, err, pass)
	}
	if err != nil && !trace.CodeOf(err).Known() {
		w.Fatalf("%s %+v by %s: %v has no code", tx, request, who.name, err)
	}
	w.last = e
	for _, m := range e.Moves {
		w.replay(m)
	}
	return err == nil
}

func (w *world) replay(m trace.Move) {
	if m.Source == (trace.Place{}) {
		w.replayed[m.Lot] = make([]trace.Place, m.Count)
	}
	for i := m.From; i < m.To(); i++ {
		if at := w.replayed[m.Lot][i]; at != m.Source {
			w.Fatalf("unit %d of %s moves from %+v but is at %+v", i, m.Lot, m.Source, at)
		}
		w.replayed[m.Lot][i] = m.Target
		if m.Target.Holder != "maker" || m.Target.State == trace.Sold {
			w.gone[line(m.Lot, i, 1)] = true
		}
	}
}
