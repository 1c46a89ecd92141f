package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func receipt(l ...trace.ReceiptLine) trace.ReceiveRequest {
	return trace.ReceiveRequest{ID: "SHIP-2", Lines: l}
}

func got(c trace.Condition, lot string, from, count int64) trace.ReceiptLine {
	return trace.ReceiptLine{Line: line(lot, from, count), Condition: c}
}

var receiptRefusals = []refusal{
	{"of no shipment", shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-NONE"}, trace.ShipmentUnknown, "id"},
	{"by another seller", stall, trace.Receive, trace.ReceiveRequest{ID: "SHIP-2"}, trace.NotReceiver, "id"},
	{"by the sender", maker, trace.Receive, trace.ReceiveRequest{ID: "SHIP-2"}, trace.NotReceiver, "id"},
	{"a second time", shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-1"}, trace.ShipmentReceived, "id"},
	{"a second time by line", shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-1", Lines: []trace.ReceiptLine{got(trace.Good, "A", 0, 1)}}, trace.ShipmentReceived, "id"},
	{"without a condition", shop, trace.Receive, receipt(got("", "A", 40, 1)), trace.FieldInvalid, "lines.condition"},
	{"of the same unit twice", shop, trace.Receive, receipt(got(trace.Good, "A", 40, 2), got(trace.Damaged, "A", 41, 1)), trace.LinesOverlap, "lines"},
	{"of what the sender has sold on", shop, trace.Receive, receipt(got(trace.Good, "A", 0, 1)), trace.NotHolder, "lines"},
	{"of goods of a third party", shop, trace.Receive, receipt(trace.ReceiptLine{Line: trace.Line{GTIN: gtin(rivalPrefix, 1), Lot: "A", Count: 1}, Condition: trace.Good}), trace.NotHolder, "lines"},
	{"missing what was not sent", shop, trace.Receive, receipt(got(trace.Missing, "A", 50, 1)), trace.NotHolder, "lines"},
	{"over, of a lot that was not sent", shop, trace.Receive, receipt(got(trace.Good, "BIG", 0, 1)), trace.NotHolder, "lines"},
	{"beyond the last unit", shop, trace.Receive, receipt(got(trace.Good, "A", 40, 100)), trace.LineOutOfRange, "lines"},
}

// TestReceiptAsListed: no lines mean that all is there and good, recalled units
// included.
func TestReceiptAsListed(t *testing.T) {
	l := newMarket(t)
	e := l.must(shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-2"})
	if diff := cmp.Diff([]trace.ReceiptLine{got(trace.Good, "A", 40, 10), got(trace.Good, "R", 10, 5)}, e.Shipment.Receipt); diff != "" {
		t.Error(diff)
	}
	if !e.Shipment.ReceivedAt.Equal(noon) || len(e.Moves) != 2 {
		t.Errorf("event %+v", e)
	}
	checkHoldings(t, l, "R",
		trace.Holding{Holder: "shop", State: trace.Held, Count: 15},
		trace.Holding{Holder: "maker", State: trace.Held, From: 15, Count: 35})
}

// TestReceiptWithDifferences: of A 40-49 and R 10-14, 40-44 and 50-51 are
// there and good, 45 is broken, and the rest is not there.
func TestReceiptWithDifferences(t *testing.T) {
	l := newMarket(t)
	e := l.must(shop, trace.Receive, receipt(got(trace.Good, "A", 40, 5), got(trace.Damaged, "A", 45, 1), got(trace.Good, "A", 50, 2), got(trace.Missing, "R", 10, 2)))
	want := []trace.ReceiptLine{got(trace.Good, "A", 40, 5), got(trace.Damaged, "A", 45, 1), got(trace.Good, "A", 50, 2),
		got(trace.Missing, "A", 46, 4), got(trace.Missing, "R", 10, 5)}
	if diff := cmp.Diff(want, e.Shipment.Receipt); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(linesOf(want), e.Lines); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]trace.Move{
		{Line: line("A", 40, 5), Source: inTransit("SHIP-2"), Target: held("shop")},
		{Line: line("A", 45, 1), Source: inTransit("SHIP-2"), Target: removed("shop", trace.ReasonDamaged)},
		{Line: line("A", 50, 2), Source: held("maker"), Target: held("shop")},
		{Line: line("A", 46, 4), Source: inTransit("SHIP-2"), Target: removed("SHIP-2", trace.ReasonMissing)},
		{Line: line("R", 10, 5), Source: inTransit("SHIP-2"), Target: removed("SHIP-2", trace.ReasonMissing)},
	}, e.Moves); diff != "" {
		t.Error(diff)
	}
	checkHoldings(t, l, "A",
		trace.Holding{Holder: "shop", State: trace.Sold, Count: 10},
		trace.Holding{Holder: "shop", State: trace.Held, From: 10, Count: 35},
		trace.Holding{Holder: "shop", State: trace.Removed, Reason: trace.ReasonDamaged, From: 45, Count: 1},
		trace.Holding{Holder: "SHIP-2", State: trace.Removed, Reason: trace.ReasonMissing, From: 46, Count: 4},
		trace.Holding{Holder: "shop", State: trace.Held, From: 50, Count: 2},
		trace.Holding{Holder: "maker", State: trace.Held, From: 52, Count: 48})
}

// TestReceiptAcrossTheEdge: one line may name units that were sent and units
// that were not.
func TestReceiptAcrossTheEdge(t *testing.T) {
	l := newMarket(t)
	e := l.must(shop, trace.Receive, receipt(got(trace.Good, "A", 48, 5)))
	if diff := cmp.Diff([]trace.Move{
		{Line: line("A", 48, 2), Source: inTransit("SHIP-2"), Target: held("shop")},
		{Line: line("A", 50, 3), Source: held("maker"), Target: held("shop")},
	}, e.Moves[:2]); diff != "" {
		t.Error(diff)
	}
}

// TestMissingUnitsAreFound: a later receipt of the same shipment books them,
// and nothing else.
func TestMissingUnitsAreFound(t *testing.T) {
	l := newMarket(t)
	l.must(shop, trace.Receive, receipt(got(trace.Good, "A", 40, 5)))
	for name, again := range map[string]trace.ReceiptLine{
		"received before": got(trace.Good, "A", 44, 2), "still missing": got(trace.Missing, "A", 45, 1),
		"over": got(trace.Good, "A", 50, 1), "no batch": got(trace.Good, "NONE", 0, 1),
	} {
		if _, err := l.submit(shop, trace.Receive, receipt(again)); trace.CodeOf(err) != trace.ShipmentReceived {
			t.Errorf("%s: %v", name, err)
		}
	}
	e := l.must(shop, trace.Receive, receipt(got(trace.Good, "A", 45, 2), got(trace.Damaged, "A", 47, 1)))
	if n := len(e.Shipment.Receipt); n != 5 {
		t.Errorf("the receipt has %d lines: %+v", n, e.Shipment.Receipt)
	}
	checkHoldings(t, l, "A",
		trace.Holding{Holder: "shop", State: trace.Sold, Count: 10},
		trace.Holding{Holder: "shop", State: trace.Held, From: 10, Count: 37},
		trace.Holding{Holder: "shop", State: trace.Removed, Reason: trace.ReasonDamaged, From: 47, Count: 1},
		trace.Holding{Holder: "SHIP-2", State: trace.Removed, Reason: trace.ReasonMissing, From: 48, Count: 2},
		trace.Holding{Holder: "maker", State: trace.Held, From: 50, Count: 50})
}
