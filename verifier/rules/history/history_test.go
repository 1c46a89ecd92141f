package history_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/history"
	"github.com/touchstone-trace/touchstone/verifier/rules/history/historytest"
)

func lot(i int) trace.HistoryRequest {
	return trace.HistoryRequest{GTIN: historytest.Tea, Lot: fmt.Sprint("L", i)}
}

// story lets things happen on a ledger.
func story(t *testing.T, seed uint64, steps int) *historytest.Ledger {
	t.Helper()
	l := historytest.New(t)
	begin(t, l, seed, steps)
	return l
}

// begin lets things happen, and gives who makes them up.
func begin(t *testing.T, l *historytest.Ledger, seed uint64, steps int) *historytest.Story {
	t.Helper()
	h := &historytest.Story{
		TB:    t,
		Rand:  rand.New(rand.NewPCG(seed, 0)),
		L:     l,
		Taken: map[trace.Transaction]int{},
	}
	h.Begin(l.Network.At)
	for range steps {
		h.Step()
	}
	return h
}

func verify(l *historytest.Ledger, file []byte, o history.Options) (history.Report, error) {
	return history.Verify(bytes.NewReader(file), l.Network.Trust, o)
}

// TestAStoryIsProved: whatever happens on the ledger, the history of each lot is proved, and tells where the contract
// says that the units are.
func TestAStoryIsProved(t *testing.T) {
	for _, seed := range []uint64{1, uint64(time.Now().UnixNano())} {
		l := story(t, seed, 300)
		for i := range historytest.Lots {
			events := 0
			r, err := verify(
				l, l.File(lot(i), 0), history.Options{Batch: lot(i), Each: func(history.Event) { events++ }},
			)
			if err != nil || r.Events != int64(events) || events < 10 || r.Unnoted != 0 {
				t.Fatalf("seed %d, lot %d: %v with %d events, %d told", seed, i, err, r.Events, events)
			}
			holdings, err := l.Query(trace.GetHoldings, historytest.Tea, lot(i).Lot)
			if told, err2 := trace.Marshal(r.Holdings); errors.Join(err, err2) != nil || !bytes.Equal(told, holdings) {
				t.Errorf("seed %d, lot %d: %s, and the contract says %s", seed, i, told, holdings)
			}
		}
	}
}
