package trace

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestScore has a row for every deduction, alone and at its most.
func TestScore(t *testing.T) {
	const today = Date("2026-10-02")
	past := []Licence{
		{Kind: "a", Number: "1", ValidTo: "2026-10-01"},
		{Kind: "b", Number: "2", ValidTo: "2026-10-01"},
		{Kind: "c", Number: "3", ValidTo: "2026-09-01"},
	}
	actions := []OpenAction{{"C", 1, "2026-10-01"}, {"C", 2, "2026-10-01"}, {"C", 3, "2026-10-01"}, {"C", 4, today}}
	ended := []Authorisation{{Prefix: "6998801", ValidTo: "2026-10-01"}}
	for name, test := range map[string]struct {
		party      Party
		complaints ComplaintCounts
		points     int64
		part       ScorePart
	}{
		"nothing against it":       {Party{}, ComplaintCounts{Genuine: 9, CannotTell: 9, Withdrawn: 9, Pending: 9, Escalated: 9}, 100, ScorePart{DeductStatus, 0, 0}},
		"suspended":                {Party{Status: StatusSuspended}, ComplaintCounts{}, 0, ScorePart{DeductStatus, 1, 100}},
		"a licence that ends now":  {Party{Licences: []Licence{{ValidTo: today}}}, ComplaintCounts{}, 100, ScorePart{DeductLicence, 0, 0}},
		"an expired licence":       {Party{Licences: past[:1]}, ComplaintCounts{}, 85, ScorePart{DeductLicence, 1, 15}},
		"an expired authorisation": {Party{Authorisations: ended}, ComplaintCounts{}, 85, ScorePart{DeductLicence, 1, 15}},
		"three expired licences":   {Party{Licences: past}, ComplaintCounts{}, 70, ScorePart{DeductLicence, 3, 30}},
		"an overdue check":         {Party{NextCheckDue: "2026-10-01"}, ComplaintCounts{}, 80, ScorePart{DeductOverdue, 1, 20}},
		"a passed check":           {Party{LastCheck: &CheckSummary{Result: CheckPassed}}, ComplaintCounts{}, 100, ScorePart{DeductCheck, 0, 0}},
		"a conditional check":      {Party{LastCheck: &CheckSummary{Result: CheckConditional}}, ComplaintCounts{}, 90, ScorePart{DeductCheck, 1, 10}},
		"a failed check":           {Party{LastCheck: &CheckSummary{Result: CheckFailed}}, ComplaintCounts{}, 80, ScorePart{DeductCheck, 2, 20}},
		"an overdue action":        {Party{OpenActions: actions[2:]}, ComplaintCounts{}, 90, ScorePart{DeductAction, 1, 10}},
		"three overdue actions":    {Party{OpenActions: actions}, ComplaintCounts{}, 80, ScorePart{DeductAction, 3, 20}},
		"a counterfeit":            {Party{}, ComplaintCounts{Counterfeit: 1}, 75, ScorePart{DeductCounterfeit, 1, 25}},
		"four counterfeits":        {Party{}, ComplaintCounts{Counterfeit: 4}, 25, ScorePart{DeductCounterfeit, 4, 75}},
		"a late answer":            {Party{}, ComplaintCounts{LateAnswers: 1}, 95, ScorePart{DeductLate, 1, 5}},
		"many late answers":        {Party{}, ComplaintCounts{LateAnswers: 9}, 85, ScorePart{DeductLate, 9, 15}},
		"everything":               {Party{Licences: past, NextCheckDue: "2026-10-01", OpenActions: actions}, ComplaintCounts{Counterfeit: 4}, 0, ScorePart{DeductAction, 3, 20}},
	} {
		if test.party.Status == "" {
			test.party.Status = StatusQualified
		}
		s := test.party.ScoreOn(today, test.complaints)
		taken := int64(0)
		for _, p := range s.Parts {
			taken += p.Points
			if p.Deduction == test.part.Deduction && p != test.part {
				t.Errorf("%s: %+v, want %+v", name, p, test.part)
			}
		}
		if s.Points != test.points || s.Points != max(0, 100-taken) || len(s.Parts) != len(weights) {
			t.Errorf("%s: %+v, want %d points", name, s, test.points)
		}
	}
}

// TestWarnings: each threshold from its day on, until the next, and none after the end.
func TestWarnings(t *testing.T) {
	p := Party{Licences: []Licence{{Kind: "food", Number: "SC1", ValidTo: "2026-12-01"}, {Kind: "deed", Number: "2"}}}
	for today, want := range map[Date]int{
		"2026-10-01": 0, "2026-10-02": 60, "2026-10-31": 60, "2026-11-01": 30, "2026-11-23": 30, "2026-11-24": 7, "2026-12-01": 7, "2026-12-02": 0,
	} {
		var days []Warning
		if want > 0 {
			days = []Warning{{Ending{"food", "SC1", "2026-12-01"}, want}}
		}
		if diff := cmp.Diff(days, p.WarningsOn(today)); diff != "" {
			t.Errorf("%s: %s", today, diff)
		}
	}
}

func TestCheckResult(t *testing.T) {
	item := func(r ChecklistResult, critical bool) CheckItem { return CheckItem{Result: r, Critical: critical} }
	for _, test := range []struct {
		items []CheckItem
		want  CheckResult
		due   Date
	}{
		{[]CheckItem{item(ItemPassed, true), item(ItemNotApplicable, true)}, CheckPassed, "2027-03-31"},
		{[]CheckItem{item(ItemFailed, false), item(ItemPassed, true)}, CheckConditional, "2027-03-31"},
		{[]CheckItem{item(ItemFailed, false), item(ItemFailed, true)}, CheckFailed, "2026-11-01"},
	} {
		got := CheckRequest{Items: test.items}.Result()
		if due := NextDue(RiskMedium, got, "2026-10-02"); got != test.want || due != test.due {
			t.Errorf("%+v: %s, due %s", test.items, got, due)
		}
	}
	if due := NextDue("", CheckPassed, "2026-10-02"); due != "2027-09-27" {
		t.Errorf("without a class: %s", due)
	}
}
