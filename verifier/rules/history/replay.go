package history

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// replay is the batch as the events so far have left it: its keys of the ledger's state, and what its events tell.
type replay struct {
	batch    trace.HistoryRequest
	newest   map[string]proof.KeyVersion // of the keys that are there
	notes    []trace.HistoryNote
	unnoted  int64
	seen     map[string]bool
	told     map[string][]byte // batch and quality as the last event told them, by key
	places   map[place]map[trace.Stripe]trace.Runs
	recalled []trace.RecalledLine
}

// place is where units are, but for their state.
type place struct{ holder, container string }

func newReplay(batch trace.HistoryRequest) *replay {
	return &replay{
		batch:  batch,
		newest: map[string]proof.KeyVersion{},
		seen:   map[string]bool{},
		told:   map[string][]byte{},
		places: map[place]map[trace.Stripe]trace.Runs{},
	}
}

// kept are the kinds of keys that hold where a batch and its units stand. All that an event writes of them is read by
// the statement.
var kept = []string{"batch", "quality", "recalled", "holding", "unit", "flag", "rulings", "confirmed", "left"}

// kindOf gives the kind of a key that belongs to the batch, "" where it is none.
func (r *replay) kindOf(key string) string {
	kind, rest, _ := strings.Cut(strings.TrimPrefix(key, "\x00"), "\x00")
	if !strings.HasPrefix(key, "\x00") || !strings.HasPrefix(rest, r.batch.GTIN+"\x00"+r.batch.Lot+"\x00") ||
		!slices.Contains(kept, kind) {
		return ""
	}
	return kind
}

func (r *replay) storyKey(txID string) string {
	return "\x00story\x00" + r.batch.GTIN + "\x00" + r.batch.Lot + "\x00" + txID + "\x00"
}

// add takes the next event.
func (r *replay) add(e Event) *proof.Failure {
	for _, step := range []func(Event) *proof.Failure{r.checkEvent, r.checkReads, r.write, r.move} {
		if f := step(e); f != nil {
			return f
		}
	}
	return nil
}

// checkEvent checks that the event is the batch's, and that the contract noted it. Those from before there were notes
// come first.
func (r *replay) checkEvent(e Event) *proof.Failure {
	switch {
	case !slices.Contains(e.Event.Batches(), r.batch):
		return &proof.Failure{Check: CheckEvents, Reason: ReasonNotOfBatch}
	case r.seen[e.TxID]:
		return &proof.Failure{Check: CheckEvents, Reason: ReasonTwice}
	}
	r.seen[e.TxID] = true
	note := trace.HistoryNote{Tx: e.TxID, Event: trace.EventDigest(e.Payload)}
	i := slices.IndexFunc(e.Writes, func(w proof.Write) bool { return w.Key == r.storyKey(e.TxID) })
	switch {
	case i < 0 && len(r.notes) > 0, i >= 0 && string(e.Writes[i].Value) != `"`+note.Event+`"`:
		return &proof.Failure{Check: CheckEvents, Reason: ReasonNotNoted}
	case i < 0:
		r.unnoted++
	default:
		r.notes = append(r.notes, note)
	}
	return nil
}

// checkReads checks that what was read of the batch was the newest that there was.
func (r *replay) checkReads(e Event) *proof.Failure { return r.current(e.Reads) }

func (r *replay) current(reads []proof.Read) *proof.Failure {
	for _, x := range reads {
		if r.kindOf(x.Key) == "" {
			continue
		}
		at, there := r.newest[x.Key]
		if there != (x.Version != nil) || there && at != *x.Version {
			return &proof.Failure{Check: CheckOrder, Reason: ReasonMissing}
		}
	}
	return nil
}

// write makes what the event wrote the newest, and holds it to what the event tells.
func (r *replay) write(e Event) *proof.Failure {
	at := proof.KeyVersion{Block: e.Block, Position: uint64(e.Position)}
	for _, w := range e.Writes {
		kind := r.kindOf(w.Key)
		if kind == "" {
			continue
		}
		if tells := toldKinds[kind]; tells != "" {
			if !bytes.Equal(w.Value, r.objectOf(e.Event, tells, w.Key)) {
				return &proof.Failure{Check: CheckEvents, Reason: ReasonOtherObject}
			}
			r.told[kind+w.Key] = w.Value
		}
		if r.newest[w.Key] = at; w.Value == nil {
			delete(r.newest, w.Key)
		}
	}
	if e.Event.Recall != nil {
		r.recall(e.Event)
	}
	return nil
}

func (r *replay) recall(e trace.Event) {
	switch e.Type {
	case trace.EventRecalled:
		for _, l := range r.ours(e.Lines) {
			r.recalled = append(r.recalled, trace.RecalledLine{Recall: e.Recall.ID, From: l.From, Count: l.Count})
		}
	case trace.EventRecallClosed:
		r.recalled = slices.DeleteFunc(r.recalled, func(x trace.RecalledLine) bool { return x.Recall == e.Recall.ID })
	}
}

// toldKinds are the kinds of keys whose value an event tells whole, and the kind of object that it tells.
var toldKinds = map[string]trace.Kind{"batch": "batch", "quality": "quality", "unit": "owned_unit", "flag": "unit_flag"}

// objectOf gives the canonical JSON of the object that the event tells under a key.
func (r *replay) objectOf(e trace.Event, kind trace.Kind, key string) []byte {
	_, name, _ := strings.Cut(strings.Trim(key, "\x00"), "\x00")
	for _, o := range e.Objects() {
		if o.Kind == kind && o.Key == name {
			data, _ := trace.Marshal(o.Doc)
			return data
		}
	}
	return nil
}

// ours are the lines of the batch.
func (r *replay) ours(lines []trace.Line) []trace.Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l trace.Line) bool {
		return l.GTIN != r.batch.GTIN || l.Lot != r.batch.Lot
	})
}

// move moves units as the contract does: all of a line must be in the one place, and in none after it but the other.
func (r *replay) move(e Event) *proof.Failure {
	for _, m := range e.Event.Moves {
		if m.GTIN != r.batch.GTIN || m.Lot != r.batch.Lot {
			continue
		}
		if m.Count < 1 || m.From < 0 || m.From > trace.MaxIndex || m.Count > trace.MaxIndex ||
			m.Source != (trace.Place{}) && !r.take(m.Line, m.Source) || !r.put(m.Line, m.Target) {
			return &proof.Failure{Check: CheckMoves, Reason: ReasonNotThere}
		}
	}
	return nil
}

func (r *replay) take(l trace.Line, from trace.Place) bool {
	at := place{from.Holder, from.Container}
	for _, s := range trace.StripesOf(l) {
		left, ok := r.places[at][s].Take(s.Local(l), from.State, from.Reason)
		if !ok {
			return false
		}
		if r.places[at][s] = left; len(left) == 0 {
			delete(r.places[at], s)
		}
	}
	return true
}

func (r *replay) put(l trace.Line, to trace.Place) bool {
	at := place{to.Holder, to.Container}
	if r.places[at] == nil {
		r.places[at] = map[trace.Stripe]trace.Runs{}
	}
	for _, s := range trace.StripesOf(l) {
		local := s.Local(l)
		more, ok := r.places[at][s].Add(
			trace.Run{State: to.State, Reason: to.Reason, From: local.From, Count: local.Count},
		)
		if !ok {
			return false
		}
		r.places[at][s] = more
	}
	return true
}

// holdings are where the events have put all units, in the units' order.
func (r *replay) holdings() []trace.Holding {
	var all []trace.Holding
	for at, stripes := range r.places {
		for _, x := range trace.JoinStripes(stripes) {
			all = append(
				all,
				trace.Holding{Holder: at.holder, State: x.State, Reason: x.Reason, Container: at.container,
					From: x.From, Count: x.Count},
			)
		}
	}
	return joined(all)
}

// joined puts holdings in order, and neighbours in the same place together: a ledger from before there were stripes
// may tell them apart.
func joined(all []trace.Holding) (out []trace.Holding) {
	all = slices.SortedFunc(slices.Values(all), func(a, b trace.Holding) int { return cmp.Compare(a.From, b.From) })
	for _, h := range all {
		if n := len(out); n > 0 {
			last := out[n-1]
			if next := h; last.From+last.Count == h.From {
				next.From, next.Count = last.From, last.Count
				if next == last {
					out[n-1].Count += h.Count
					continue
				}
			}
		}
		out = append(out, h)
	}
	return out
}

// complete compares the events with what was stated of all of them.
func (r *replay) complete(h trace.HistoryRoot, reads []proof.Read) *proof.Failure {
	fail := func(reason proof.Reason) *proof.Failure { return &proof.Failure{Check: CheckComplete, Reason: reason} }
	if len(r.seen) == 0 || r.told["batch"+r.key("batch")] == nil {
		return fail(ReasonUnregistered)
	}
	if h.Count != int64(len(r.notes)) {
		return fail(ReasonOtherCount)
	}
	if h.Root != rootOf(r.notes) {
		return fail(ReasonOtherEvents)
	}
	if f := r.current(reads); f != nil {
		return fail(f.Reason)
	}
	read := map[string]bool{}
	for _, x := range reads {
		read[x.Key] = true
	}
	for key := range r.newest {
		if !read[key] {
			return fail(ReasonKeyUnread)
		}
	}
	return nil
}

// standing compares what the events make of the batch with what was stated of it.
func (r *replay) standing(h trace.HistoryRoot) *proof.Failure {
	var batch trace.Batch
	quality, recalled := []byte("null"), slices.Clone(r.recalled)
	if told := r.told["quality"+r.key("quality")]; told != nil {
		quality = told
	}
	stated, err := trace.Marshal(h.Quality)
	byRecall := func(a, b trace.RecalledLine) int {
		return cmp.Or(cmp.Compare(a.Recall, b.Recall), cmp.Compare(a.From, b.From), cmp.Compare(a.Count, b.Count))
	}
	slices.SortFunc(recalled, byRecall)
	if err != nil || json.Unmarshal(r.told["batch"+r.key("batch")], &batch) != nil || !same(batch, h.Batch) ||
		!bytes.Equal(stated, quality) ||
		!slices.Equal(recalled, slices.SortedFunc(slices.Values(h.Recalled), byRecall)) ||
		!slices.Equal(r.holdings(), joined(h.Holdings)) {
		return &proof.Failure{Check: CheckStanding, Reason: ReasonOtherEnd}
	}
	return nil
}

func same(a, b any) bool {
	x, err := trace.Marshal(a)
	y, err2 := trace.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(x, y)
}

func (r *replay) key(kind string) string {
	return "\x00" + kind + "\x00" + r.batch.GTIN + "\x00" + r.batch.Lot + "\x00"
}

// rootOf is the root that the contract answers over its notes.
func rootOf(notes []trace.HistoryNote) string {
	notes = slices.SortedFunc(slices.Values(notes), func(a, b trace.HistoryNote) int { return cmp.Compare(a.Tx, b.Tx) })
	tree := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for _, n := range notes {
		leaf, err := trace.Marshal(n)
		if err != nil || tree.Append(rfc6962.DefaultHasher.HashLeaf(leaf), nil) != nil {
			return ""
		}
	}
	if len(notes) == 0 {
		return hex.EncodeToString(rfc6962.DefaultHasher.EmptyRoot())
	}
	root, err := tree.GetRootHash(nil)
	if err != nil {
		return ""
	}
	return hex.EncodeToString(root)
}
