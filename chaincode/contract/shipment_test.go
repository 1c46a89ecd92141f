package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func send(to string, l ...trace.Line) trace.DispatchRequest {
	return trace.DispatchRequest{ID: "SHIP-NEW", To: to, Lines: l}
}

var shipmentRefusals = []refusal{
	{
		"with a taken number",
		maker,
		trace.Dispatch,
		trace.DispatchRequest{ID: "SHIP-1", To: "shop", Lines: lines(line("A", 50, 1))},
		trace.ShipmentExists,
		"id",
	},
	{
		"with an odd number",
		maker,
		trace.Dispatch,
		trace.DispatchRequest{ID: "ship 1", To: "shop", Lines: lines(line("A", 50, 1))},
		trace.FieldInvalid,
		"id",
	},
	{"of nothing", maker, trace.Dispatch, send("shop"), trace.LinesMissing, "lines"},
	{
		"of the same unit twice",
		maker,
		trace.Dispatch,
		send("shop", line("A", 50, 2), line("A", 51, 1)),
		trace.LinesOverlap,
		"lines",
	},
	{"of no units", maker, trace.Dispatch, send("shop", line("A", 50, 0)), trace.QuantityInvalid, "lines.count"},
	{
		"from before the first unit",
		maker,
		trace.Dispatch,
		send("shop", line("A", -1, 2)),
		trace.QuantityInvalid,
		"lines.count",
	},
	{"beyond the last unit", maker, trace.Dispatch, send("shop", line("A", 99, 2)), trace.LineOutOfRange, "lines"},
	{"of an unknown batch", maker, trace.Dispatch, send("shop", line("NONE", 0, 1)), trace.BatchUnknown, "lot"},
	{
		"of more lines than allowed",
		maker,
		trace.Dispatch,
		send("shop", make([]trace.Line, trace.MaxLines+1)...),
		trace.FieldInvalid,
		"lines",
	},
	{"to nobody", maker, trace.Dispatch, send("nobody", line("A", 50, 1)), trace.PartyUnknown, "to"},
	{"to itself", maker, trace.Dispatch, send("maker", line("A", 50, 1)), trace.ReceiverInvalid, "to"},
	{"to an auditor", maker, trace.Dispatch, send("auditor", line("A", 50, 1)), trace.ReceiverInvalid, "to"},
	{"to an applicant", maker, trace.Dispatch, send("applicant", line("A", 50, 1)), trace.ReceiverInvalid, "to"},
	{"to a suspended party", maker, trace.Dispatch, send("barred", line("A", 50, 1)), trace.ReceiverInvalid, "to"},
	{"to a revoked party", maker, trace.Dispatch, send("revoked", line("A", 50, 1)), trace.ReceiverInvalid, "to"},
	{
		"of the rival's goods",
		maker,
		trace.Dispatch,
		send("shop", trace.Line{GTIN: gtin(rivalPrefix, 1), Lot: "A", Count: 1}),
		trace.NotHolder,
		"lines",
	},
	{"of goods sent before", maker, trace.Dispatch, send("stall", line("A", 0, 1)), trace.NotHolder, "lines"},
	{"of goods on their way", maker, trace.Dispatch, send("stall", line("A", 40, 1)), trace.NotHolder, "lines"},
	{"of goods partly sent", maker, trace.Dispatch, send("stall", line("A", 49, 2)), trace.NotHolder, "lines"},
	{"of goods that are sold", shop, trace.Dispatch, send("stall", line("A", 0, 1)), trace.NotHolder, "lines"},
	{
		"of recalled goods to another shop",
		shop,
		trace.Dispatch,
		send("stall", line("R", 0, 1)),
		trace.UnitsRecalled,
		"lines",
	},
	{"of a batch over quota", maker, trace.Dispatch, send("shop", line("BIG", 0, 1)), trace.BatchUnapproved, "lot"},
	{"by the receiver of the goods", shop, trace.Dispatch, send("stall", line("A", 40, 1)), trace.NotHolder, "lines"},
}

func TestDispatch(t *testing.T) {
	l := newMarket(t)
	goods := lines(line("A", 90, 10), line("TREE", 0, 1), line("A", 60, 5))
	e := l.must(
		maker, trace.Dispatch, trace.DispatchRequest{ID: "SHIP-3", To: "carrier", Lines: goods, Reference: "PO 7"},
	)
	s := trace.Shipment{ID: "SHIP-3", From: "maker", To: "carrier", Lines: goods, Reference: "PO 7", DispatchedAt: noon}
	want := trace.Event{Type: trace.EventDispatched, At: noon, By: "maker", Shipment: &s, Lines: goods}
	for _, x := range goods {
		want.Moves = append(want.Moves, trace.Move{Line: x, Source: held("maker"), Target: inTransit("SHIP-3")})
	}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	stored, err := query[trace.Shipment](l, auditor, trace.GetShipment, "SHIP-3")
	if diff := cmp.Diff(s, stored); diff != "" || err != nil {
		t.Errorf("%s %v", diff, err)
	}
	checkHoldings(t, l, "A",
		trace.Holding{Holder: "shop", State: trace.Sold, Count: 10},
		trace.Holding{Holder: "shop", State: trace.Held, From: 10, Count: 30},
		trace.Holding{Holder: "SHIP-2", State: trace.InTransit, From: 40, Count: 10},
		trace.Holding{Holder: "maker", State: trace.Held, From: 50, Count: 10},
		trace.Holding{Holder: "SHIP-3", State: trace.InTransit, From: 60, Count: 5},
		trace.Holding{Holder: "maker", State: trace.Held, From: 65, Count: 25},
		trace.Holding{Holder: "SHIP-3", State: trace.InTransit, From: 90, Count: 10})
}

// TestRecalledGoodsGoHome: back to the producer of the batch, and on from there nowhere.
func TestRecalledGoodsGoHome(t *testing.T) {
	l := newMarket(t)
	l.must(shop, trace.Dispatch, send("maker", line("R", 0, 10)))
	l.must(maker, trace.Receive, trace.ReceiveRequest{ID: "SHIP-NEW"})
	again := trace.DispatchRequest{ID: "SHIP-AGAIN", To: "stall", Lines: lines(line("R", 0, 1))}
	if _, err := l.submit(maker, trace.Dispatch, again); trace.CodeOf(err) != trace.UnitsRecalled {
		t.Error(err)
	}
}
