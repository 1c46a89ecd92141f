package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func selling(l ...trace.Line) trace.SellRequest { return trace.SellRequest{Lines: l} }

func returning(c trace.Condition, l ...trace.Line) trace.ReturnRequest {
	return trace.ReturnRequest{Lines: l, Condition: c}
}

func removing(why trace.Reason, l ...trace.Line) trace.DecommissionRequest {
	return trace.DecommissionRequest{Lines: l, Reason: why}
}

var custodyRefusals = []refusal{
	{"of another's goods", stall, trace.Sell, selling(line("A", 10, 1)), trace.NotHolder, "lines"},
	{"of goods sold before", shop, trace.Sell, selling(line("A", 9, 2)), trace.NotHolder, "lines"},
	{"of goods not received yet", shop, trace.Sell, selling(line("A", 40, 1)), trace.NotHolder, "lines"},
	{"of goods sent away", maker, trace.Sell, selling(line("A", 40, 1)), trace.NotHolder, "lines"},
	{"of recalled goods", shop, trace.Sell, selling(line("A", 10, 1), line("R", 0, 1)), trace.UnitsRecalled, "lines"},
	{"of a batch over quota", maker, trace.Sell, selling(line("BIG", 0, 1)), trace.BatchUnapproved, "lot"},
	{
		"with a wrong GTIN",
		shop,
		trace.Sell,
		selling(trace.Line{GTIN: wrongDigit(tea), Lot: "A", Count: 1}),
		trace.GTINCheckDigit,
		"lines.gtin",
	},
	{
		"with control characters",
		shop,
		trace.Sell,
		trace.SellRequest{Lines: lines(line("A", 10, 1)), Reference: "a\nb"},
		trace.FieldInvalid,
		"reference",
	},

	{"of what is not sold", shop, trace.Return, returning(trace.Good, line("A", 9, 2)), trace.NotSold, "lines"},
	{"of what another sold", stall, trace.Return, returning(trace.Good, line("A", 0, 1)), trace.NotSold, "lines"},
	{"as missing", shop, trace.Return, returning(trace.Missing, line("A", 0, 1)), trace.FieldInvalid, "condition"},

	{
		"of another's goods",
		stall,
		trace.Decommission,
		removing(trace.ReasonStolen, line("A", 10, 1)),
		trace.NotHolder,
		"lines",
	},
	{
		"of sold goods",
		shop,
		trace.Decommission,
		removing(trace.ReasonStolen, line("A", 0, 1)),
		trace.NotHolder,
		"lines",
	},
	{
		"as missing",
		shop,
		trace.Decommission,
		removing(trace.ReasonMissing, line("A", 10, 1)),
		trace.FieldInvalid,
		"reason",
	},
	{
		"to export recalled goods",
		shop,
		trace.Decommission,
		removing(trace.ReasonExported, line("R", 0, 1)),
		trace.UnitsRecalled,
		"lines",
	},
}

func TestSellReturnDecommission(t *testing.T) {
	sold := trace.Place{Holder: "shop", State: trace.Sold}
	tests := []struct {
		name    string
		tx      trace.Transaction
		request any
		want    trace.Event
	}{
		{"sold", trace.Sell, trace.SellRequest{Lines: lines(line("A", 10, 2)), Reference: "till 4"},
			trace.Event{Type: trace.EventSold, Lines: lines(line("A", 10, 2)), Note: "till 4",
				Moves: []trace.Move{{Line: line("A", 10, 2), Source: held("shop"), Target: sold}}}},
		{"returned good", trace.Return, returning(trace.Good, line("A", 3, 2)),
			trace.Event{Type: trace.EventReturned, Lines: lines(line("A", 3, 2)),
				Moves: []trace.Move{{Line: line("A", 3, 2), Source: sold, Target: held("shop")}}}},
		{
			"returned broken",
			trace.Return,
			returning(trace.Damaged, line("A", 3, 1)),
			trace.Event{
				Type:  trace.EventReturned,
				Lines: lines(line("A", 3, 1)),
				Moves: []trace.Move{
					{Line: line("A", 3, 1), Source: sold, Target: removed("shop", trace.ReasonDamaged)},
				},
			},
		},
		{
			"stolen",
			trace.Decommission,
			trace.DecommissionRequest{Lines: lines(line("A", 20, 1)), Reason: trace.ReasonStolen, Note: "报案号 5"},
			trace.Event{
				Type:  trace.EventDecommissioned,
				Lines: lines(line("A", 20, 1)),
				Note:  "报案号 5",
				Moves: []trace.Move{
					{Line: line("A", 20, 1), Source: held("shop"), Target: removed("shop", trace.ReasonStolen)},
				},
			},
		},
		{
			"recalled and destroyed",
			trace.Decommission,
			removing(trace.ReasonDestroyed, line("R", 0, 1)),
			trace.Event{
				Type:  trace.EventDecommissioned,
				Lines: lines(line("R", 0, 1)),
				Moves: []trace.Move{
					{Line: line("R", 0, 1), Source: held("shop"), Target: removed("shop", trace.ReasonDestroyed)},
				},
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.want.At, test.want.By = noon, "shop"
			if diff := cmp.Diff(test.want, newMarket(t).must(shop, test.tx, test.request)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSoldAgain: a unit that came back can be sold again; holdings merge.
func TestSoldAgain(t *testing.T) {
	l := newMarket(t)
	l.must(shop, trace.Return, returning(trace.Good, line("A", 0, 10)))
	l.must(shop, trace.Sell, selling(line("A", 0, 20), line("A", 20, 20)))
	checkHoldings(t, l, "A",
		trace.Holding{Holder: "shop", State: trace.Sold, Count: 40},
		trace.Holding{Holder: "SHIP-2", State: trace.InTransit, From: 40, Count: 10},
		trace.Holding{Holder: "maker", State: trace.Held, From: 50, Count: 50})
}
