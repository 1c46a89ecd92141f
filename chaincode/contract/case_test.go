package contract

import (
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func opening(change func(*trace.OpenCaseRequest)) trace.OpenCaseRequest {
	return with(
		trace.OpenCaseRequest{
			ID:       "CASE-NEW",
			Cause:    trace.CauseDamage,
			Fix:      trace.FixReplace,
			Shipment: "SHIP-1",
			Lines:    lines(line("A", 10, 2)),
			Note:     "外箱破损",
		},
		change,
	)
}

var asIs = func(*trace.OpenCaseRequest) {}

var caseRefusals = []refusal{
	{
		"of an unknown cause",
		shop,
		trace.OpenCase,
		opening(func(r *trace.OpenCaseRequest) { r.Cause = "weather" }),
		trace.FieldInvalid,
		"cause",
	},
	{
		"of an unknown fix",
		shop,
		trace.OpenCase,
		opening(func(r *trace.OpenCaseRequest) { r.Fix = "" }),
		trace.FieldInvalid,
		"fix",
	},
	{
		"that books what is not extra",
		shop,
		trace.OpenCase,
		opening(func(r *trace.OpenCaseRequest) { r.Fix = trace.FixBookExtra }),
		trace.FieldInvalid,
		"fix",
	},
	{
		"that says nothing",
		shop,
		trace.OpenCase,
		opening(func(r *trace.OpenCaseRequest) { r.Note, r.Lines = "", nil }),
		trace.FieldInvalid,
		"note",
	},
	{"about another's shipment", stall, trace.OpenCase, opening(asIs), trace.NotInCase, "shipment"},
	{
		"about no shipment",
		shop,
		trace.OpenCase,
		opening(func(r *trace.OpenCaseRequest) { r.Shipment = "SHIP-NONE" }),
		trace.ShipmentUnknown,
		"shipment",
	},
	{
		"with somebody else",
		shop,
		trace.OpenCase,
		opening(func(r *trace.OpenCaseRequest) { r.With = "stall" }),
		trace.FieldInvalid,
		"with",
	},
	{
		"with nobody known",
		shop,
		trace.OpenCase,
		opening(func(r *trace.OpenCaseRequest) { r.Shipment, r.With = "", "nobody" }),
		trace.PartyUnknown,
		"with",
	},
	{
		"with itself",
		shop,
		trace.OpenCase,
		opening(func(r *trace.OpenCaseRequest) { r.Shipment, r.With = "", "shop" }),
		trace.FieldInvalid,
		"with",
	},
	{
		"for units the sender has not",
		shop,
		trace.OpenCase,
		opening(func(r *trace.OpenCaseRequest) { r.Cause, r.Fix = trace.CauseExtraUnits, trace.FixBookExtra }),
		trace.NotHolder,
		"lines",
	},
	{
		"for units, by their sender",
		maker,
		trace.OpenCase,
		opening(func(r *trace.OpenCaseRequest) { r.Cause, r.Fix = trace.CauseExtraUnits, trace.FixBookExtra }),
		trace.NotReceiver,
		"id",
	},
	{
		"of no case",
		maker,
		trace.AnswerCase,
		trace.AnswerCaseRequest{ID: "CASE-NONE", Accept: true},
		trace.CaseUnknown,
		"id",
	},
	{"without a reason", maker, trace.AnswerCase, trace.AnswerCaseRequest{ID: "CASE-NONE"}, trace.FieldInvalid, "note"},
	{
		"of no case",
		platform,
		trace.DecideCase,
		trace.DecideCaseRequest{ID: "CASE-NONE", Outcome: trace.CaseUpheld, Note: "属实"},
		trace.CaseUnknown,
		"id",
	},
	{
		"without an outcome",
		platform,
		trace.DecideCase,
		trace.DecideCaseRequest{ID: "CASE-NONE", Note: "属实"},
		trace.FieldInvalid,
		"outcome",
	},
	{"of no case", shop, trace.WithdrawCase, trace.CaseRequest{ID: "CASE-NONE"}, trace.CaseUnknown, "id"},

	{
		"without days",
		platform,
		trace.SetCustodyTerms,
		with(trace.DefaultCustodyTerms, func(x *trace.CustodyTerms) { x.OpenDays = 0 }),
		trace.FieldInvalid,
		"openDays",
	},
	{
		"of no undo",
		platform,
		trace.SetCustodyTerms,
		with(trace.DefaultCustodyTerms, func(x *trace.CustodyTerms) { x.UndoMinutes = 0 }),
		trace.FieldInvalid,
		"undoMinutes",
	},
	{
		"with a category twice",
		platform,
		trace.SetCustodyTerms,
		with(trace.DefaultCustodyTerms, func(x *trace.CustodyTerms) {
			x.Expired = []trace.ExpiredPolicy{{Category: "茶叶"}, {Category: "茶叶"}}
		}),
		trace.FieldInvalid,
		"expired.category",
	},
}

// TestCase: who may do what with a case, and when.
func TestCase(t *testing.T) {
	l := newMarket(t)
	e := l.must(shop, trace.OpenCase, opening(asIs))
	if c := e.Case; c.With != "maker" || c.OwnerAt(noon, "platform") != "maker" ||
		!c.AnswerBy.Equal(noon.Add(48*time.Hour)) {
		t.Errorf("case %+v", e.Case)
	}
	dispute := trace.AnswerCaseRequest{ID: "CASE-NEW", Note: "出库时完好"}
	decide := trace.DecideCaseRequest{ID: "CASE-NEW", Outcome: trace.CaseDismissed, Note: "照片为证"}
	taken := trace.CaseRequest{ID: "CASE-NEW"}
	for _, test := range []struct {
		name  string
		steps []act
		code  trace.Code // of the last step
	}{
		{"opened twice", []act{{shop, trace.OpenCase, opening(asIs), 0}}, trace.CaseExists},
		{"answered by a stranger", []act{{stall, trace.AnswerCase, dispute, 0}}, trace.NotInCase},
		{"answered by its opener", []act{{shop, trace.AnswerCase, dispute, 0}}, trace.NotInCase},
		{"withdrawn by the other", []act{{maker, trace.WithdrawCase, taken, 0}}, trace.NotInCase},
		{"decided before the answer", []act{{platform, trace.DecideCase, decide, 0}}, trace.DecisionEarly},
		{"decided once the answer is late", []act{{platform, trace.DecideCase, decide, 49 * time.Hour}}, ""},
		{"decided after a dispute", []act{{maker, trace.AnswerCase, dispute, 0}, {platform, trace.DecideCase, decide, 0}}, ""},
		{"decided twice", []act{{maker, trace.AnswerCase, dispute, 0}, {platform, trace.DecideCase, decide, 0}, {platform, trace.DecideCase, decide, 0}}, trace.CaseConflict},
		{"answered twice", []act{{maker, trace.AnswerCase, dispute, 0}, {maker, trace.AnswerCase, dispute, 0}}, trace.CaseConflict},
		{"answered late", []act{{maker, trace.AnswerCase, dispute, 100 * time.Hour}}, ""},
		{"withdrawn", []act{{shop, trace.WithdrawCase, taken, 0}}, ""},
		{"withdrawn when accepted", []act{{maker, trace.AnswerCase, trace.AnswerCaseRequest{ID: "CASE-NEW", Accept: true}, 0}, {shop, trace.WithdrawCase, taken, 0}}, trace.CaseConflict},
	} {
		if err := l.fork(t).play(test.steps); trace.CodeOf(err) != test.code {
			t.Errorf("%s: %v, want %q", test.name, err, test.code)
		}
	}
	if c := e.Case; c.StatusAt(noon.Add(49*time.Hour)) != trace.CaseEscalated ||
		c.OwnerAt(noon.Add(49*time.Hour), "platform") != "platform" {
		t.Error("an answer that is late is not the platform's to follow up")
	}
}

// TestOneCaseForOneThing: the same between the same parties is one case until it
// ends, whoever's number it bears; a receipt that claims it again books the rest.
func TestOneCaseForOneThing(t *testing.T) {
	l := newMarket(t)
	l.must(shop, trace.OpenCase, opening(asIs))
	renamed := func(change func(*trace.OpenCaseRequest)) trace.OpenCaseRequest {
		return opening(func(r *trace.OpenCaseRequest) { r.ID = "CASE-TWO"; change(r) })
	}
	for name, test := range map[string]struct {
		steps []act
		code  trace.Code
	}{
		"the same again":         {[]act{{shop, trace.OpenCase, renamed(asIs), 0}}, trace.CasePending},
		"in other words":         {[]act{{shop, trace.OpenCase, renamed(func(r *trace.OpenCaseRequest) { r.Note = "再报一次" }), 0}}, trace.CasePending},
		"by the other side":      {[]act{{maker, trace.OpenCase, renamed(asIs), 0}}, ""},
		"about other units":      {[]act{{shop, trace.OpenCase, renamed(func(r *trace.OpenCaseRequest) { r.Lines = lines(line("A", 12, 1)) }), 0}}, ""},
		"for another cause":      {[]act{{shop, trace.OpenCase, renamed(func(r *trace.OpenCaseRequest) { r.Cause = trace.CauseOther }), 0}}, ""},
		"in dispute still":       {[]act{{maker, trace.AnswerCase, trace.AnswerCaseRequest{ID: "CASE-NEW", Note: "无误"}, 0}, {shop, trace.OpenCase, renamed(asIs), 0}}, trace.CasePending},
		"after it was withdrawn": {[]act{{shop, trace.WithdrawCase, trace.CaseRequest{ID: "CASE-NEW"}, 0}, {shop, trace.OpenCase, renamed(asIs), 0}}, ""},
		"after it was accepted":  {[]act{{maker, trace.AnswerCase, trace.AnswerCaseRequest{ID: "CASE-NEW", Accept: true}, 0}, {shop, trace.OpenCase, renamed(asIs), 0}}, ""},
		"after it was decided": {[]act{{platform, trace.DecideCase, trace.DecideCaseRequest{ID: "CASE-NEW", Outcome: trace.CaseUpheld, Note: "属实"}, 49 * time.Hour},
			{shop, trace.OpenCase, renamed(asIs), 0}}, ""},
		"extra units claimed twice": {[]act{{shop, trace.Receive, receipt(got(trace.Good, "A", 50, 2)), 0}, {shop, trace.Receive, receipt(got(trace.Good, "A", 50, 2)), 0}}, trace.CasePending},
		"extra units beside others": {[]act{{shop, trace.Receive, receipt(got(trace.Good, "A", 50, 2)), 0},
			{shop, trace.Receive, receipt(got(trace.Good, "A", 40, 1), got(trace.Good, "A", 50, 2)), 0}}, ""},
	} {
		if err := l.fork(t).play(test.steps); trace.CodeOf(err) != test.code {
			t.Errorf("%s: %v, want %q", name, err, test.code)
		}
	}
}

// TestDamageIsACase of the receipt that books it, beside a claim for extra units.
func TestDamageIsACase(t *testing.T) {
	l := newMarket(t)
	e := l.must(
		shop,
		trace.Receive,
		receipt(got(trace.Good, "A", 40, 7), got(trace.Damaged, "A", 47, 3), got(trace.Good, "A", 50, 1)),
	)
	all := e.AllCases()
	if len(all) != 2 || all[0].Cause != trace.CauseExtraUnits || all[1].Cause != trace.CauseDamage ||
		all[1].With != "maker" ||
		all[1].Lines[0] != line("A", 47, 3) {
		t.Errorf("cases %+v", all)
	}
}

// act is a transaction some time after the one before.
type act struct {
	by      identity
	tx      trace.Transaction
	request any
	after   time.Duration
}

// play submits all steps but the last, which must pass, and answers for the last.
func (l *ledger) play(steps []act) (err error) {
	l.t.Helper()
	for i, s := range steps {
		if err != nil {
			l.t.Fatalf("step %d: %v", i, err)
		}
		l.sleep(s.after)
		_, err = l.submit(s.by, s.tx, s.request)
	}
	return err
}

// TestExpiredGoods: by default they go home and nowhere else, and the platform
// says by category what may be given away.
func TestExpiredGoods(t *testing.T) {
	l := newMarket(t)
	l.must(maker, trace.RegisterBatch, with(batch(tea, "OLD", 20), func(b *trace.Batch) { b.ExpiresOn = "2026-10-03" }))
	l.must(maker, trace.Dispatch, trace.DispatchRequest{ID: "SHIP-OLD", To: "shop", Lines: lines(line("OLD", 0, 10))})
	l.must(shop, trace.Receive, trace.ReceiveRequest{ID: "SHIP-OLD"})
	l.sleep(3 * 24 * time.Hour) // two days after the last good one
	terms := with(trace.DefaultCustodyTerms, func(x *trace.CustodyTerms) {
		x.Expired = []trace.ExpiredPolicy{{Category: "茶叶", DonationDays: 2, Disposal: true}}
	})
	sending := func(to string, p trace.Purpose) trace.DispatchRequest {
		return with(send(to, line("OLD", 0, 1)), func(r *trace.DispatchRequest) { r.Purpose = p })
	}
	for name, test := range map[string]struct {
		act
		terms *trace.CustodyTerms
		code  trace.Code
	}{
		"sold":                      {act{shop, trace.Sell, selling(line("OLD", 0, 1)), 0}, nil, trace.GoodsExpired},
		"sent on":                   {act{shop, trace.Dispatch, sending("stall", ""), 0}, nil, trace.GoodsExpired},
		"exported":                  {act{shop, trace.Decommission, removing(trace.ReasonExported, line("OLD", 0, 1)), 0}, nil, trace.GoodsExpired},
		"made into something":       {act{maker, trace.Transform, making(line("OLD", 10, 5)), 0}, nil, trace.GoodsExpired},
		"sent home":                 {act{shop, trace.Dispatch, sending("maker", ""), 0}, nil, ""},
		"destroyed":                 {act{shop, trace.Decommission, removing(trace.ReasonDestroyed, line("OLD", 0, 1)), 0}, nil, ""},
		"donated, by default":       {act{shop, trace.Dispatch, sending("stall", trace.ForDonation), 0}, nil, trace.GoodsExpired},
		"donated where allowed":     {act{shop, trace.Dispatch, sending("stall", trace.ForDonation), 0}, &terms, ""},
		"donated too late":          {act{shop, trace.Dispatch, sending("stall", trace.ForDonation), 25 * time.Hour}, &terms, trace.GoodsExpired},
		"disposed of where allowed": {act{shop, trace.Dispatch, sending("stall", trace.ForDisposal), 25 * time.Hour}, &terms, ""},
		"sent on, where donated":    {act{shop, trace.Dispatch, sending("stall", ""), 0}, &terms, trace.GoodsExpired},
		"for no known purpose":      {act{shop, trace.Dispatch, sending("stall", "fun"), 0}, &terms, trace.FieldInvalid},
	} {
		f := l.fork(t)
		if test.terms != nil {
			f.must(platform, trace.SetCustodyTerms, *test.terms)
		}
		if err := f.play([]act{test.act}); trace.CodeOf(err) != test.code {
			t.Errorf("%s: %v, want %q", name, err, test.code)
		}
	}
}

// TestMadeGoodsExpireWithTheirInputs, unless their maker says why not.
func TestMadeGoodsExpireWithTheirInputs(t *testing.T) {
	l := newMarket(t)
	l.must(
		maker,
		trace.RegisterBatch,
		with(batch(tea, "SOON", 20), func(b *trace.Batch) { b.ExpiresOn = "2026-12-01" }),
	)
	for name, test := range map[string]struct {
		expires trace.Date
		reason  string
		code    trace.Code
		want    trace.Date
	}{
		"nothing said":        {"", "", "", "2026-12-01"},
		"sooner":              {"2026-11-01", "", "", "2026-11-01"},
		"later":               {"2027-11-01", "", trace.ExpiryBeyond, ""},
		"later for a reason":  {"2027-11-01", "经高温灭菌", "", "2027-11-01"},
		"later for no reason": {"2027-11-01", "  ", trace.ExpiryBeyond, ""},
	} {
		r := with(
			making(line("SOON", 0, 5)),
			func(r *trace.TransformRequest) { r.Output.ExpiresOn, r.ExpiryReason = test.expires, test.reason },
		)
		e, err := l.fork(t).submit(maker, trace.Transform, r)
		if trace.CodeOf(err) != test.code {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil &&
			(e.Batch.ExpiresOn != test.want || e.Transformation.InputsExpireOn != "2026-12-01" || e.Transformation.ExpiryReason != test.reason) {
			t.Errorf("%s: %+v %+v", name, e.Batch, e.Transformation)
		}
	}
}
