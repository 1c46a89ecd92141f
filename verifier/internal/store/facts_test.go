package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/facts"
	"github.com/touchstone-trace/touchstone/verifier/rules/history/historytest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// history is a story on the real contract, and the read model that is written from its events.
type history struct {
	*historytest.Story
	l *verifiertest.Ledger
}

func (h *history) records(u verdict.Unit) *verdict.Records {
	r, err := h.l.Store.Records(context.Background(), u)
	if err != nil {
		h.Fatal(err)
	}
	return r
}

// TestRecordsTellTheLedgersFacts: whatever happens on the ledger, the facts made of
// the read model are what the contract states, byte for byte.
func TestRecordsTellTheLedgersFacts(t *testing.T) {
	taken := map[trace.Transaction]int{}
	for _, seed := range []uint64{1, uint64(time.Now().UnixNano())} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			l := verifiertest.NewLedger(t)
			h := &history{
				&historytest.Story{TB: t, Rand: rand.New(rand.NewPCG(seed, 0)), L: l, Taken: taken},
				l,
			}
			h.Begin(l.Now)
			for range 5 {
				for range 40 {
					h.Step()
				}
				h.compare()
			}
		})
	}
	for _, name := range []trace.Transaction{trace.Dispatch, trace.Receive, trace.Sell, trace.StartRecall, trace.HoldBatch, trace.Pack, trace.RecordInspection, trace.DecideComplaint} {
		if taken[name] == 0 {
			t.Errorf("no %s was taken: %v", name, taken)
		}
	}
}

func (h *history) compare() {
	for i := range historytest.Lots {
		for from := int64(0); from < historytest.Size; from += trace.MaxFacts {
			var ours []trace.Facts
			var request trace.FactsRequest
			for n := range int64(trace.MaxFacts) {
				u := verdict.Unit{GTIN: historytest.Tea, Lot: fmt.Sprint("L", i), Index: from + n}
				f := facts.Of(h.records(u), u)
				ours, request.Units = append(ours, f), append(request.Units, facts.Asked(f))
			}
			text, err := trace.Marshal(request)
			if err != nil {
				h.Fatal(err)
			}
			theirs, err := h.l.Query(trace.GetFacts, string(text))
			if err != nil {
				h.Fatal(err)
			}
			same, err := trace.Marshal(ours)
			if err != nil {
				h.Fatal(err)
			}
			if !slices.Equal(same, theirs) {
				var all []trace.Facts
				_ = json.Unmarshal(theirs, &all)
				h.Fatalf("the ledger (+) states something else than the records (-): %s", cmp.Diff(ours, all))
			}
		}
	}
}
