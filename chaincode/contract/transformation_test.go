package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// making asks for ten units of 50 g out of units of 100 g, nothing lost where
// the lines name five.
func making(l ...trace.Line) trace.TransformRequest {
	r := trace.TransformRequest{Measure: trace.Grams, Content: 50, Output: batch(tea, "BLEND", 10)}
	for _, x := range l {
		r.Inputs = append(r.Inputs, trace.Input{Line: x, Content: 100})
	}
	return r
}

func makingWith(change func(*trace.TransformRequest)) trace.TransformRequest {
	return with(making(line("A", 50, 5)), change)
}

var transformationRefusals = []refusal{
	{"by a seller", shop, trace.Transform, making(line("A", 10, 5)), trace.RoleMissing, ""},
	{"of nothing", maker, trace.Transform, making(), trace.LinesMissing, "inputs"},
	{
		"of the same unit twice",
		maker,
		trace.Transform,
		making(line("A", 50, 3), line("A", 52, 2)),
		trace.LinesOverlap,
		"inputs",
	},
	{"of another's goods", maker, trace.Transform, making(line("A", 40, 5)), trace.NotHolder, "inputs"},
	{"of packed goods", maker, trace.Transform, making(line("P", 0, 5)), trace.UnitsPacked, "inputs"},
	{"of recalled goods", maker, trace.Transform, making(line("R", 20, 5)), trace.UnitsRecalled, "inputs"},
	{"of a batch over quota", maker, trace.Transform, making(line("BIG", 0, 5)), trace.BatchUnapproved, "inputs.lot"},
	{"of an unknown batch", maker, trace.Transform, making(line("NONE", 0, 5)), trace.BatchUnknown, "inputs.lot"},
	{"beyond the last unit", maker, trace.Transform, making(line("A", 98, 5)), trace.LineOutOfRange, "inputs"},
	{
		"with a wrong GTIN",
		maker,
		trace.Transform,
		making(trace.Line{GTIN: wrongDigit(tea), Lot: "A", Count: 5}),
		trace.GTINCheckDigit,
		"inputs.gtin",
	},
	{"with more coming out than goes in", maker, trace.Transform, making(line("A", 50, 4)), trace.MassBalance, "loss"},
	{"with an undeclared loss", maker, trace.Transform, making(line("A", 50, 6)), trace.MassBalance, "loss"},
	{
		"with a gain",
		maker,
		trace.Transform,
		with(making(line("A", 50, 4)), func(r *trace.TransformRequest) { r.Loss = -100 }),
		trace.MassBalance,
		"loss",
	},
	{
		"in no measure",
		maker,
		trace.Transform,
		makingWith(func(r *trace.TransformRequest) { r.Measure = "cup" }),
		trace.FieldInvalid,
		"measure",
	},
	{
		"of empty goods",
		maker,
		trace.Transform,
		makingWith(func(r *trace.TransformRequest) { r.Inputs[0].Content = 0 }),
		trace.FieldInvalid,
		"inputs.content",
	},
	{
		"of impossible goods",
		maker,
		trace.Transform,
		makingWith(func(r *trace.TransformRequest) { r.Inputs[0].Content = trace.MaxContent + 1 }),
		trace.FieldInvalid,
		"inputs.content",
	},
	{
		"into empty goods",
		maker,
		trace.Transform,
		makingWith(func(r *trace.TransformRequest) { r.Content = 0 }),
		trace.FieldInvalid,
		"content",
	},
	{
		"into a lot that is there",
		maker,
		trace.Transform,
		makingWith(func(r *trace.TransformRequest) { r.Output.Lot = "A" }),
		trace.BatchExists,
		"output.lot",
	},
	{
		"into the rival's product",
		maker,
		trace.Transform,
		makingWith(func(r *trace.TransformRequest) { r.Output.GTIN = gtin(rivalPrefix, 1) }),
		trace.PrefixNotOwned,
		"output.gtin",
	},
	{
		"into an odd lot",
		maker,
		trace.Transform,
		makingWith(func(r *trace.TransformRequest) { r.Output.Lot = "" }),
		trace.LotInvalid,
		"output.lot",
	},
	{
		"produced tomorrow",
		maker,
		trace.Transform,
		makingWith(func(r *trace.TransformRequest) { r.Output.ProducedOn = "2026-10-03" }),
		trace.DateInvalid,
		"output.producedOn",
	},
}

func TestTransform(t *testing.T) {
	l := newMarket(t)
	request := with(making(line("A", 50, 4), line("TREE", 0, 2)), func(r *trace.TransformRequest) { r.Loss = 100 })
	e := l.must(maker, trace.Transform, request)
	b, consumed := request.Output, trace.Place{Holder: "maker", State: trace.Consumed}
	b.Producer, b.Status, b.RegisteredAt = "maker", trace.BatchRegistered, noon
	made := trace.Transformation{GTIN: tea, Lot: "BLEND", Quantity: 10, Measure: trace.Grams, Content: 50, Loss: 100,
		Inputs: request.Inputs, By: "maker", At: noon}
	want := trace.Event{Type: trace.EventTransformed, At: noon, By: "maker", Batch: &b, Transformation: &made,
		Moves: []trace.Move{{Line: line("A", 50, 4), Source: held("maker"), Target: consumed},
			{Line: line("TREE", 0, 2), Source: held("maker"), Target: consumed},
			{Line: line("BLEND", 0, 10), Target: held("maker")}},
		Lines: lines(line("A", 50, 4), line("TREE", 0, 2), line("BLEND", 0, 10))}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	back, err := query[trace.Transformation](l, shop, trace.GetTransformation, tea, "BLEND")
	if diff := cmp.Diff(made, back); diff != "" || err != nil {
		t.Errorf("%s %v", diff, err)
	}
	forward, err := query[[]trace.Derivation](l, shop, trace.GetDerivations, tea, "TREE")
	if diff := cmp.Diff(
		[]trace.Derivation{{GTIN: tea, Lot: "BLEND", Lines: lines(line("TREE", 0, 2))}}, forward,
	); diff != "" ||
		err != nil {
		t.Errorf("%s %v", diff, err)
	}
	if _, err := query[any](l, shop, trace.GetTransformation, tea, "A"); trace.CodeOf(err) != trace.NotTransformed {
		t.Error(err)
	}
}

// TestOverQuota: a batch that is made from others draws on the quota like any other.
func TestOverQuota(t *testing.T) {
	l := newMarket(t)
	request := makingWith(func(r *trace.TransformRequest) {
		r.Measure, r.Content, r.Output.Quantity, r.Inputs[0].Content = trace.Milligrams, 1, 1001, 201
		r.Loss = 5*201 - 1001
	})
	if e := l.must(maker, trace.Transform, request); e.Batch.Status != trace.BatchAwaitingApproval {
		t.Errorf("the batch is %s", e.Batch.Status)
	}
}

// TestRecallReachesWhatWasMade: a lot of the blend, the drink made from the
// blend, and not the tin that was made from other units of the lot. The
// branches meet again without going round.
func TestRecallReachesWhatWasMade(t *testing.T) {
	l := newMarket(t)
	l.must(maker, trace.Transform, making(line("A", 50, 5)))
	l.must(
		maker,
		trace.Transform,
		with(making(line("A", 60, 5)), func(r *trace.TransformRequest) { r.Output.Lot = "TIN" }),
	)
	l.must(
		maker,
		trace.Transform,
		with(
			making(line("BLEND", 0, 4), line("A", 54+1, 1)),
			func(r *trace.TransformRequest) { r.Output.Lot = "DRINK" },
		),
	)
	e := l.must(auditor, trace.StartRecall, recallLines(line("A", 54, 2)))
	derived := lines(line("BLEND", 0, 10), line("DRINK", 0, 10))
	if diff := cmp.Diff(derived, e.Recall.Derived); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(append(lines(line("A", 54, 2)), derived...), e.Lines); diff != "" {
		t.Error(diff)
	}
	for lot, code := range map[string]trace.Code{"DRINK": trace.UnitsRecalled, "BLEND": trace.UnitsRecalled, "TIN": ""} {
		if _, err := l.submit(maker, trace.Sell, selling(line(lot, 9, 1))); trace.CodeOf(err) != code {
			t.Errorf("sale of %s: %v", lot, err)
		}
	}
	l.must(auditor, trace.CloseRecall, trace.CloseRecallRequest{ID: "RECALL-2", Note: "完"})
	l.must(maker, trace.Sell, selling(line("DRINK", 0, 1)))
}
