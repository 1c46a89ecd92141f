package contract

import (
	"slices"
	"testing"
	"time"

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
	{
		"a second time by line",
		shop,
		trace.Receive,
		trace.ReceiveRequest{ID: "SHIP-1", Lines: []trace.ReceiptLine{got(trace.Good, "A", 0, 1)}},
		trace.ShipmentReceived,
		"id",
	},
	{"without a condition", shop, trace.Receive, receipt(got("", "A", 40, 1)), trace.FieldInvalid, "lines.condition"},
	{
		"of the same unit twice",
		shop,
		trace.Receive,
		receipt(got(trace.Good, "A", 40, 2), got(trace.Damaged, "A", 41, 1)),
		trace.LinesOverlap,
		"lines",
	},
	{
		"of what the sender has sold on",
		shop,
		trace.Receive,
		receipt(got(trace.Good, "A", 0, 1)),
		trace.NotHolder,
		"lines",
	},
	{
		"of goods of a third party",
		shop,
		trace.Receive,
		receipt(
			trace.ReceiptLine{Line: trace.Line{GTIN: gtin(rivalPrefix, 1), Lot: "A", Count: 1}, Condition: trace.Good},
		),
		trace.NotHolder,
		"lines",
	},
	{
		"closed without a line",
		shop,
		trace.Receive,
		trace.ReceiveRequest{ID: "SHIP-2", Close: true},
		trace.LinesMissing,
		"lines",
	},
	{
		"damaged, of what was not sent",
		shop,
		trace.Receive,
		receipt(got(trace.Damaged, "A", 50, 1)),
		trace.UnitsNotSent,
		"lines.condition",
	},
	{
		"over, of a recalled lot",
		shop,
		trace.Receive,
		receipt(got(trace.Good, "R", 15, 1)),
		trace.UnitsRecalled,
		"lines",
	},
	{
		"missing what was not sent",
		shop,
		trace.Receive,
		receipt(got(trace.Missing, "A", 50, 1)),
		trace.NotHolder,
		"lines",
	},
	{
		"over, of a lot that was not sent",
		shop,
		trace.Receive,
		receipt(got(trace.Good, "BIG", 0, 1)),
		trace.NotHolder,
		"lines",
	},
	{
		"beyond the last unit",
		shop,
		trace.Receive,
		receipt(got(trace.Good, "A", 40, 100)),
		trace.LineOutOfRange,
		"lines",
	},
}

var closeRefusals = []refusal{
	{
		"of no shipment",
		shop,
		trace.CloseShipment,
		trace.CloseShipmentRequest{ID: "SHIP-NONE"},
		trace.ShipmentUnknown,
		"id",
	},
	{
		"by its sender before anything arrived",
		maker,
		trace.CloseShipment,
		trace.CloseShipmentRequest{ID: "SHIP-2"},
		trace.ShipmentOpen,
		"id",
	},
	{
		"by the platform before anything arrived",
		platform,
		trace.CloseShipment,
		trace.CloseShipmentRequest{ID: "SHIP-2"},
		trace.ShipmentOpen,
		"id",
	},
	{"by a stranger", stall, trace.CloseShipment, trace.CloseShipmentRequest{ID: "SHIP-2"}, trace.NotReceiver, "id"},
	{
		"of what is received",
		shop,
		trace.CloseShipment,
		trace.CloseShipmentRequest{ID: "SHIP-1"},
		trace.ShipmentReceived,
		"id",
	},
}

// TestReceiptAsListed: no lines mean that all is there and good; recalled units
// arrive too, but never as good.
func TestReceiptAsListed(t *testing.T) {
	l := newMarket(t)
	e := l.must(shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-2"})
	if diff := cmp.Diff(
		[]trace.ReceiptLine{got(trace.Good, "A", 40, 10), got(trace.Withheld, "R", 10, 5)}, e.Receipt,
	); diff != "" {
		t.Error(diff)
	}
	if !e.Shipment.ReceivedAt.Equal(noon) || len(e.Moves) != 2 {
		t.Errorf("event %+v", e)
	}
	checkHoldings(t, l, "R",
		trace.Holding{Holder: "shop", State: trace.Held, Count: 15},
		trace.Holding{Holder: "maker", State: trace.Held, From: 15, Count: 35})
}

// TestReceivingInParts: of A 40-49 and R 10-14, first 40-44 are there and 45 is
// broken. The rest stays open, comes later, or is written off once somebody closes.
func TestReceivingInParts(t *testing.T) {
	first := receipt(got(trace.Good, "A", 40, 5), got(trace.Damaged, "A", 45, 1), got(trace.Missing, "R", 10, 2))
	l := newMarket(t)
	e := l.must(shop, trace.Receive, first)
	if diff := cmp.Diff(first.Lines, e.Receipt); diff != "" {
		t.Error(diff)
	}
	until := noon.AddDate(0, 0, int(trace.DefaultCustodyTerms.OpenDays))
	if e.Shipment.StateAt(noon) != trace.ShipmentPartly || !e.Shipment.OpenUntil.Equal(until) {
		t.Errorf("shipment %+v", e.Shipment)
	}
	checkHoldings(t, l, "R",
		trace.Holding{Holder: "shop", State: trace.Held, Count: 10},
		trace.Holding{Holder: "SHIP-2", State: trace.Removed, Reason: trace.ReasonMissing, From: 10, Count: 2},
		trace.Holding{Holder: "SHIP-2", State: trace.InTransit, From: 12, Count: 3},
		trace.Holding{Holder: "maker", State: trace.Held, From: 15, Count: 35})
	closing := trace.CloseShipmentRequest{ID: "SHIP-2", Reason: "少三件"}
	rest := []trace.ReceiptLine{got(trace.Missing, "A", 46, 4), got(trace.Missing, "R", 12, 3)}
	for name, test := range map[string]struct {
		wait    time.Duration
		by      identity
		tx      trace.Transaction
		request any
		want    []trace.ReceiptLine
	}{
		"the rest comes":            {0, shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-2"}, []trace.ReceiptLine{got(trace.Good, "A", 46, 4), got(trace.Withheld, "R", 12, 3)}},
		"what was missing, too":     {0, shop, trace.Receive, receipt(got(trace.Good, "A", 46, 4), got(trace.Damaged, "R", 10, 5)), []trace.ReceiptLine{got(trace.Good, "A", 46, 4), got(trace.Damaged, "R", 12, 3), got(trace.Damaged, "R", 10, 2)}},
		"the receiver closes":       {0, shop, trace.CloseShipment, closing, rest},
		"with a last receipt":       {0, shop, trace.Receive, with(receipt(got(trace.Good, "A", 46, 4)), func(r *trace.ReceiveRequest) { r.Close = true }), []trace.ReceiptLine{got(trace.Good, "A", 46, 4), got(trace.Missing, "R", 12, 3)}},
		"the sender, once due":      {15 * 24 * time.Hour, maker, trace.CloseShipment, closing, rest},
		"the platform, once due":    {15 * 24 * time.Hour, platform, trace.CloseShipment, closing, rest},
		"the sender, before it is":  {13 * 24 * time.Hour, maker, trace.CloseShipment, closing, nil},
		"the platform before it is": {13 * 24 * time.Hour, platform, trace.CloseShipment, closing, nil},
	} {
		f := l.fork(t)
		f.sleep(test.wait)
		e, err := f.submit(test.by, test.tx, test.request)
		if test.want == nil {
			if trace.CodeOf(err) != trace.ShipmentOpen {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(test.want, e.Receipt); diff != "" || e.Shipment.ReceivedAt.IsZero() {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestOverDelivery: units that were not sent change hands by their sender's
// consent, and not before.
func TestOverDelivery(t *testing.T) {
	l := newMarket(t)
	e := l.must(shop, trace.Receive, receipt(got(trace.Good, "A", 48, 5)))
	if diff := cmp.Diff([]trace.ReceiptLine{got(trace.Good, "A", 48, 2)}, e.Receipt); diff != "" {
		t.Error(diff)
	}
	c := *e.Case
	if c.Cause != trace.CauseExtraUnits || c.With != "maker" || c.Opener != "shop" ||
		!slices.Equal(c.Lines, lines(line("A", 50, 3))) {
		t.Errorf("case %+v", c)
	}
	if _, err := l.submit(shop, trace.Sell, selling(line("A", 50, 1))); trace.CodeOf(err) != trace.NotHolder {
		t.Errorf("the receiver sells what it only claims: %v", err)
	}
	for name, test := range map[string]struct {
		before func(*ledger)
		accept bool
		code   trace.Code
		holder string
	}{
		"accepted":             {nil, true, "", "shop"},
		"disputed":             {nil, false, "", "maker"},
		"sold in the meantime": {func(l *ledger) { l.must(maker, trace.Sell, selling(line("A", 52, 1))) }, true, trace.NotHolder, "maker"},
		"recalled in the meantime": {func(l *ledger) {
			l.must(maker, trace.StartRecall, recall("RECALL-A", "A"))
		}, true, trace.UnitsRecalled, "maker"},
	} {
		f := l.fork(t)
		if test.before != nil {
			test.before(f)
		}
		e, err := f.submit(
			maker, trace.AnswerCase, trace.AnswerCaseRequest{ID: c.ID, Accept: test.accept, Note: "我方没有多发"},
		)
		if trace.CodeOf(err) != test.code {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && test.accept && (!slices.Equal(e.Lines, c.Lines) || len(e.Shipment.Receipt) != 2) {
			t.Errorf("%s: event %+v", name, e)
		}
		all, err := query[[]trace.Holding](f, auditor, trace.GetHoldings, tea, "A")
		i := slices.IndexFunc(all, func(h trace.Holding) bool { return h.From <= 51 && 51 < h.From+h.Count })
		if err != nil || all[i].Holder != test.holder {
			t.Errorf("%s: unit 51 is with %+v, %v", name, all[i], err)
		}
	}
}

// TestMissingUnitsAreFound: a later receipt of the same shipment books them,
// and nothing else.
func TestMissingUnitsAreFound(t *testing.T) {
	l := newMarket(t)
	l.must(
		shop,
		trace.Receive,
		with(receipt(got(trace.Good, "A", 40, 5)), func(r *trace.ReceiveRequest) { r.Close = true }),
	)
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
