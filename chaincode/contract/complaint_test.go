package contract

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

var evidence = tree.root

// against opens a complaint about a unit of lot A that holder has or had.
func against(id, holder string, index int64) trace.OpenComplaintRequest {
	return trace.OpenComplaintRequest{ID: id, GTIN: tea, Lot: "A", Index: index, Holder: holder, EvidenceHash: evidence}
}

func complaintWith(change func(*trace.OpenComplaintRequest)) trace.OpenComplaintRequest {
	return with(against("CASE-1", "shop", 0), change)
}

func saying(id string) trace.StatementRequest {
	return trace.StatementRequest{ID: id, EvidenceHash: evidence}
}

func deciding(id string, kind trace.DecisionKind, o trace.Outcome, officer string) trace.DecideComplaintRequest {
	return trace.DecideComplaintRequest{ID: id, Kind: kind, Outcome: o, Officer: officer,
		Reason: trace.Text{ZhCN: "包装印刷与真品不符", En: "The print differs from the genuine article's"}}
}

func decidingWith(change func(*trace.DecideComplaintRequest)) trace.DecideComplaintRequest {
	return with(deciding("CASE-NONE", trace.FirstDecision, trace.CannotTell, "li"), change)
}

var complaintRefusals = []refusal{
	{"of an odd number", platform, trace.OpenComplaint, against("x", "shop", 0), trace.FieldInvalid, "id"},
	{
		"of an unknown lot",
		platform,
		trace.OpenComplaint,
		complaintWith(func(r *trace.OpenComplaintRequest) { r.Lot = "NONE" }),
		trace.BatchUnknown,
		"lot",
	},
	{
		"beyond the last unit",
		platform,
		trace.OpenComplaint,
		against("CASE-1", "shop", 100),
		trace.LineOutOfRange,
		"lines",
	},
	{"before the first unit", platform, trace.OpenComplaint, against("CASE-1", "shop", -1), trace.UnitUnknown, "index"},
	{"against somebody else", platform, trace.OpenComplaint, against("CASE-1", "stall", 0), trace.NotHolder, "holder"},
	{"against nobody", platform, trace.OpenComplaint, against("CASE-1", "", 0), trace.FieldInvalid, "holder"},
	{
		"without evidence",
		platform,
		trace.OpenComplaint,
		complaintWith(func(r *trace.OpenComplaintRequest) { r.EvidenceHash = "" }),
		trace.FieldInvalid,
		"evidenceHash",
	},
	{"by a rival", stall, trace.OpenComplaint, against("CASE-1", "shop", 0), trace.RoleMissing, ""},

	{"unknown", shop, trace.AnswerComplaint, saying("CASE-NONE"), trace.ComplaintUnknown, "id"},
	{
		"without saying anything",
		shop,
		trace.AnswerComplaint,
		trace.StatementRequest{ID: "CASE-NONE"},
		trace.FieldInvalid,
		"evidenceHash",
	},
	{"unknown", shop, trace.AppealComplaint, saying("CASE-NONE"), trace.ComplaintUnknown, "id"},
	{"by a revoked party", revoked, trace.AppealComplaint, saying("CASE-NONE"), trace.PartySuspended, ""},
	{
		"unknown",
		platform,
		trace.WithdrawComplaint,
		trace.ComplaintRequest{ID: "CASE-NONE"},
		trace.ComplaintUnknown,
		"id",
	},

	{
		"unknown",
		platform,
		trace.DecideComplaint,
		decidingWith(func(*trace.DecideComplaintRequest) {}),
		trace.ComplaintUnknown,
		"id",
	},
	{
		"as nothing known",
		platform,
		trace.DecideComplaint,
		decidingWith(func(r *trace.DecideComplaintRequest) { r.Outcome = "guilty" }),
		trace.FieldInvalid,
		"outcome",
	},
	{
		"as withdrawn",
		platform,
		trace.DecideComplaint,
		decidingWith(func(r *trace.DecideComplaintRequest) { r.Outcome = trace.OutcomeWithdrawn }),
		trace.FieldInvalid,
		"outcome",
	},
	{
		"in no known kind",
		platform,
		trace.DecideComplaint,
		decidingWith(func(r *trace.DecideComplaintRequest) { r.Kind = "final" }),
		trace.FieldInvalid,
		"kind",
	},
	{
		"in Chinese only",
		platform,
		trace.DecideComplaint,
		decidingWith(func(r *trace.DecideComplaintRequest) { r.Reason.En = "" }),
		trace.FieldInvalid,
		"reason.en",
	},
	{
		"by nobody",
		platform,
		trace.DecideComplaint,
		decidingWith(func(r *trace.DecideComplaintRequest) { r.Officer = "" }),
		trace.FieldInvalid,
		"officer",
	},
	{
		"suspending the innocent",
		platform,
		trace.DecideComplaint,
		decidingWith(func(r *trace.DecideComplaintRequest) { r.Suspend = true }),
		trace.FieldInvalid,
		"suspend",
	},

	{
		"of no time",
		platform,
		trace.SetComplaintTerms,
		trace.ComplaintTerms{DecideMinutes: 1, AppealMinutes: 1},
		trace.FieldInvalid,
		"answerMinutes",
	},
	{
		"of too long",
		platform,
		trace.SetComplaintTerms,
		trace.ComplaintTerms{AnswerMinutes: 1, DecideMinutes: 1, AppealMinutes: 1 << 40},
		trace.FieldInvalid,
		"appealMinutes",
	},
	{
		"the wrong way round",
		platform,
		trace.SetComplaintTerms,
		trace.ComplaintTerms{AnswerMinutes: 2, DecideMinutes: 1, AppealMinutes: 1},
		trace.FieldInvalid,
		"decideMinutes",
	},
}

// TestRespondent: who has the unit, sold it, or sent it on its way.
func TestRespondent(t *testing.T) {
	for holder, test := range map[string]struct {
		unit int64
		want string
	}{"shop": {0, "shop"}, "SHIP-2": {40, "maker"}, "maker": {60, "maker"}} {
		e := newMarket(t).must(platform, trace.OpenComplaint, against("CASE-1", holder, test.unit))
		want := trace.Complaint{
			ID:           "CASE-1",
			GTIN:         tea,
			Lot:          "A",
			Index:        test.unit,
			Respondent:   test.want,
			EvidenceHash: evidence,
			Status:       trace.ComplaintOpen,
			OpenedAt:     noon,
			AnswerBy:     noon.Add(48 * time.Hour),
			DecideBy:     noon.Add(7 * 24 * time.Hour),
		}
		if diff := cmp.Diff(trace.Event{Type: trace.EventComplaintOpened, At: noon, By: "platform", Complaint: &want,
			Lines: lines(line("A", test.unit, 1))}, e); diff != "" {
			t.Errorf("%s: %s", holder, diff)
		}
	}
}

// step is one transaction about a complaint, after a pause, and how it ends.
type step struct {
	after   time.Duration
	by      identity
	tx      trace.Transaction
	request any
	code    trace.Code
}

// complaintStories: what follows what, with the usual terms.
var complaintStories = map[string]struct {
	steps  []step
	status trace.ComplaintStatus
	count  trace.Outcome
}{
	"a decision waits for the answer or its deadline": {
		[]step{
			{
				0,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.FirstDecision, trace.CannotTell, "li"),
				trace.DecisionEarly,
			},
			{
				48*time.Hour + time.Minute,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.FirstDecision, trace.CannotTell, "li"),
				"",
			},
			{0, shop, trace.AnswerComplaint, saying("CASE-1"), trace.ComplaintConflict},
		},
		trace.ComplaintDecided,
		trace.CannotTell,
	},
	"only the respondent answers, once, and late too": {[]step{
		{0, stall, trace.AnswerComplaint, saying("CASE-1"), trace.NotRespondent},
		{100 * time.Hour, shop, trace.AnswerComplaint, saying("CASE-1"), ""},
		{0, shop, trace.AnswerComplaint, saying("CASE-1"), trace.ComplaintConflict},
	}, trace.ComplaintAnswered, ""},
	"what is withdrawn is over": {
		[]step{
			{0, platform, trace.WithdrawComplaint, trace.ComplaintRequest{ID: "CASE-1"}, ""},
			{0, platform, trace.WithdrawComplaint, trace.ComplaintRequest{ID: "CASE-1"}, trace.ComplaintConflict},
			{0, shop, trace.AnswerComplaint, saying("CASE-1"), trace.ComplaintConflict},
			{
				72 * time.Hour,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.FirstDecision, trace.CannotTell, "li"),
				trace.ComplaintConflict,
			},
		},
		trace.ComplaintWithdrawn,
		trace.OutcomeWithdrawn,
	},
	"an appeal goes to another officer, once": {
		[]step{
			{0, shop, trace.AppealComplaint, saying("CASE-1"), trace.ComplaintConflict},
			{0, shop, trace.AnswerComplaint, saying("CASE-1"), ""},
			{
				0,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.FirstDecision, trace.CounterfeitConfirmed, "li"),
				"",
			},
			{
				0,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.FirstDecision, trace.FoundGenuine, "li"),
				trace.ComplaintConflict,
			},
			{0, platform, trace.WithdrawComplaint, trace.ComplaintRequest{ID: "CASE-1"}, trace.ComplaintConflict},
			{0, stall, trace.AppealComplaint, saying("CASE-1"), trace.NotRespondent},
			{15 * 24 * time.Hour, shop, trace.AppealComplaint, saying("CASE-1"), ""},
			{
				0,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.Amendment, trace.FoundGenuine, "wang"),
				trace.ComplaintConflict,
			},
			{
				0,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.AppealDecision, trace.FoundGenuine, "li"),
				trace.SameOfficer,
			},
			{
				0,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.AppealDecision, trace.FoundGenuine, "wang"),
				"",
			},
			{0, shop, trace.AppealComplaint, saying("CASE-1"), trace.AppealUsed},
		},
		trace.ComplaintDecided,
		trace.FoundGenuine,
	},
	"an appeal comes in time": {
		[]step{
			{0, shop, trace.AnswerComplaint, saying("CASE-1"), ""},
			{
				0,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.FirstDecision, trace.CounterfeitConfirmed, "li"),
				"",
			},
			{15*24*time.Hour + time.Minute, shop, trace.AppealComplaint, saying("CASE-1"), trace.AppealLate},
			{
				0,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.AppealDecision, trace.FoundGenuine, "wang"),
				trace.ComplaintConflict,
			},
		},
		trace.ComplaintDecided,
		trace.CounterfeitConfirmed,
	},
	"a decision is amended, never unsaid": {
		[]step{
			{
				0,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.Amendment, trace.CannotTell, "li"),
				trace.ComplaintConflict,
			},
			{0, shop, trace.AnswerComplaint, saying("CASE-1"), ""},
			{
				0,
				platform,
				trace.DecideComplaint,
				deciding("CASE-1", trace.FirstDecision, trace.CounterfeitConfirmed, "li"),
				"",
			},
			{0, platform, trace.DecideComplaint, deciding("CASE-1", trace.Amendment, trace.CannotTell, "li"), ""},
		},
		trace.ComplaintDecided,
		trace.CannotTell,
	},
}

func TestComplaints(t *testing.T) {
	for name, story := range complaintStories {
		l, decisions := newMarket(t), 0
		l.must(platform, trace.OpenComplaint, against("CASE-1", "shop", 0))
		for i, s := range story.steps {
			l.sleep(s.after)
			if _, err := l.submit(s.by, s.tx, s.request); trace.CodeOf(err) != s.code || err != nil && s.code == "" {
				t.Errorf("%s: step %d, %s: %v, want %q", name, i, s.tx, err, s.code)
			}
			if s.tx == trace.DecideComplaint && s.code == "" {
				decisions++
			}
		}
		c, err := query[trace.Complaint](l, stall, trace.GetComplaint, "CASE-1")
		if err != nil || c.Status != story.status || c.Outcome() != story.count || len(c.Decisions) != decisions {
			t.Errorf("%s: ends as %+v, %v", name, c, err)
		}
	}
}

// TestSuspendingDecision: a confirmed counterfeit can suspend its seller, who
// may still appeal, and do nothing else.
func TestSuspendingDecision(t *testing.T) {
	l := newMarket(t)
	l.must(platform, trace.OpenComplaint, against("CASE-1", "shop", 0))
	if _, err := l.submit(platform, trace.OpenComplaint, against("CASE-1", "shop", 1)); trace.CodeOf(
		err,
	) != trace.ComplaintExists {
		t.Error(err)
	}
	l.must(shop, trace.AnswerComplaint, saying("CASE-1"))
	e := l.must(
		platform,
		trace.DecideComplaint,
		with(deciding("CASE-1", trace.FirstDecision, trace.CounterfeitConfirmed, "li"),
			func(r *trace.DecideComplaintRequest) { r.Suspend = true }),
	)
	if e.Party == nil || e.Party.Status != trace.StatusSuspended || !e.Complaint.Decisions[0].Suspended {
		t.Errorf("%+v", e)
	}
	if _, err := l.submit(shop, trace.Sell, selling(line("A", 10, 1))); trace.CodeOf(err) != trace.PartySuspended {
		t.Error(err)
	}
	e = l.must(shop, trace.AppealComplaint, saying("CASE-1"))
	if e.Complaint.Status != trace.ComplaintAppealed || e.Complaint.Outcome() != trace.CounterfeitConfirmed {
		t.Errorf("%+v", e.Complaint)
	}
}

// TestComplaintTerms: new terms hold for what is opened after them.
func TestComplaintTerms(t *testing.T) {
	l := newMarket(t)
	l.must(platform, trace.OpenComplaint, against("CASE-1", "shop", 0))
	terms := trace.ComplaintTerms{AnswerMinutes: 1, DecideMinutes: 2, AppealMinutes: 3}
	l.must(platform, trace.SetComplaintTerms, terms)
	e := l.must(platform, trace.OpenComplaint, against("CASE-2", "shop", 0))
	if !e.Complaint.AnswerBy.Equal(noon.Add(time.Minute)) || !e.Complaint.DecideBy.Equal(noon.Add(2*time.Minute)) {
		t.Errorf("%+v", e.Complaint)
	}
	old, _ := query[trace.Complaint](l, shop, trace.GetComplaint, "CASE-1")
	now, err := query[trace.ComplaintTerms](l, shop, trace.GetComplaintTerms)
	if !old.AnswerBy.Equal(noon.Add(48*time.Hour)) || now != terms || err != nil {
		t.Errorf("%+v %+v %v", old, now, err)
	}
}

// TestOwnCase: a platform that has the unit is not its own judge.
func TestOwnCase(t *testing.T) {
	tx := &transaction{by: trace.Party{ID: "platform"}}
	if err := tx.notInOwnCase(trace.Complaint{Respondent: "platform"}); trace.CodeOf(err) != trace.NotAllowed {
		t.Error(err)
	}
}
