package contract

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

const shopPrefix = "6998804"

// box is the account's container: what is directly inside and who has it. An
// open one stays, for its number is taken.
type box struct {
	lines          []trace.Line
	inside         []string
	parent, holder string
	open           bool
}

func (w *world) depth(sscc string) int {
	d := 0
	for _, x := range w.boxes[sscc].inside {
		d = max(d, w.depth(x))
	}
	return d + 1
}

// deep calls each for a box and all inside it.
func (w *world) deep(sscc string, each func(*box)) {
	each(w.boxes[sscc])
	for _, x := range w.boxes[sscc].inside {
		w.deep(x, each)
	}
}

// someBoxes draws boxes, mostly ones that their holder could pack or ship.
func (w *world) someBoxes() (out []string) {
	for range rapid.IntRange(0, 2).Draw(w.T, "boxes") {
		if len(w.boxes) == 0 {
			return nil
		}
		x := rapid.SampledFrom(sortedKeys(w.boxes)).Draw(w.T, "box")
		if b := w.boxes[x]; !b.open && b.parent == "" && !slices.Contains(out, x) || !w.mostly("a free box") {
			out = append(out, x)
		}
	}
	return out
}

// ready says whether somebody could pack or ship the boxes.
func (w *world) ready(boxes []string, who identity) bool {
	seen := map[string]bool{}
	for _, x := range boxes {
		b := w.boxes[x]
		if seen[x] || b.open || b.parent != "" || b.holder != who.name {
			return false
		}
		seen[x] = true
	}
	return true
}

// boxHolder gives whoever has the first box, mostly.
func (w *world) boxHolder(boxes []string) identity {
	for _, who := range traders {
		if who.name == w.boxes[boxes[0]].holder && w.mostly("the holder") {
			return who
		}
	}
	return w.who(traders)
}

func (w *world) pack() {
	if len(w.boxes) > 8 {
		w.Skip("enough boxes")
	}
	request := trace.PackRequest{Containers: w.someBoxes()}
	var who identity
	if len(request.Containers) == 0 || rapid.Bool().Draw(w.T, "units too") {
		request.Lines = w.lines()
		who = w.holder(request.Lines, traders)
	} else {
		who = w.boxHolder(request.Containers)
	}
	w.ids++
	request.SSCC = sscc(rapid.SampledFrom([]string{makerPrefix, shopPrefix}).Draw(w.T, "prefix"), 1000+w.ids)
	deepest := 0
	for _, x := range request.Containers {
		deepest = max(deepest, w.depth(x))
	}
	own := map[string]string{"maker": makerPrefix, "shop": shopPrefix}[who.name]
	pass := own != "" && request.SSCC == sscc(own, 1000+w.ids) && deepest < trace.MaxDepth &&
		w.ready(request.Containers, who) &&
		(len(request.Lines) == 0 || w.all(request.Lines, w.at(held(who.name))))
	if w.submit(who, trace.Pack, request, pass) {
		w.boxes[request.SSCC] = &box{lines: request.Lines, inside: request.Containers, holder: who.name}
		w.fill(request.Lines, packed(held(who.name), request.SSCC))
		for _, x := range request.Containers {
			w.boxes[x].parent = request.SSCC
		}
	}
}

func (w *world) fill(lines []trace.Line, p trace.Place) {
	for _, l := range lines {
		w.put(l, p)
	}
}

func (w *world) unpack() {
	boxes := w.someBoxes()
	if len(boxes) == 0 {
		w.Skip("no box")
	}
	who := w.boxHolder(boxes[:1])
	if w.submit(who, trace.Unpack, trace.UnpackRequest{SSCC: boxes[0]}, w.ready(boxes[:1], who)) {
		b := w.boxes[boxes[0]]
		w.fill(b.lines, held(who.name))
		for _, x := range b.inside {
			w.boxes[x].parent = ""
		}
		b.open = true
	}
}

// dispatchBoxes sends boxes, and sometimes loose units beside them.
func (w *world) dispatchBoxes() {
	boxes := w.someBoxes()
	if len(boxes) == 0 {
		w.Skip("no box")
	}
	who, to := w.boxHolder(boxes), w.who(traders)
	request := trace.DispatchRequest{ID: w.id("SHIP"), To: to.name, Containers: boxes}
	if rapid.Bool().Draw(w.T, "units too") {
		request.Lines = w.lines()
	}
	may := func(lot string, i int64) bool { return !w.waiting[lot] && (to.name == "maker" || w.free(lot, i)) }
	pass := who.name != to.name && w.ready(boxes, who) && (len(request.Lines) == 0 ||
		w.all(request.Lines, func(lot string, i int64) bool { return w.units[lot][i] == held(who.name) && may(lot, i) }))
	sent := slices.Clone(request.Lines)
	for _, x := range boxes {
		w.deep(x, func(b *box) {
			pass = pass && (len(b.lines) == 0 || w.all(b.lines, may))
			sent = append(sent, b.lines...)
		})
	}
	if w.submit(who, trace.Dispatch, request, pass) {
		w.shipments[request.ID] = &trace.Shipment{
			ID:         request.ID,
			From:       who.name,
			To:         to.name,
			Lines:      sent,
			Containers: boxes,
		}
		w.fill(request.Lines, inTransit(request.ID))
		w.hand(boxes, who.name, inTransit(request.ID))
	}
}

// hand moves boxes, closed, with what is inside.
func (w *world) hand(boxes []string, from string, to trace.Place) {
	for _, x := range boxes {
		w.deep(x, func(b *box) { b.holder = to.Holder })
	}
	for _, units := range w.units {
		for i, at := range units {
			if b := w.boxes[at.Container]; b != nil && at.Holder == from && b.holder == to.Holder {
				units[i] = packed(to, at.Container)
			}
		}
	}
}

// openBoxes empties the boxes of a shipment whose units were counted.
func (w *world) openBoxes(s trace.Shipment) {
	for _, x := range s.Containers {
		w.deep(x, func(b *box) {
			if b.open {
				return
			}
			b.open, b.parent = true, ""
			w.fill(b.lines, inTransit(s.ID))
		})
	}
}

// transform makes a lot out of units, one for each, less what is lost.
func (w *world) transform() {
	if len(w.madeFrom) == 3 {
		w.Skip("enough made")
	}
	l := w.lines()
	who := w.holder(l, []identity{maker, shop})
	var n int64
	for _, x := range l {
		n += x.Count
	}
	lot, made := w.id("M"), rapid.Int64Range(1, n).Draw(w.T, "made")
	r := trace.TransformRequest{Measure: trace.Pieces, Content: 1, Loss: n - made, Output: batch(tea, lot, made)}
	for _, x := range l {
		r.Inputs = append(r.Inputs, trace.Input{Line: x, Content: 1})
	}
	balanced := w.mostly("balanced")
	if !balanced {
		r.Loss++
	}
	pass := balanced && who.name == "maker" &&
		w.all(l, func(lot string, i int64) bool { return w.units[lot][i] == held("maker") && w.free(lot, i) })
	if w.submit(who, trace.Transform, r, pass) {
		w.fill(l, trace.Place{Holder: "maker", State: trace.Consumed})
		w.made(lot, made)
		w.madeFrom[lot] = l
	}
}

// reached says whether a recall names the unit or what it was made from.
func (w *world) reached(r trace.Recall, lot string, index int64) bool {
	for _, l := range r.Scope(lot, int64(len(w.units[lot]))) {
		if l.From <= index && index < l.To() {
			return true
		}
	}
	for _, l := range w.madeFrom[lot] {
		for i := l.From; i < l.To(); i++ {
			if w.reached(r, l.Lot, i) {
				return true
			}
		}
	}
	return false
}
