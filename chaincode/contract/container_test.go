package contract

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func sscc(prefix string, n int) string {
	body := fmt.Sprintf("3%s%0*d", prefix, 16-len(prefix), n)
	return body + string(gs1.CheckDigit(body))
}

// Of the maker's containers the pallet holds the case; one case was opened.
var (
	pallet     = sscc(makerPrefix, 1)
	innerCase  = sscc(makerPrefix, 2)
	openedCase = sscc(makerPrefix, 3)
	newCase    = sscc(makerPrefix, 9)
)

// setUpContainers: of lot P the units 0-4 are in the case, 5-6 beside it on
// the pallet, and 7 was in the case that is open.
func setUpContainers(l *ledger) {
	l.must(maker, trace.RegisterBatch, batch(tea, "P", 20))
	l.must(maker, trace.Pack, packing(innerCase, line("P", 0, 5)))
	l.must(
		maker,
		trace.Pack,
		trace.PackRequest{SSCC: pallet, Lines: lines(line("P", 5, 2)), Containers: []string{innerCase}},
	)
	l.must(maker, trace.Pack, packing(openedCase, line("P", 7, 1)))
	l.must(maker, trace.Unpack, trace.UnpackRequest{SSCC: openedCase})
}

func packing(sscc string, l ...trace.Line) trace.PackRequest {
	return trace.PackRequest{SSCC: sscc, Lines: l}
}

func stacking(ssccs ...string) trace.PackRequest {
	return trace.PackRequest{SSCC: newCase, Containers: ssccs}
}

func shipping(to string, ssccs ...string) trace.DispatchRequest {
	return trace.DispatchRequest{ID: "SHIP-NEW", To: to, Containers: ssccs}
}

var containerRefusals = []refusal{
	{
		"under a wrong check digit",
		maker,
		trace.Pack,
		packing(newCase[:17]+string(newCase[17]^1), line("P", 8, 1)),
		trace.SSCCInvalid,
		"sscc",
	},
	{
		"under the rival's prefix",
		maker,
		trace.Pack,
		packing(sscc(rivalPrefix, 1), line("P", 8, 1)),
		trace.PrefixNotOwned,
		"sscc",
	},
	{"under a brand's prefix", licensee, trace.Pack, packing(newCase, line("P", 8, 1)), trace.PrefixNotOwned, "sscc"},
	{"without a prefix", shop, trace.Pack, packing(newCase, line("A", 10, 1)), trace.PrefixNotOwned, "sscc"},
	{"under a number in use", maker, trace.Pack, packing(innerCase, line("P", 8, 1)), trace.ContainerExists, "sscc"},
	{
		"under a number used before",
		maker,
		trace.Pack,
		packing(openedCase, line("P", 8, 1)),
		trace.ContainerExists,
		"sscc",
	},
	{"of nothing", maker, trace.Pack, packing(newCase), trace.LinesMissing, "lines"},
	{
		"of the same unit twice",
		maker,
		trace.Pack,
		packing(newCase, line("P", 8, 2), line("P", 9, 1)),
		trace.LinesOverlap,
		"lines",
	},
	{"of the same case twice", maker, trace.Pack, stacking(pallet, pallet), trace.LinesOverlap, "containers"},
	{"of what is no case", maker, trace.Pack, stacking("1"), trace.SSCCInvalid, "containers"},
	{
		"of too many cases",
		maker,
		trace.Pack,
		stacking(make([]string, trace.MaxLines+1)...),
		trace.FieldInvalid,
		"containers",
	},
	{"of packed units", maker, trace.Pack, packing(newCase, line("P", 4, 1)), trace.UnitsPacked, "lines"},
	{"of partly packed units", maker, trace.Pack, packing(newCase, line("P", 6, 3)), trace.UnitsPacked, "lines"},
	{"of goods sent away", maker, trace.Pack, packing(newCase, line("A", 40, 1)), trace.NotHolder, "lines"},
	{"of a case on a pallet", maker, trace.Pack, stacking(innerCase), trace.ContainerPacked, "containers"},
	{"of an open case", maker, trace.Pack, stacking(openedCase), trace.ContainerOpened, "containers"},
	{"of an unknown case", maker, trace.Pack, stacking(sscc(makerPrefix, 4)), trace.ContainerUnknown, "containers"},

	{"of an unknown case", maker, trace.Unpack, trace.UnpackRequest{SSCC: newCase}, trace.ContainerUnknown, "sscc"},
	{"a second time", maker, trace.Unpack, trace.UnpackRequest{SSCC: openedCase}, trace.ContainerOpened, "sscc"},
	{"inside a pallet", maker, trace.Unpack, trace.UnpackRequest{SSCC: innerCase}, trace.ContainerPacked, "sscc"},
	{"of another's pallet", shop, trace.Unpack, trace.UnpackRequest{SSCC: pallet}, trace.NotHolder, "sscc"},

	{"of packed units", maker, trace.Dispatch, send("shop", line("P", 0, 1)), trace.UnitsPacked, "lines"},
	{"of a case on a pallet", maker, trace.Dispatch, shipping("shop", innerCase), trace.ContainerPacked, "containers"},
	{"of an open case", maker, trace.Dispatch, shipping("shop", openedCase), trace.ContainerOpened, "containers"},
	{"of an unknown case", maker, trace.Dispatch, shipping("shop", newCase), trace.ContainerUnknown, "containers"},
	{"of another's pallet", shop, trace.Dispatch, shipping("stall", pallet), trace.NotHolder, "containers"},
	{"of packed units", maker, trace.Sell, selling(line("P", 5, 1)), trace.UnitsPacked, "lines"},
	{
		"of packed units",
		maker,
		trace.Decommission,
		removing(trace.ReasonStolen, line("P", 5, 1)),
		trace.UnitsPacked,
		"lines",
	},
}

// TestPack: units stay where they are and are in the case; the case knows its pallet.
func TestPack(t *testing.T) {
	l := newMarket(t)
	e := l.must(
		maker,
		trace.Pack,
		trace.PackRequest{SSCC: newCase, Lines: lines(line("P", 10, 2)), Containers: []string{pallet}},
	)
	outer := trace.Container{SSCC: newCase, Lines: lines(line("P", 10, 2)), Containers: []string{pallet}, Depth: 3,
		Holder: "maker", PackedBy: "maker", PackedAt: noon}
	inner := trace.Container{
		SSCC:       pallet,
		Lines:      lines(line("P", 5, 2)),
		Containers: []string{innerCase},
		Parent:     newCase,
		Depth:      2,
		Holder:     "maker",
		PackedBy:   "maker",
		PackedAt:   noon,
	}
	want := trace.Event{Type: trace.EventPacked, At: noon, By: "maker", Containers: []trace.Container{outer, inner},
		Moves: []trace.Move{{Line: line("P", 10, 2), Source: held("maker"), Target: packed(held("maker"), newCase)}},
		Lines: lines(line("P", 10, 2), line("P", 5, 2), line("P", 0, 5))}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	stored, err := query[trace.Container](l, auditor, trace.GetContainer, pallet)
	if diff := cmp.Diff(inner, stored); diff != "" || err != nil {
		t.Errorf("%s %v", diff, err)
	}
	checkHoldings(t, l, "P",
		trace.Holding{Holder: "maker", State: trace.Held, Container: innerCase, Count: 5},
		trace.Holding{Holder: "maker", State: trace.Held, Container: pallet, From: 5, Count: 2},
		trace.Holding{Holder: "maker", State: trace.Held, From: 7, Count: 3},
		trace.Holding{Holder: "maker", State: trace.Held, Container: newCase, From: 10, Count: 2},
		trace.Holding{Holder: "maker", State: trace.Held, From: 12, Count: 8})
}

// TestShippingAPallet ships what is on it, at any depth, and it arrives closed.
func TestShippingAPallet(t *testing.T) {
	l := newMarket(t)
	request := shipping("shop", pallet)
	request.Lines = lines(line("A", 60, 1))
	e := l.must(maker, trace.Dispatch, request)
	if diff := cmp.Diff(lines(line("A", 60, 1), line("P", 5, 2), line("P", 0, 5)), e.Shipment.Lines); diff != "" {
		t.Error(diff)
	}
	for _, sscc := range []string{pallet, innerCase} {
		if c, err := query[trace.Container](l, auditor, trace.GetContainer, sscc); c.Holder != "SHIP-NEW" ||
			err != nil {
			t.Errorf("%+v %v", c, err)
		}
	}
	checkHoldings(t, l, "P",
		trace.Holding{Holder: "SHIP-NEW", State: trace.InTransit, Container: innerCase, Count: 5},
		trace.Holding{Holder: "SHIP-NEW", State: trace.InTransit, Container: pallet, From: 5, Count: 2},
		trace.Holding{Holder: "maker", State: trace.Held, From: 7, Count: 13})
	l.must(shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-NEW"})
	checkHoldings(t, l, "P",
		trace.Holding{Holder: "shop", State: trace.Held, Container: innerCase, Count: 5},
		trace.Holding{Holder: "shop", State: trace.Held, Container: pallet, From: 5, Count: 2},
		trace.Holding{Holder: "maker", State: trace.Held, From: 7, Count: 13})
	l.must(shop, trace.Unpack, trace.UnpackRequest{SSCC: pallet})
	l.must(shop, trace.Sell, selling(line("P", 5, 2)))
	onward := shipping("stall", innerCase)
	onward.ID = "SHIP-ONWARD"
	l.must(shop, trace.Dispatch, onward)
}

// TestCountingOpens: a receipt by lines opens every container of the shipment.
func TestCountingOpens(t *testing.T) {
	l := newMarket(t)
	l.must(maker, trace.Dispatch, shipping("shop", pallet))
	e := l.must(shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-NEW", Lines: []trace.ReceiptLine{
		got(trace.Good, "P", 0, 3), got(trace.Damaged, "P", 3, 1), got(trace.Good, "P", 5, 2)}, Close: true})
	if len(e.Containers) != 2 || e.Containers[1].UnpackedAt.IsZero() || e.Containers[1].Parent != "" {
		t.Errorf("containers %+v", e.Containers)
	}
	checkHoldings(t, l, "P",
		trace.Holding{Holder: "shop", State: trace.Held, Count: 3},
		trace.Holding{Holder: "shop", State: trace.Removed, Reason: trace.ReasonDamaged, From: 3, Count: 1},
		trace.Holding{Holder: "SHIP-NEW", State: trace.Removed, Reason: trace.ReasonMissing, From: 4, Count: 1},
		trace.Holding{Holder: "shop", State: trace.Held, From: 5, Count: 2},
		trace.Holding{Holder: "maker", State: trace.Held, From: 7, Count: 13})
	l.must(
		shop,
		trace.Receive,
		trace.ReceiveRequest{ID: "SHIP-NEW", Lines: []trace.ReceiptLine{got(trace.Good, "P", 4, 1)}},
	)
}

// TestRecalledPallet goes home closed and nowhere else.
func TestRecalledPallet(t *testing.T) {
	l := newMarket(t)
	l.must(maker, trace.Dispatch, shipping("shop", pallet))
	l.must(shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-NEW"})
	l.must(maker, trace.StartRecall, recallLines(line("P", 4, 1)))
	back := shipping("stall", pallet)
	back.ID = "SHIP-BACK"
	if _, err := l.submit(shop, trace.Dispatch, back); trace.CodeOf(err) != trace.UnitsRecalled {
		t.Error(err)
	}
	back.To = "maker"
	l.must(shop, trace.Dispatch, back)
}

// TestContainerLimits: neither too deep nor too many lines at any depth.
func TestContainerLimits(t *testing.T) {
	l := newMarket(t)
	top := pallet
	for n := 10; n < 12; n++ {
		l.must(maker, trace.Pack, trace.PackRequest{SSCC: sscc(makerPrefix, n), Containers: []string{top}})
		top = sscc(makerPrefix, n)
	}
	if _, err := l.submit(maker, trace.Pack, stacking(top)); trace.CodeOf(err) != trace.ContainerLimit {
		t.Errorf("a fifth box: %v", err)
	}
	if err := checkInside(make([]trace.Line, trace.MaxInside+1)); trace.CodeOf(err) != trace.ContainerLimit {
		t.Errorf("a line too many: %v", err)
	}
}
