package contract

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func applying(change func(*trace.ApplyRequest)) trace.ApplyRequest {
	return with(trace.ApplyRequest{Note: "首次申请", Licences: []trace.Licence{
		{Kind: "food", Issuer: "SAMR", Number: "SC2", ValidTo: "2027-10-02", DocumentHash: tree.root}}}, change)
}

func reviewing(id string, outcome trace.ApplicationStatus) trace.ReviewRequest {
	return trace.ReviewRequest{ID: id, Outcome: outcome, Reason: trace.Text{ZhCN: "材料已核对", En: "Documents seen"}}
}

func checking(id string, change func(*trace.CheckRequest)) trace.CheckRequest {
	return with(trace.CheckRequest{ID: id, Party: "shop", Items: []trace.CheckItem{
		{Item: trace.Text{ZhCN: "进货台账"}, Result: trace.ItemPassed},
		{Item: trace.Text{ZhCN: "冷藏温度"}, Result: trace.ItemFailed, Finding: "9 ℃"},
	}, Actions: []trace.CorrectiveAction{{Item: 2, Action: "更换冷柜", Due: "2026-10-12"}}}, change)
}

func scheduling(id string, class trace.RiskClass, due trace.Date) trace.ScheduleRequest {
	return trace.ScheduleRequest{ID: id, RiskClass: class, NextCheckDue: due}
}

func mending(id string, number int) trace.CloseActionRequest {
	return trace.CloseActionRequest{ID: id, Number: number, Note: "已更换"}
}

var supervisionRefusals = []refusal{
	{"by the platform", platform, trace.Apply, applying(func(*trace.ApplyRequest) {}), trace.RoleMissing, ""},
	{"by a revoked party", revoked, trace.Apply, applying(func(*trace.ApplyRequest) {}), trace.PartySuspended, ""},
	{
		"without a licence",
		applicant,
		trace.Apply,
		applying(func(r *trace.ApplyRequest) { r.Licences = nil }),
		trace.FieldInvalid,
		"licences",
	},
	{
		"without its document",
		applicant,
		trace.Apply,
		applying(func(r *trace.ApplyRequest) { r.Licences[0].DocumentHash = "" }),
		trace.DocumentMissing,
		"licences.documentHash",
	},
	{"for a brand without its document", applicant, trace.Apply, applying(func(r *trace.ApplyRequest) {
		r.Authorisations = []trace.Authorisation{{Prefix: "6922222", Brand: "澄岩"}}
	}), trace.DocumentMissing, "authorisations.documentHash"},
	{
		"with an odd document",
		applicant,
		trace.Apply,
		applying(func(r *trace.ApplyRequest) { r.Licences[0].DocumentHash = "x" }),
		trace.FieldInvalid,
		"licences.documentHash",
	},
	{
		"with an odd prefix",
		applicant,
		trace.Apply,
		applying(func(r *trace.ApplyRequest) { r.Prefixes = []string{"x"} }),
		trace.FieldInvalid,
		"prefixes",
	},
	{
		"for another, in a field of the ledger",
		platform,
		trace.RegisterParty,
		newcomer(func(p *trace.Party) { p.RiskClass = trace.RiskLow }),
		trace.FieldInvalid,
		"riskClass",
	},
	{
		"with a history of its own",
		platform,
		trace.RegisterParty,
		newcomer(func(p *trace.Party) { p.History = []trace.Ruling{{}} }),
		trace.FieldInvalid,
		"history",
	},

	{
		"of nobody",
		platform,
		trace.ReviewApplication,
		reviewing("nobody", trace.ApplicationAccepted),
		trace.PartyUnknown,
		"id",
	},
	{
		"that nobody made",
		platform,
		trace.ReviewApplication,
		reviewing("shop", trace.ApplicationAccepted),
		trace.ApplicationMissing,
		"id",
	},
	{"with no outcome", platform, trace.ReviewApplication, reviewing("shop", "perhaps"), trace.FieldInvalid, "outcome"},
	{
		"without a reason",
		platform,
		trace.ReviewApplication,
		trace.ReviewRequest{ID: "shop", Outcome: trace.ApplicationRefused},
		trace.FieldInvalid,
		"reason",
	},
	{
		"by the applicant",
		applicant,
		trace.ReviewApplication,
		reviewing("applicant", trace.ApplicationAccepted),
		trace.RoleMissing,
		"",
	},

	{"of no class", platform, trace.ScheduleChecks, scheduling("shop", "none", ""), trace.FieldInvalid, "riskClass"},
	{
		"put off",
		platform,
		trace.ScheduleChecks,
		scheduling("shop", trace.RiskHigh, "2027-01-01"),
		trace.DateInvalid,
		"nextCheckDue",
	},
	{"of nobody", platform, trace.ScheduleChecks, scheduling("nobody", trace.RiskHigh, ""), trace.PartyUnknown, "id"},
	{"by a shop", shop, trace.ScheduleChecks, scheduling("shop", trace.RiskLow, ""), trace.RoleMissing, ""},

	{
		"of nobody",
		platform,
		trace.RecordCheck,
		checking("CHECK-1", func(r *trace.CheckRequest) { r.Party = "nobody" }),
		trace.PartyUnknown,
		"party",
	},
	{
		"of itself",
		platform,
		trace.RecordCheck,
		checking("CHECK-1", func(r *trace.CheckRequest) { r.Party = "platform" }),
		trace.NotAllowed,
		"party",
	},
	{
		"of nothing",
		platform,
		trace.RecordCheck,
		checking("CHECK-1", func(r *trace.CheckRequest) { r.Items = nil }),
		trace.FieldInvalid,
		"items",
	},
	{
		"with a failure nobody mends",
		platform,
		trace.RecordCheck,
		checking("CHECK-1", func(r *trace.CheckRequest) { r.Actions = nil }),
		trace.FieldInvalid,
		"actions",
	},
	{
		"with something mended that passed",
		platform,
		trace.RecordCheck,
		checking("CHECK-1", func(r *trace.CheckRequest) { r.Actions[0].Item = 1 }),
		trace.FieldInvalid,
		"actions",
	},
	{
		"with a failure nobody describes",
		platform,
		trace.RecordCheck,
		checking("CHECK-1", func(r *trace.CheckRequest) { r.Items[1].Finding = "" }),
		trace.FieldInvalid,
		"items.finding",
	},
	{
		"with an odd result",
		platform,
		trace.RecordCheck,
		checking("CHECK-1", func(r *trace.CheckRequest) { r.Items[0].Result = "good" }),
		trace.FieldInvalid,
		"items.result",
	},
	{
		"with an action due before",
		platform,
		trace.RecordCheck,
		checking("CHECK-1", func(r *trace.CheckRequest) { r.Actions[0].Due = "2026-10-01" }),
		trace.DateInvalid,
		"actions.due",
	},
	{
		"with an action closed before",
		platform,
		trace.RecordCheck,
		checking("CHECK-1", func(r *trace.CheckRequest) { r.Actions[0].Note = "x" }),
		trace.FieldInvalid,
		"actions",
	},
	{"by a shop", shop, trace.RecordCheck, checking("CHECK-1", func(*trace.CheckRequest) {}), trace.RoleMissing, ""},

	{"of no check", platform, trace.CloseAction, mending("CHECK-NONE", 1), trace.CheckUnknown, "id"},
	{
		"without a note",
		platform,
		trace.CloseAction,
		trace.CloseActionRequest{ID: "CHECK-1", Number: 1},
		trace.FieldInvalid,
		"note",
	},
	{"by a shop", shop, trace.CloseAction, mending("CHECK-1", 1), trace.RoleMissing, ""},

	{
		"for no country",
		maker,
		trace.RegisterBatch,
		batchWith(func(b *trace.Batch) { b.Markets = []string{"CN", "China"} }),
		trace.FieldInvalid,
		"markets",
	},
}

// TestApplication: what is applied for counts once the platform accepts it.
func TestApplication(t *testing.T) {
	l := newMarket(t)
	me := func() trace.Party {
		p, err := query[trace.Party](l, applicant, trace.WhoAmI)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	l.must(applicant, trace.Apply, applying(func(r *trace.ApplyRequest) { r.Licences[0].Number = "SC1" }))
	if p := me(); p.Status != trace.StatusApplied || len(p.Licences) > 0 ||
		p.Application.Status != trace.ApplicationSubmitted {
		t.Errorf("before the review: %+v", p)
	}
	l.must(platform, trace.ReviewApplication, reviewing("applicant", trace.ApplicationMoreNeeded))
	if _, err := l.submit(
		platform, trace.ReviewApplication, reviewing("applicant", trace.ApplicationAccepted),
	); trace.CodeOf(err) != trace.ApplicationMissing {
		t.Errorf("accepted without a new application: %v", err)
	}
	l.must(applicant, trace.Apply, applying(func(*trace.ApplyRequest) {}))
	e := l.must(platform, trace.ReviewApplication, reviewing("applicant", trace.ApplicationAccepted))
	p := me()
	if diff := cmp.Diff(&p, e.Party); diff != "" || e.Type != trace.EventApplicationReviewed {
		t.Errorf("%s %s", e.Type, diff)
	}
	if p.Status != trace.StatusQualified || len(p.Licences) != 1 || p.Licences[0].Number != "SC2" ||
		len(p.History) != 2 ||
		p.NextCheckDue != "2027-09-27" {
		t.Errorf("after the review: %+v", p)
	}
	want := trace.Ruling{Status: trace.StatusApplied, Application: trace.ApplicationMoreNeeded,
		Reason: trace.Text{ZhCN: "材料已核对", En: "Documents seen"}, By: "platform", At: noon}
	if diff := cmp.Diff(want, p.History[0]); diff != "" {
		t.Error(diff)
	}
}

// TestRenewal: a lapsed party mends its licence by an application, and what it
// asks for must still be free.
func TestRenewal(t *testing.T) {
	l := newMarket(t)
	l.sleep(24 * time.Hour)
	l.must(
		lapsed,
		trace.Apply,
		applying(func(r *trace.ApplyRequest) { r.Prefixes = []string{lapsedPrefix, makerPrefix} }),
	)
	if _, err := l.submit(
		platform, trace.ReviewApplication, reviewing("lapsed", trace.ApplicationAccepted),
	); trace.CodeOf(err) != trace.PrefixTaken {
		t.Errorf("somebody else's prefix: %v", err)
	}
	l.must(lapsed, trace.Apply, applying(func(r *trace.ApplyRequest) { r.Prefixes = []string{lapsedPrefix} }))
	l.must(platform, trace.ReviewApplication, reviewing("lapsed", trace.ApplicationAccepted))
	l.must(lapsed, trace.RegisterProduct, product(gtin(lapsedPrefix, 1)))
}

// TestComplianceCheck: an overdue corrective action lapses a party until it is closed.
func TestComplianceCheck(t *testing.T) {
	l := newMarket(t)
	l.must(platform, trace.ScheduleChecks, scheduling("shop", trace.RiskHigh, ""))
	e := l.must(platform, trace.RecordCheck, checking("CHECK-1", func(*trace.CheckRequest) {}))
	if e.Check.Result != trace.CheckConditional || e.Check.On != "2026-10-02" || e.Party.NextCheckDue != "2026-12-31" ||
		e.Party.OpenActions[0].Due != "2026-10-12" {
		t.Errorf("%+v %+v", e.Check, e.Party)
	}
	if _, err := l.submit(platform, trace.RecordCheck, checking("CHECK-1", func(*trace.CheckRequest) {})); trace.CodeOf(
		err,
	) != trace.CheckExists {
		t.Errorf("a second time: %v", err)
	}
	sale := selling(line("A", 10, 1))
	l.sleep(10 * 24 * time.Hour)
	l.must(shop, trace.Sell, sale)
	l.sleep(24 * time.Hour)
	if _, err := l.submit(shop, trace.Sell, selling(line("A", 11, 1))); trace.CodeOf(err) != trace.PartyLapsed {
		t.Errorf("with an overdue action: %v", err)
	}
	if _, err := l.submit(platform, trace.CloseAction, mending("CHECK-1", 2)); trace.CodeOf(
		err,
	) != trace.ActionUnknown {
		t.Error(err)
	}
	l.must(platform, trace.CloseAction, mending("CHECK-1", 1))
	if _, err := l.submit(platform, trace.CloseAction, mending("CHECK-1", 1)); trace.CodeOf(err) != trace.ActionClosed {
		t.Error(err)
	}
	l.must(shop, trace.Sell, selling(line("A", 11, 1)))
	x, err := query[trace.ComplianceCheck](l, auditor, trace.GetCheck, "CHECK-1")
	if err != nil || x.Actions[0].ClosedAt.IsZero() || x.Actions[0].Note != "已更换" {
		t.Errorf("%+v %v", x, err)
	}
}
