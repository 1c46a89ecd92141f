package history_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/rwset/kvrwset"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/history"
	"github.com/touchstone-trace/touchstone/verifier/rules/history/historytest"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// file is a history taken apart.
type file struct {
	head  history.Head
	parts []history.Part
}

func takenApart(t testing.TB, data []byte) (f file) {
	t.Helper()
	lines := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	if err := json.Unmarshal(lines[0], &f.head); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		var p history.Part
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatal(err)
		}
		f.parts = append(f.parts, p)
	}
	return f
}

func (f file) bytes(t testing.TB) []byte {
	t.Helper()
	head, err := trace.Marshal(f.head)
	out := [][]byte{head}
	for _, p := range f.parts {
		line, err2 := trace.Marshal(p)
		err = errors.Join(err, err2)
		out = append(out, line)
	}
	if err != nil {
		t.Fatal(err)
	}
	return append(bytes.Join(out, []byte("\n")), '\n')
}

func (f file) with(parts ...history.Part) file { return file{f.head, parts} }

// without gives the file with one of a block's events left out as somebody would who knows the format: the block is
// still in the chain.
func (f file) without(part, event int) file {
	parts := slices.Clone(f.parts)
	b := *parts[part].Block
	b.Events = slices.Delete(slices.Clone(b.Events), event, event+1)
	if parts[part].Block = &b; len(b.Events) == 0 {
		parts[part] = history.Part{Between: []proof.Hash{dataHash(b)}}
	}
	return f.with(parts...)
}

// wantFailure says that a file fails with a reason of the catalogue.
func wantFailure(t *testing.T, l *historytest.Ledger, data []byte, o history.Options, reasons ...proof.Reason) {
	t.Helper()
	r, err := verify(l, data, o)
	var f *history.Failure
	if !errors.As(err, &f) {
		t.Fatalf("not refused, with %d events: %v", r.Events, err)
	}
	if history.Reasons[f.Reason].En == "" || history.Titles[f.Check].En == "" || slices.Contains(r.Passed, f.Check) ||
		!slices.Contains(history.Checks, f.Check) {
		t.Errorf("%v: the check or its reason has no name, or passed", f)
	}
	if len(reasons) > 0 && !slices.Contains(reasons, f.Reason) {
		t.Errorf("%v, want %v", f, reasons)
	}
}

// small is a ledger with a few events of each lot.
func small(t *testing.T) *historytest.Ledger {
	t.Helper()
	return story(t, 7, 120)
}

// TestNothingIsLeftOut: each event is left out, by each way there is; each line is left out, given twice, and put
// behind the next one.
func TestNothingIsLeftOut(t *testing.T) {
	l := small(t)
	whole := takenApart(t, l.File(lot(0), 1))
	for i, p := range whole.parts {
		if p.Block != nil {
			for e := range p.Block.Events {
				wantFailure(t, l, whole.without(i, e).bytes(t), history.Options{})
			}
		}
		wantFailure(t, l, whole.with(slices.Delete(slices.Clone(whole.parts), i, i+1)...).bytes(t), history.Options{})
		wantFailure(t, l, whole.with(slices.Insert(slices.Clone(whole.parts), i, p)...).bytes(t), history.Options{})
		if i+1 < len(whole.parts) {
			swapped := slices.Clone(whole.parts)
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			wantFailure(t, l, whole.with(swapped...).bytes(t), history.Options{})
		}
	}
}

// TestWithoutNotesNothingIsLeftOut: what was read holds a history that the contract took no notes of, but for what
// wrote only itself.
func TestWithoutNotesNothingIsLeftOut(t *testing.T) {
	for seed := range uint64(6) {
		l := historytest.New(t)
		l.Unnoted = true
		h := begin(t, l, seed, 120)
		data := l.File(lot(0), 1)
		r, err := verify(l, data, history.Options{})
		if err != nil || r.Unnoted != r.Events || r.Events < 5 {
			t.Fatalf("%v, %d of %d events unnoted", err, r.Unnoted, r.Events)
		}
		whole, left := takenApart(t, data), 0
		for i, p := range whole.parts {
			if p.Block == nil {
				continue
			}
			told, ok := proof.ReadTold(p.Block.Envelopes[p.Block.Events[0]], historytest.Contract)
			if !ok {
				t.Fatal("unreadable")
			}
			_, err := verify(l, whole.without(i, 0).bytes(t), history.Options{})
			if wroteOnlyItself := told.Event.Complaint != nil &&
				len(told.Event.Moves) == 0; err == nil &&
				!wroteOnlyItself {
				t.Errorf("seed %d: %s can be left out", seed, told.Event.Type)
			} else if err != nil {
				left++
			}
		}
		if left < 5 {
			t.Errorf("%d events tried", left)
		}
		// The contract begins to take notes.
		l.Unnoted = false
		for range 60 {
			h.Step()
		}
		if again, err := verify(l, l.File(lot(0), 1), history.Options{}); err != nil || again.Unnoted != r.Unnoted ||
			again.Events <= r.Events {
			t.Errorf("seed %d: %v, %d of %d events unnoted", seed, err, again.Unnoted, again.Events)
		}
	}
}

// TestNothingIsAdded: what is not the lot's, or was not valid, or comes after what the organisations counted.
func TestNothingIsAdded(t *testing.T) {
	l := small(t)
	earlier := l.Statement(lot(0), nil)
	l.Raced(trace.ProducerMSP, "maker", trace.HoldBatch, hold(0))
	l.Raced(trace.ProducerMSP, "maker", trace.HoldBatch, hold(1))
	if _, err := l.Submit(trace.ProducerMSP, "maker", trace.HoldBatch, hold(0)); err != nil {
		t.Fatal(err)
	}
	data := l.File(lot(0), 1)
	if _, err := verify(l, data, history.Options{}); err != nil {
		t.Fatal(err)
	}
	whole := takenApart(t, data)
	at := slices.IndexFunc(
		whole.parts, func(p history.Part) bool { return p.Block != nil && len(p.Block.Envelopes) == 3 },
	)
	added := func(events ...int) []byte {
		f := whole.with(slices.Clone(whole.parts)...)
		b := *f.parts[at].Block
		b.Events = events
		f.parts[at].Block = &b
		return f.bytes(t)
	}
	wantFailure(t, l, added(1, 2), history.Options{}, history.ReasonNotOfBatch)
	wantFailure(t, l, added(0, 2), history.Options{}, history.ReasonMissing)
	wantFailure(t, l, added(0), history.Options{}, history.ReasonOtherEvents, history.ReasonMissing)
	wantFailure(t, l, added(2, 2), history.Options{}, history.ReasonNotAHistory)
	wantFailure(t, l, added(3), history.Options{}, history.ReasonNotAHistory)
	wantFailure(t, l, added(), history.Options{}, history.ReasonNotAHistory)

	later := whole.with(whole.parts...)
	later.head.Statement = earlier
	wantFailure(t, l, later.bytes(t), history.Options{}, history.ReasonOtherCount)
	if _, err := verify(l, l.FileOf(earlier, 1), history.Options{}); err != nil {
		t.Errorf("a history up to an earlier time: %v", err)
	}
}

func hold(i int) trace.QualityRequest {
	return trace.QualityRequest{GTIN: lot(i).GTIN, Lot: lot(i).Lot, Reason: trace.Text{ZhCN: "查", En: "check"}}
}

// TestEveryByteOfAHistory: each byte matters. In short mode every seventeenth is changed.
func TestEveryByteOfAHistory(t *testing.T) {
	l := historytest.New(t)
	begin(t, l, 3, 4)
	data := l.File(lot(2), 1)
	if _, err := verify(l, data, history.Options{}); err != nil {
		t.Fatal(err)
	}
	step := 5
	if testing.Short() {
		step = 17 * 5
	}
	for i := 0; i < len(data); i += step {
		changed := slices.Clone(data)
		changed[i] ^= 1
		if _, err := verify(l, changed, history.Options{}); err == nil {
			t.Fatalf("byte %d of %d can be changed, in %q", i, len(data), data[max(0, i-30):i+30])
		}
	}
	for i := 0; i < len(data); i += 97 {
		wantFailure(t, l, data[:i], history.Options{}, history.ReasonCut)
	}
	for _, more := range []string{"\n", "x", string(data), " "} {
		wantFailure(t, l, slices.Concat(data, []byte(more)), history.Options{}, history.ReasonCut)
	}
}

// TestBlocksThatAreTrusted: the chain goes through them, wherever in it they are.
func TestBlocksThatAreTrusted(t *testing.T) {
	l := small(t)
	var heads []proof.Head
	for _, b := range l.Chain.Blocks {
		heads = append(heads, proof.HeadOf(b.GetHeader()))
	}
	data, last := l.File(lot(0), 5), len(heads)-1
	r, err := verify(l, data, history.Options{Heads: []proof.Head{heads[4], heads[5], heads[last], heads[9]}})
	if err != nil || r.First != heads[4] || r.Last != heads[last] || r.Blocks != uint64(last-4) {
		t.Errorf("%v: from %v to %v, %d blocks", err, r.First, r.Last, r.Blocks)
	}
	wantFailure(t, l, data, history.Options{Heads: heads[3:4]}, history.ReasonHeadNotIn)
	for _, number := range []uint64{4, 5, 9, uint64(last)} {
		other := []proof.Head{{Number: number, Hash: heads[0].Hash}}
		wantFailure(t, l, data, history.Options{Heads: other}, history.ReasonOtherHead)
	}
	wantFailure(t, l, data, history.Options{Heads: []proof.Head{{Number: uint64(last) + 1}}}, history.ReasonHeadNotIn)
	wantFailure(t, l, data, history.Options{Heads: []proof.Head{heads[7], {Number: 7}}}, history.ReasonOtherHead)
	if _, err := verify(l, l.File(lot(0), 0), history.Options{Heads: heads[:1]}); err != nil {
		t.Errorf("from the channel's first block: %v", err)
	}
}

// TestStatements: what the organisations sign decides.
func TestStatements(t *testing.T) {
	l := small(t)
	for name, test := range map[string]struct {
		change func(*trace.HistoryRoot, *kvrwset.KVRWSet)
		reason proof.Reason
	}{
		"another count": {func(h *trace.HistoryRoot, _ *kvrwset.KVRWSet) { h.Root = "00" }, history.ReasonOtherEvents},
		"another lot":   {func(h *trace.HistoryRoot, _ *kvrwset.KVRWSet) { h.Lot = "L1" }, history.ReasonOtherBatch},
		"another time":  {func(h *trace.HistoryRoot, _ *kvrwset.KVRWSet) { h.At = h.At.Add(1e9) }, history.ReasonOtherBatch},
		"another end":   {func(h *trace.HistoryRoot, _ *kvrwset.KVRWSet) { h.Holdings[0].Holder = "rival" }, history.ReasonOtherEnd},
		"fewer units":   {func(h *trace.HistoryRoot, _ *kvrwset.KVRWSet) { h.Holdings = h.Holdings[1:] }, history.ReasonOtherEnd},
		"another recall": {func(h *trace.HistoryRoot, _ *kvrwset.KVRWSet) {
			h.Recalled = append(h.Recalled, trace.RecalledLine{Recall: "R"})
		}, history.ReasonOtherEnd},
		"another batch": {func(h *trace.HistoryRoot, _ *kvrwset.KVRWSet) { h.Batch.Quantity++ }, history.ReasonOtherEnd},
		"other quality": {func(h *trace.HistoryRoot, _ *kvrwset.KVRWSet) { h.Quality = &trace.Quality{Inspection: "I"} }, history.ReasonOtherEnd},
		"a key unread":  {func(_ *trace.HistoryRoot, s *kvrwset.KVRWSet) { s.Reads = s.Reads[1:]; s.RangeQueriesInfo = nil }, history.ReasonKeyUnread},
		"another version": {func(_ *trace.HistoryRoot, s *kvrwset.KVRWSet) {
			for _, r := range s.Reads {
				if r.Version != nil {
					r.Version = &kvrwset.Version{BlockNum: r.Version.BlockNum, TxNum: r.Version.TxNum + 1}
					return
				}
			}
		}, history.ReasonMissing},
	} {
		t.Run(name, func(t *testing.T) {
			f := takenApart(t, l.File(lot(0), 1))
			f.head.Statement = l.Statement(lot(0), test.change)
			wantFailure(t, l, f.bytes(t), history.Options{}, test.reason)
		})
	}
	data := l.File(lot(0), 1)
	wantFailure(t, l, data, history.Options{Batch: lot(1)}, history.ReasonOtherBatch)
	wantFailure(t, l, data, history.Options{MaxAge: time.Second}, proof.ReasonTooOld)
	other := takenApart(t, data)
	other.head.Lot = "L1"
	wantFailure(t, l, other.bytes(t), history.Options{}, history.ReasonOtherBatch)

	alone := historytest.New(t)
	begin(t, alone, 7, 10)
	alone.Network.Endorsers = alone.Network.Endorsers[:1]
	wantFailure(t, alone, alone.File(lot(0), 1), history.Options{}, proof.ReasonTooFewEndorsers)
}

// TestEventsThatLie: what organisations endorsed against the contract's rules is found, as long as those who state the
// end do not lie as well.
func TestEventsThatLie(t *testing.T) {
	held := trace.Place{Holder: "maker", State: trace.Held}
	units := trace.Line{GTIN: lot(0).GTIN, Lot: "L0", From: 0, Count: 2}
	sold := trace.Event{Type: trace.EventSold, Lines: []trace.Line{units}}
	moving := func(moves ...trace.Move) trace.Event {
		e := sold
		e.Moves = moves
		return e
	}
	elsewhere := trace.Move{Line: units, Source: trace.Place{Holder: "nobody", State: trace.Held}, Target: held}
	for name, test := range map[string]struct {
		event  trace.Event
		note   string // "right", "none", or what it is
		writes map[string]string
		reason proof.Reason
	}{
		"without a note":                   {sold, "none", nil, history.ReasonNotNoted},
		"with another's":                   {sold, `"00"`, nil, history.ReasonNotNoted},
		"of a batch that it does not tell": {sold, "right", map[string]string{"batch": "{}"}, history.ReasonOtherObject},
		"of units that are elsewhere":      {moving(elsewhere), "right", nil, history.ReasonNotThere},
		"of units that are there already":  {moving(trace.Move{Line: units, Target: held}), "right", nil, history.ReasonNotThere},
		"that nobody counted":              {sold, "right", nil, history.ReasonOtherEvents},
	} {
		t.Run(name, func(t *testing.T) {
			l := historytest.New(t)
			begin(t, l, 7, 0)
			l.Forge(lot(0), test.event, test.note, test.writes)
			wantFailure(t, l, l.FileOf(l.Statement(lot(0), func(h *trace.HistoryRoot, _ *kvrwset.KVRWSet) {
				if h.Count++; test.note == "none" {
					h.Count--
				}
			}), 1), history.Options{}, test.reason)
		})
	}
}

// TestAnEventIsOnTheLedgerOnce: orderers order again what somebody sends again, and peers do not count it.
func TestAnEventIsOnTheLedgerOnce(t *testing.T) {
	l := historytest.New(t)
	begin(t, l, 7, 0)
	units := trace.Line{GTIN: lot(0).GTIN, Lot: "L0", From: 0, Count: 2}
	l.Chain.Add(l.Forge(lot(0), trace.Event{Type: trace.EventSold, Lines: []trace.Line{units}}, "right", nil))
	statement := l.Statement(lot(0), func(h *trace.HistoryRoot, _ *kvrwset.KVRWSet) { h.Count += 2 })
	wantFailure(t, l, l.FileOf(statement, 1), history.Options{}, history.ReasonTwice)
}

func dataHash(b history.Block) proof.Hash {
	return sha256.Sum256(slices.Concat(b.Envelopes...))
}
