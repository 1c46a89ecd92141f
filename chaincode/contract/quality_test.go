package contract

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

var (
	strict  = gtin(makerPrefix, 90) // a product that needs inspection
	shoddy  = gtin(rivalPrefix, 90) // and one whose inspection is discontinued
	limit   = 1.0
	reasons = trace.Text{ZhCN: "复检", En: "Under review"}
)

// standard looks at the leaves and measures lead in two units.
var standard = trace.Standard{
	ID:       "GB-TEA",
	Version:  1,
	Category: "茶叶",
	Name:     trace.Text{ZhCN: "绿茶", En: "Green tea"},
	Level:    "II",
	Limits:   []trace.ClassLimit{{Class: trace.Critical, AQL: "0.65"}, {Class: trace.Minor, AQL: "4.0"}},
	Items: []trace.TestItem{
		{
			ID:      "lead",
			Name:    trace.Text{ZhCN: "铅", En: "Lead"},
			Class:   trace.Critical,
			Method:  "GB 5009.12",
			Unit:    "mg/kg",
			Max:     &limit,
			Samples: 2,
		},
		{ID: "leaves", Name: trace.Text{ZhCN: "外形", En: "Appearance"}, Class: trace.Minor},
	},
}

var resuming = trace.ResumeInspectionRequest{Producer: "rival", Category: "茶叶", Note: "已整改"}

func inspecting(id, lot string, bad int64, lead float64) trace.RecordInspectionRequest {
	second := 0.1
	return trace.RecordInspectionRequest{
		ID:         id,
		GTIN:       strict,
		Lot:        lot,
		Standard:   "GB-TEA",
		ReportHash: strings.Repeat("ab", 32),
		Results: []trace.Finding{
			{Item: "leaves", Nonconforming: &bad},
			{Item: "lead", Measurements: []*float64{&lead, &second}},
		},
	}
}

func of(gtin string, r trace.RecordInspectionRequest) trace.RecordInspectionRequest {
	r.GTIN = gtin
	return r
}

func holding(lot string) trace.QualityRequest {
	return trace.QualityRequest{GTIN: strict, Lot: lot, Reason: reasons}
}

// setUpQuality: of a product that needs inspection, lot Q has had none and lot
// OK was accepted; the rival's goods were rejected until inspection ended.
func setUpQuality(l *ledger) {
	l.must(platform, trace.RegisterStandard, standard)
	l.must(
		platform,
		trace.RegisterStandard,
		with(standard, func(s *trace.Standard) { s.ID, s.Category = "GB-SOAP", "美妆" }),
	)
	for by, g := range map[*identity]string{&maker: strict, &rival: shoddy} {
		p := product(g)
		p.InspectionRequired = true
		l.must(*by, trace.RegisterProduct, p)
	}
	for _, lot := range []string{"Q", "OK"} {
		l.must(maker, trace.RegisterBatch, batch(strict, lot, 40))
	}
	l.must(lab, trace.RecordInspection, inspecting("INSPECT-1", "OK", 0, 0.2))
	for n := range 7 { // two make it tightened, five end it
		lot := "S" + strconv.Itoa(n)
		l.must(rival, trace.RegisterBatch, batch(shoddy, lot, 40))
		l.must(lab, trace.RecordInspection, of(shoddy, inspecting("INSPECT-"+lot, lot, 0, 3)))
	}
	l.must(rival, trace.RegisterBatch, batch(shoddy, "S7", 40))
}

func standardWith(change func(*trace.Standard)) trace.Standard {
	s := with(standard, func(s *trace.Standard) { s.Version, s.Items = 2, slices.Clone(s.Items) })
	return with(s, change)
}

var inspectionRefusals = []refusal{
	{"of the wrong version", platform, trace.RegisterStandard, standard, trace.StandardVersion, "version"},
	{
		"in Chinese only",
		platform,
		trace.RegisterStandard,
		standardWith(func(s *trace.Standard) { s.Name.En = "" }),
		trace.FieldInvalid,
		"name.en",
	},
	{
		"of an unknown level",
		platform,
		trace.RegisterStandard,
		standardWith(func(s *trace.Standard) { s.Level = "IV" }),
		trace.FieldInvalid,
		"level",
	},
	{
		"of an unknown AQL",
		platform,
		trace.RegisterStandard,
		standardWith(func(s *trace.Standard) { s.Limits = []trace.ClassLimit{{Class: trace.Minor, AQL: "5"}} }),
		trace.FieldInvalid,
		"limits.aql",
	},
	{
		"with a class without a limit",
		platform,
		trace.RegisterStandard,
		standardWith(func(s *trace.Standard) { s.Items[0].Class = trace.Major }),
		trace.FieldInvalid,
		"items.class",
	},
	{
		"of nothing",
		platform,
		trace.RegisterStandard,
		standardWith(func(s *trace.Standard) { s.Items = nil }),
		trace.FieldInvalid,
		"items",
	},
	{
		"with an item twice",
		platform,
		trace.RegisterStandard,
		standardWith(func(s *trace.Standard) { s.Items[1].ID = "lead" }),
		trace.FieldInvalid,
		"items.id",
	},
	{"by the producer", maker, trace.RegisterStandard, standardWith(func(*trace.Standard) {}), trace.RoleMissing, ""},

	{
		"with a taken number",
		lab,
		trace.RecordInspection,
		inspecting("INSPECT-1", "Q", 0, 0),
		trace.InspectionExists,
		"id",
	},
	{
		"of an unknown lot",
		lab,
		trace.RecordInspection,
		inspecting("INSPECT-2", "NONE", 0, 0),
		trace.BatchUnknown,
		"lot",
	},
	{
		"by an unknown standard",
		lab,
		trace.RecordInspection,
		with(inspecting("INSPECT-2", "Q", 0, 0), func(r *trace.RecordInspectionRequest) { r.Standard = "GB-NONE" }),
		trace.StandardUnknown,
		"standard",
	},
	{
		"by a standard for other goods",
		lab,
		trace.RecordInspection,
		with(inspecting("INSPECT-2", "Q", 0, 0), func(r *trace.RecordInspectionRequest) { r.Standard = "GB-SOAP" }),
		trace.StandardCategory,
		"standard",
	},
	{
		"without a report",
		lab,
		trace.RecordInspection,
		with(inspecting("INSPECT-2", "Q", 0, 0), func(r *trace.RecordInspectionRequest) { r.ReportHash = "" }),
		trace.FieldInvalid,
		"reportHash",
	},
	{
		"without results",
		lab,
		trace.RecordInspection,
		with(inspecting("INSPECT-2", "Q", 0, 0), func(r *trace.RecordInspectionRequest) { r.Results = nil }),
		trace.ResultsIncomplete,
		"results",
	},
	{
		"with a measurement less",
		lab,
		trace.RecordInspection,
		with(
			inspecting("INSPECT-2", "Q", 0, 0),
			func(r *trace.RecordInspectionRequest) { r.Results[1].Measurements = []*float64{&limit} },
		),
		trace.ResultsIncomplete,
		"results.measurements",
	},
	{
		"with more failures than samples",
		lab,
		trace.RecordInspection,
		inspecting("INSPECT-2", "Q", 41, 0),
		trace.ResultsIncomplete,
		"results.nonconforming",
	},
	{
		"with a count that the ledger makes",
		lab,
		trace.RecordInspection,
		with(
			inspecting("INSPECT-2", "Q", 0, 0),
			func(r *trace.RecordInspectionRequest) { r.Results[1].Nonconforming = new(int64) },
		),
		trace.ResultsIncomplete,
		"results.measurements",
	},
	{
		"with an item that has no result",
		lab,
		trace.RecordInspection,
		with(
			inspecting("INSPECT-2", "Q", 0, 0),
			func(r *trace.RecordInspectionRequest) { r.Results[0].Nonconforming = nil },
		),
		trace.ResultsIncomplete,
		"results.nonconforming",
	},
	{
		"with a measured item that has no result",
		lab,
		trace.RecordInspection,
		with(
			inspecting("INSPECT-2", "Q", 0, 0),
			func(r *trace.RecordInspectionRequest) { r.Results[1].Measurements = nil },
		),
		trace.ResultsIncomplete,
		"results.measurements",
	},
	{
		"with an empty measurement",
		lab,
		trace.RecordInspection,
		with(
			inspecting("INSPECT-2", "Q", 0, 0),
			func(r *trace.RecordInspectionRequest) { r.Results[1].Measurements[0] = nil },
		),
		trace.ResultsIncomplete,
		"results.measurements",
	},
	{"with a verdict of its own", lab, trace.RecordInspection, `{"accepted":true}`, trace.RequestMalformed, ""},
	{"by its producer", maker, trace.RecordInspection, inspecting("INSPECT-2", "Q", 0, 0), trace.RoleMissing, ""},

	{
		"that goes on",
		platform,
		trace.ResumeInspection,
		with(resuming, func(r *trace.ResumeInspectionRequest) { r.Producer = "maker" }),
		trace.InspectionGoesOn,
		"producer",
	},
	{
		"without a note",
		platform,
		trace.ResumeInspection,
		with(resuming, func(r *trace.ResumeInspectionRequest) { r.Note = "" }),
		trace.FieldInvalid,
		"note",
	},
}

var qualityRefusals = []refusal{
	{"of the maker's lot", rival, trace.HoldBatch, holding("Q"), trace.NotAllowed, "lot"},
	{
		"without a reason",
		maker,
		trace.HoldBatch,
		trace.QualityRequest{GTIN: strict, Lot: "Q"},
		trace.FieldInvalid,
		"reason.zh-CN",
	},
	{"of nothing held", maker, trace.ReleaseBatch, holding("Q"), trace.NotOnHold, "lot"},
	{
		"before inspection",
		maker,
		trace.Sell,
		selling(trace.Line{GTIN: strict, Lot: "Q", Count: 1}),
		trace.BatchNotReleased,
		"lot",
	},
	{
		"of a rejected lot",
		rival,
		trace.Sell,
		selling(trace.Line{GTIN: shoddy, Lot: "S0", Count: 1}),
		trace.BatchRejected,
		"lot",
	},
	{
		"of a rejected lot",
		rival,
		trace.Dispatch,
		send("shop", trace.Line{GTIN: shoddy, Lot: "S0", Count: 1}),
		trace.BatchRejected,
		"lot",
	},
}

var acknowledgementRefusals = []refusal{
	{
		"by a party without units",
		carrier,
		trace.AcknowledgeRecall,
		trace.AcknowledgeRecallRequest{ID: "RECALL-1"},
		trace.NotHolder,
		"id",
	},
	{
		"of nothing",
		shop,
		trace.AcknowledgeRecall,
		trace.AcknowledgeRecallRequest{ID: "RECALL-9"},
		trace.RecallUnknown,
		"id",
	},
}

// TestInspectionDecides: the ledger judges, not the inspector.
func TestInspectionDecides(t *testing.T) {
	for _, c := range []struct {
		bad      int64
		lead     float64
		accepted bool
	}{{0, 1.0, true}, {1, 1.0, true}, {2, 0, false}, {0, 1.001, false}} {
		l := newMarket(t)
		e := l.must(lab, trace.RecordInspection, inspecting("INSPECT-2", "Q", c.bad, c.lead))
		i := e.Inspection
		if i.Accepted != c.accepted || i.Severity != sampling.Normal || i.Classes[0].Plan.SampleSize != 20 ||
			i.Classes[1].Plan.Accept != 1 {
			t.Errorf("%d, %v: %+v", c.bad, c.lead, i)
		}
		code := map[bool]trace.Code{true: "", false: trace.BatchRejected}[c.accepted]
		if _, err := l.submit(maker, trace.Sell, selling(trace.Line{GTIN: strict, Lot: "Q", Count: 1})); trace.CodeOf(
			err,
		) != code {
			t.Errorf("%d, %v: sale: %v", c.bad, c.lead, err)
		}
	}
}

// TestInspectionAgain: a rejected batch is judged on tightened terms, the record
// does not count it twice, and it can still be destroyed or go home.
func TestInspectionAgain(t *testing.T) {
	l := newMarket(t)
	l.must(lab, trace.RecordInspection, inspecting("INSPECT-2", "Q", 2, 0))
	l.must(
		maker,
		trace.Decommission,
		trace.DecommissionRequest{
			Lines:  lines(trace.Line{GTIN: strict, Lot: "Q", Count: 1}),
			Reason: trace.ReasonDestroyed,
		},
	)
	e := l.must(lab, trace.RecordInspection, inspecting("INSPECT-3", "Q", 0, 0))
	if e.Inspection.Supersedes != "INSPECT-2" || e.Inspection.Severity != sampling.Tightened || e.Record != nil ||
		!e.Quality.Accepted {
		t.Errorf("%+v %+v", e.Inspection, e.Quality)
	}
	l.must(maker, trace.Dispatch, send("shop", trace.Line{GTIN: strict, Lot: "Q", From: 1, Count: 5}))
}

// TestSwitchingOnTheLedger: after five rejections on tightened inspection no
// further batch is judged until the platform resumes it.
func TestSwitchingOnTheLedger(t *testing.T) {
	l := newMarket(t)
	next := of(shoddy, inspecting("INSPECT-S7", "S7", 0, 0))
	if _, err := l.submit(lab, trace.RecordInspection, next); trace.CodeOf(err) != trace.InspectionDiscontinued {
		t.Errorf("%v", err)
	}
	l.must(lab, trace.RecordInspection, of(shoddy, inspecting("INSPECT-S0-2", "S0", 0, 0))) // again is possible
	l.must(platform, trace.ResumeInspection, resuming)
	if e := l.must(lab, trace.RecordInspection, next); e.Inspection.Severity != sampling.Tightened ||
		e.Record.State.Discontinued {
		t.Errorf("%+v", e)
	}
}

// TestInspectorWithUnits: who has units of a batch does not judge it.
func TestInspectorWithUnits(t *testing.T) {
	l := newMarket(t)
	l.must(
		maker,
		trace.Dispatch,
		with(
			send("lab", trace.Line{GTIN: strict, Lot: "OK", Count: 2}),
			func(r *trace.DispatchRequest) { r.ID = "SHIP-LAB" },
		),
	)
	l.must(lab, trace.Receive, trace.ReceiveRequest{ID: "SHIP-LAB"})
	if _, err := l.submit(lab, trace.RecordInspection, inspecting("INSPECT-2", "OK", 0, 0)); trace.CodeOf(
		err,
	) != trace.InspectorInvolved {
		t.Errorf("%v", err)
	}
}

// TestHolds: the holder of a hold lifts it; an official one only officials do.
func TestHolds(t *testing.T) {
	l := newMarket(t)
	sale := selling(trace.Line{GTIN: strict, Lot: "OK", Count: 1})
	for _, step := range []struct {
		by   identity
		tx   trace.Transaction
		code trace.Code
	}{
		{maker, trace.HoldBatch, ""}, {auditor, trace.HoldBatch, ""}, {maker, trace.ReleaseBatch, ""},
		{maker, trace.ReleaseBatch, trace.NotAllowed}, {platform, trace.ReleaseBatch, ""}, {platform, trace.ReleaseBatch, trace.NotOnHold},
		{maker, trace.HoldBatch, ""},
	} {
		if _, err := l.submit(step.by, step.tx, holding("OK")); trace.CodeOf(err) != step.code {
			t.Errorf("%s by %s: %v", step.tx, step.by.name, err)
		}
		q, err := query[trace.Quality](l, shop, trace.GetQuality, strict, "OK")
		want := map[bool]trace.Code{true: trace.BatchOnHold, false: ""}[len(q.Holds) > 0]
		if _, refused := l.fork(t).submit(maker, trace.Sell, sale); err != nil || trace.CodeOf(refused) != want {
			t.Errorf("after %s by %s: sale %v, want %q", step.tx, step.by.name, refused, want)
		}
	}
}

// TestAcknowledge: once, by whoever has, sold or sent units, late after the
// deadline of the class.
func TestAcknowledge(t *testing.T) {
	for class, hours := range map[trace.RecallClass]time.Duration{trace.ClassI: 24, trace.ClassII: 48, trace.ClassIII: 72} {
		l := newMarket(t)
		l.must(maker, trace.StartRecall, with(recall("RECALL-2", "A"), func(r *trace.Recall) { r.Class = class }))
		request := trace.AcknowledgeRecallRequest{ID: "RECALL-2", Note: "已下架"}
		l.sleep(hours * time.Hour)
		e := l.must(shop, trace.AcknowledgeRecall, request)
		if diff := cmp.Diff(
			&trace.Acknowledgement{Recall: "RECALL-2", Party: "shop", Note: "已下架", At: noon.Add(hours * time.Hour)},
			e.Acknowledgement,
		); diff != "" {
			t.Error(diff)
		}
		if _, err := l.submit(shop, trace.AcknowledgeRecall, request); trace.CodeOf(err) != trace.RecallAcknowledged {
			t.Errorf("again: %v", err)
		}
		l.sleep(time.Millisecond)
		if e := l.must(maker, trace.AcknowledgeRecall, request); !e.Acknowledgement.Late {
			t.Errorf("class %s: %+v", class, e.Acknowledgement)
		}
	}
}

func TestQualityQueries(t *testing.T) {
	l := newMarket(t)
	if s, err := query[trace.Standard](l, shop, trace.GetStandard, "GB-TEA"); err != nil || s.By != "platform" ||
		!s.At.Equal(noon) {
		t.Errorf("%+v %v", s, err)
	}
	if i, err := query[trace.Inspection](l, shop, trace.GetInspection, "INSPECT-1"); err != nil || !i.Accepted ||
		i.SampleSize() != 20 {
		t.Errorf("%+v %v", i, err)
	}
	if _, err := query[trace.Inspection](l, shop, trace.GetInspection, "INSPECT-9"); trace.CodeOf(
		err,
	) != trace.InspectionUnknown {
		t.Errorf("%v", err)
	}
	if r, err := query[trace.Record](l, shop, trace.GetRecord, "rival", "茶叶"); err != nil || !r.State.Discontinued {
		t.Errorf("%+v %v", r, err)
	}
	if a, err := query[trace.Acknowledgement](l, shop, trace.GetAcknowledgement, "RECALL-1", "shop"); err != nil ||
		!a.At.IsZero() {
		t.Errorf("%+v %v", a, err)
	}
}
