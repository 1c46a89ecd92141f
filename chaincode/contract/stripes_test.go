package contract

import (
	"fmt"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// meetings counts the transactions, all under way at the same moment, that have read
// what an earlier one writes: those that would be endorsed again.
func meetings(t *testing.T, l *ledger, writers int, name trace.Transaction, request func(i int) any) (met int) {
	t.Helper()
	written := map[string]bool{}
	for i := range writers {
		text, err := trace.Marshal(request(i))
		if err != nil {
			t.Fatal(err)
		}
		c, _, err := l.invoke(maker, string(name), string(text))
		if err != nil {
			t.Fatal(err)
		}
		for k := range c.Reads {
			if written[k] {
				met++
				break
			}
		}
		for k := range c.Writes {
			written[k] = true
		}
	}
	return met
}

// TestUnitsOfOneLotMeetSeldom: of those who handle disjoint units of one lot at
// once, as many get through as there are stripes.
func TestUnitsOfOneLotMeetSeldom(t *testing.T) {
	l := newMarket(t)
	l.must(platform, trace.ApproveBatch, trace.BatchRequest{GTIN: tea, Lot: "BIG"})
	l.must(maker, trace.Sell, selling(line("BIG", 1000, 1))) // the first to leave writes that the lot has left
	const writers = 64
	sales := meetings(t, l, writers, trace.Sell, func(i int) any { return selling(line("BIG", int64(8*i), 1)) })
	if sales > writers-trace.Stripes {
		t.Errorf("%d of %d sales meet", sales, writers)
	}
	shipments := meetings(t, l, writers, trace.Dispatch, func(i int) any {
		return trace.DispatchRequest{ID: fmt.Sprint("CROWD-", i), To: "shop", Lines: lines(line("BIG", int64(8*i), 8))}
	})
	if shipments > writers-trace.Stripes {
		t.Errorf("%d of %d shipments meet", shipments, writers)
	}
}

// TestHoldingsFromBefore: what a ledger held in one key, before there were
// stripes, can be sold, shipped and counted, and none of it twice.
func TestHoldingsFromBefore(t *testing.T) {
	l := newMarket(t)
	l.must(platform, trace.ApproveBatch, trace.BatchRequest{GTIN: tea, Lot: "BIG"})
	everything := line("BIG", 0, 1001)
	for _, p := range parts(everything, held("maker")) {
		composed, err := p.key.compose()
		if err != nil {
			t.Fatal(err)
		}
		delete(l.state, composed)
	}
	l.store(
		holdingKey(everything, held("maker")),
		trace.Runs{{State: trace.Held, From: 0, Count: 1000}, {State: trace.Sold, From: 1000, Count: 1}},
	)
	l.must(maker, trace.Return, trace.ReturnRequest{Lines: lines(line("BIG", 1000, 1)), Condition: trace.Good})
	l.must(maker, trace.Sell, selling(line("BIG", 300, 5)))
	if _, err := l.submit(maker, trace.Sell, selling(line("BIG", 304, 5))); trace.CodeOf(err) != trace.NotHolder {
		t.Errorf("sold twice: %v", err)
	}
	all, err := query[[]trace.Holding](l, auditor, trace.GetHoldings, tea, "BIG")
	want := "[{maker held   0 300} {maker sold   300 5} {maker held   305 696}]"
	if got := fmt.Sprint(all); err != nil || got != want {
		t.Errorf("holdings %s, want %s: %v", got, want, err)
	}
}
