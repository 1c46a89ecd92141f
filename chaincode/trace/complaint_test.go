package trace

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestEscalation: what is overdue is escalated, and nothing else ever is.
func TestEscalation(t *testing.T) {
	due := time.Date(2026, 10, 4, 4, 0, 0, 0, time.UTC)
	at := func(s ComplaintStatus) Complaint {
		return Complaint{
			Status:   s,
			AnswerBy: due,
			DecideBy: due.Add(time.Hour),
			Appeal:   &Statement{DecideBy: due.Add(2 * time.Hour)},
		}
	}
	for status, first := range map[ComplaintStatus]time.Duration{
		ComplaintOpen: 0, ComplaintAnswered: time.Hour, ComplaintAppealed: 2 * time.Hour, ComplaintDecided: -1, ComplaintWithdrawn: -1,
	} {
		for after := range 4 {
			now, want := due.Add(time.Duration(after)*time.Hour), status
			if first >= 0 && time.Duration(after)*time.Hour > first {
				want = ComplaintEscalated
			}
			if got := at(status).StatusAt(now); got != want {
				t.Errorf("%s %d hours later: %s, want %s", status, after, got, want)
			}
		}
	}
}

func TestCountComplaints(t *testing.T) {
	due := time.Date(2026, 10, 4, 4, 0, 0, 0, time.UTC)
	decided := func(outcomes ...Outcome) Complaint {
		c := Complaint{Status: ComplaintDecided, AnswerBy: due, Answer: &Statement{At: due}}
		for _, o := range outcomes {
			c.Decisions = append(c.Decisions, Decision{Outcome: o})
		}
		return c
	}
	got := CountComplaints([]Complaint{
		{Status: ComplaintOpen, AnswerBy: due},
		{Status: ComplaintOpen, AnswerBy: due.Add(-time.Hour)},
		{Status: ComplaintAnswered, AnswerBy: due, DecideBy: due, Answer: &Statement{At: due.Add(time.Second)}},
		{Status: ComplaintWithdrawn, AnswerBy: due.Add(-time.Hour)},
		decided(CounterfeitConfirmed),
		decided(CounterfeitConfirmed, FoundGenuine),
		decided(CannotTell),
		{
			Status:    ComplaintAppealed,
			AnswerBy:  due,
			Answer:    &Statement{At: due},
			Appeal:    &Statement{DecideBy: due},
			Decisions: []Decision{{Outcome: CounterfeitConfirmed}},
		},
	}, due)
	want := ComplaintCounts{
		Pending:     4,
		Escalated:   1,
		Counterfeit: 2,
		Genuine:     1,
		CannotTell:  1,
		Withdrawn:   1,
		LateAnswers: 2,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
