package contract

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// noted is an event of a batch as a reader of blocks would count it.
type noted struct {
	batch trace.HistoryRequest
	note  trace.HistoryNote
}

// tell counts an event that was committed, apart from what the contract notes of it.
func (l *ledger) tell(txID string, e trace.Event, payload []byte) {
	for _, x := range e.Lines {
		t := noted{
			trace.HistoryRequest{GTIN: x.GTIN, Lot: x.Lot},
			trace.HistoryNote{Tx: txID, Event: trace.EventDigest(payload)},
		}
		if !slices.Contains(l.told, t) {
			l.told = append(l.told, t)
		}
	}
}

// ofABatch are the kinds of keys that hold what a batch went through, named by GTIN and lot.
var ofABatch = []string{"batch", "quality", "recalled", "holding", "unit", "flag", "rulings", "confirmed", "left",
	"returned", "transformation", "story"}

// wantOfItsBatches holds a transaction to what makes a history whole: whatever it writes or moves of a batch, its event
// is about that batch.
func (c *call) wantOfItsBatches(name trace.Transaction, e trace.Event) {
	c.l.t.Helper()
	about := e.Batches()
	for k := range c.Writes {
		parts := strings.Split(strings.TrimPrefix(k, "\x00"), "\x00")
		if slices.Contains(ofABatch, parts[0]) &&
			!slices.Contains(about, trace.HistoryRequest{GTIN: parts[1], Lot: parts[2]}) {
			c.l.t.Fatalf("%s writes %q, and its event is not about that batch", name, k)
		}
	}
	for _, m := range e.Moves {
		if !slices.Contains(about, trace.HistoryRequest{GTIN: m.GTIN, Lot: m.Lot}) {
			c.l.t.Fatalf("%s moves %+v, and its event is not about that batch", name, m)
		}
	}
}

// stateHistory has the ledger state a batch's history.
func (l *ledger) stateHistory(gtin, lot string) (*call, trace.HistoryRoot, error) {
	l.t.Helper()
	request, err := trace.Marshal(trace.HistoryRequest{GTIN: gtin, Lot: lot})
	if err != nil {
		l.t.Fatal(err)
	}
	c, payload, err := l.invoke(auditor, string(trace.StateHistory), string(request))
	if err != nil {
		return c, trace.HistoryRoot{}, err
	}
	var h trace.HistoryRoot
	return c, h, trace.Unmarshal(payload, &h)
}

// wantHistory compares what the ledger states of a batch with the events that were committed and with its other answers.
func (l *ledger) wantHistory(gtin, lot string) {
	l.t.Helper()
	c, h, err := l.stateHistory(gtin, lot)
	if err != nil {
		l.t.Fatal(err)
	}
	var notes []trace.HistoryNote
	for _, x := range l.told {
		if x.batch == (trace.HistoryRequest{GTIN: gtin, Lot: lot}) {
			notes = append(notes, x.note)
		}
	}
	if root := rootOver(notes); h.Count != int64(len(notes)) || h.Root != root {
		l.t.Fatalf(
			"lot %s: %d events with root %s; %d were committed, with root %s",
			lot,
			h.Count,
			h.Root,
			len(notes),
			root,
		)
	}
	holdings, err := query[[]trace.Holding](l, auditor, trace.GetHoldings, gtin, lot)
	if err != nil || fmt.Sprint(holdings) != fmt.Sprint(h.Holdings) {
		l.t.Fatalf("lot %s: holdings %v, and %v stated: %v", lot, holdings, h.Holdings, err)
	}
	for k := range l.state {
		parts := strings.Split(strings.TrimPrefix(k, "\x00"), "\x00")
		if slices.Contains(append(singly, "batch", "quality", "recalled", "confirmed", "left"), parts[0]) &&
			parts[1] == gtin && parts[2] == lot && !c.Singly[k] {
			l.t.Fatalf("lot %s: %q was not read by itself", lot, k)
		}
	}
}

// rootOver is RFC 6962's tree in the words of its section 2.1.
func rootOver(notes []trace.HistoryNote) string {
	slices.SortFunc(notes, func(a, b trace.HistoryNote) int { return cmp.Compare(a.Tx, b.Tx) })
	var leaves [][]byte
	for _, n := range notes {
		leaves = append(leaves, rfc6962.DefaultHasher.HashLeaf(fmt.Appendf(nil, `{"tx":%q,"event":%q}`, n.Tx, n.Event)))
	}
	return hex.EncodeToString(treeOf(leaves))
}

func treeOf(leaves [][]byte) []byte {
	switch len(leaves) {
	case 0:
		return rfc6962.DefaultHasher.EmptyRoot()
	case 1:
		return leaves[0]
	}
	k := 1
	for 2*k < len(leaves) {
		k *= 2
	}
	return rfc6962.DefaultHasher.HashChildren(treeOf(leaves[:k]), treeOf(leaves[k:]))
}

// TestHistory: every lot of a market with everything in it.
func TestHistory(t *testing.T) {
	l := newMarket(t)
	l.must(maker, trace.Sell, selling(line("A", 61, 1)))
	for _, lot := range []string{"A", "R", "BIG"} {
		l.wantHistory(tea, lot)
	}
	if _, _, err := l.stateHistory(tea, "NONE"); trace.CodeOf(err) != trace.BatchUnknown {
		t.Errorf("of no batch: %v", err)
	}
	if _, err := query[any](l, auditor, trace.StateHistory, `{"gtin": "1", "lot": "A"}`); err == nil {
		t.Error("of no GTIN")
	}
	l.at = l.at.Add(time.Hour)
	if _, _, err := l.stateHistory(tea, "A"); trace.CodeOf(err) != trace.ClockSkew {
		t.Errorf("of another time: %v", err)
	}
}

// TestHistoryFromBefore: events from before any were noted are not counted, and the batch's later ones are.
func TestHistoryFromBefore(t *testing.T) {
	l := newMarket(t)
	for k := range l.state {
		if strings.HasPrefix(k, "\x00story\x00") {
			delete(l.state, k)
		}
	}
	l.told = nil
	l.wantHistory(tea, "A")
	l.must(maker, trace.Sell, selling(line("A", 61, 1)))
	if l.wantHistory(tea, "A"); len(l.told) != 1 {
		t.Errorf("%d events", len(l.told))
	}
}

// TestManyWritersNoteTheirEvents: what notes an event is read by no transaction that writes, so nobody waits for it.
func TestManyWritersNoteTheirEvents(t *testing.T) {
	l := newMarket(t)
	text, err := trace.Marshal(selling(line("A", 61, 1)))
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := l.invoke(maker, string(trace.Sell), string(text))
	if err != nil {
		t.Fatal(err)
	}
	notes := 0
	for k := range c.Writes {
		if strings.HasPrefix(k, "\x00story\x00") {
			notes++
		}
	}
	for k := range c.Reads {
		if strings.HasPrefix(k, "\x00story\x00") {
			t.Errorf("reads %q", k)
		}
	}
	if notes != 1 {
		t.Errorf("%d notes", notes)
	}
}
