package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func recallWith(change func(*trace.Recall)) trace.Recall {
	return with(recall("RECALL-2", "A"), change)
}

func recallLines(l ...trace.Line) trace.Recall {
	return recallWith(func(r *trace.Recall) { r.Lots, r.Lines = nil, l })
}

var closing = trace.CloseRecallRequest{ID: "RECALL-1", Note: "全部召回"}

var recallRefusals = []refusal{
	{"with a taken number", maker, trace.StartRecall, recall("RECALL-1", "A"), trace.RecallExists, "id"},
	{"of the maker's product", rival, trace.StartRecall, recall("RECALL-2", "A"), trace.NotAllowed, "gtin"},
	{
		"of an unknown product",
		platform,
		trace.StartRecall,
		recallWith(func(r *trace.Recall) { r.GTIN = gtin(makerPrefix, 8) }),
		trace.ProductUnknown,
		"gtin",
	},
	{"of an unknown lot", maker, trace.StartRecall, recall("RECALL-2", "A", "NONE"), trace.BatchUnknown, "lot"},
	{"of an unknown lot's units", maker, trace.StartRecall, recallLines(line("NONE", 0, 1)), trace.BatchUnknown, "lot"},
	{"beyond the last unit", maker, trace.StartRecall, recallLines(line("A", 99, 2)), trace.LineOutOfRange, "lines"},
	{"of nothing", maker, trace.StartRecall, recallLines(), trace.LinesMissing, "lots"},
	{"of a lot twice", maker, trace.StartRecall, recall("RECALL-2", "A", "A"), trace.LinesOverlap, "lots"},
	{
		"of another product's units",
		maker,
		trace.StartRecall,
		recallLines(trace.Line{GTIN: gtin(rivalPrefix, 1), Lot: "A", Count: 1}),
		trace.FieldInvalid,
		"lines.gtin",
	},
	{
		"in Chinese only",
		maker,
		trace.StartRecall,
		recallWith(func(r *trace.Recall) { r.Reason.En = "" }),
		trace.FieldInvalid,
		"reason.en",
	},
	{
		"without a class",
		maker,
		trace.StartRecall,
		recallWith(func(r *trace.Recall) { r.Class = "IV" }),
		trace.FieldInvalid,
		"class",
	},
	{
		"in the auditor's name",
		maker,
		trace.StartRecall,
		recallWith(func(r *trace.Recall) { r.By = "auditor" }),
		trace.NotAllowed,
		"by",
	},
	{
		"back-dated",
		maker,
		trace.StartRecall,
		recallWith(func(r *trace.Recall) { r.At = noon }),
		trace.FieldInvalid,
		"at",
	},
	{
		"that is over already",
		maker,
		trace.StartRecall,
		recallWith(func(r *trace.Recall) { r.ClosedAt = noon }),
		trace.FieldInvalid,
		"closedAt",
	},
	{"by a seller", shop, trace.StartRecall, recall("RECALL-2", "A"), trace.RoleMissing, ""},

	{
		"unknown",
		maker,
		trace.CloseRecall,
		trace.CloseRecallRequest{ID: "RECALL-NONE", Note: "完"},
		trace.RecallUnknown,
		"id",
	},
	{"of the maker", rival, trace.CloseRecall, closing, trace.NotAllowed, "id"},
	{"without a note", maker, trace.CloseRecall, trace.CloseRecallRequest{ID: "RECALL-1"}, trace.FieldInvalid, "note"},
}

func TestStartRecall(t *testing.T) {
	for _, who := range []identity{maker, platform, auditor} {
		l := newMarket(t)
		r := recallLines(line("A", 5, 10), line("A", 60, 1), line("TREE", 0, 1))
		e := l.must(who, trace.StartRecall, r)
		r.By, r.At = who.name, noon
		if diff := cmp.Diff(
			trace.Event{Type: trace.EventRecalled, At: noon, By: who.name, Recall: &r, Lines: r.Lines}, e,
		); diff != "" {
			t.Error(diff)
		}
		marked, err := query[[]trace.RecalledLine](l, shop, trace.GetRecalled, tea, "A")
		want := []trace.RecalledLine{{Recall: "RECALL-2", From: 5, Count: 10}, {Recall: "RECALL-2", From: 60, Count: 1}}
		if diff := cmp.Diff(want, marked); diff != "" || err != nil {
			t.Errorf("%s %v", diff, err)
		}
	}
}

// TestRecallReachesItsUnitsOnly: the edges of the interval.
func TestRecallReachesItsUnitsOnly(t *testing.T) {
	l := newMarket(t)
	l.must(maker, trace.StartRecall, recallLines(line("A", 15, 5)))
	for from, code := range map[int64]trace.Code{14: "", 15: trace.UnitsRecalled, 19: trace.UnitsRecalled, 20: ""} {
		if _, err := l.submit(shop, trace.Sell, selling(line("A", from, 1))); trace.CodeOf(err) != code {
			t.Errorf("sale of unit %d: %v", from, err)
		}
	}
	if _, err := l.submit(shop, trace.Sell, selling(line("A", 10, 10))); trace.CodeOf(err) != trace.UnitsRecalled {
		t.Errorf("sale across the edge: %v", err)
	}
}

// TestRecallEnds: of two recalls of a lot, closing one leaves the other.
func TestRecallEnds(t *testing.T) {
	l := newMarket(t)
	l.must(auditor, trace.StartRecall, recall("RECALL-2", "R"))
	e := l.must(maker, trace.CloseRecall, closing)
	if e.Type != trace.EventRecallClosed || !e.Recall.ClosedAt.Equal(noon) || e.Note != closing.Note ||
		len(e.Lines) != 1 {
		t.Errorf("event %+v", e)
	}
	if _, err := l.submit(maker, trace.CloseRecall, closing); trace.CodeOf(err) != trace.RecallClosed {
		t.Errorf("closed again: %v", err)
	}
	if _, err := l.submit(shop, trace.Sell, selling(line("R", 0, 1))); trace.CodeOf(err) != trace.UnitsRecalled {
		t.Errorf("sale under the other recall: %v", err)
	}
	other := trace.CloseRecallRequest{ID: "RECALL-2", Note: "完"}
	if _, err := l.submit(maker, trace.CloseRecall, other); trace.CodeOf(err) != trace.NotAllowed {
		t.Errorf("the maker closes the auditor's recall: %v", err)
	}
	l.must(platform, trace.CloseRecall, other)
	l.must(shop, trace.Sell, selling(line("R", 0, 1)))
}
