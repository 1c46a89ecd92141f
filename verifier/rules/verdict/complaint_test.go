package verdict

import (
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

func complaint(index int64, s trace.ComplaintStatus, outcomes ...trace.Outcome) trace.Complaint {
	c := trace.Complaint{
		ID:       "CASE-0001",
		Index:    index,
		Status:   s,
		OpenedAt: day(20),
		AnswerBy: day(22),
		DecideBy: day(27),
		Appeal:   &trace.Statement{DecideBy: day(30)},
	}
	for _, o := range outcomes {
		c.Decisions = append(
			c.Decisions,
			trace.Decision{Outcome: o, At: day(21), Reason: trace.Text{ZhCN: "印刷与真品不符。", En: "the print differs."}},
		)
	}
	return c
}

func complained(all ...trace.Complaint) func(*Evidence) {
	return func(e *Evidence) {
		e.Records.Complaints = all
		for _, c := range all {
			e.Records.Weighed = append(e.Records.Weighed, c.ID)
		}
	}
}

// The unit of the evidence is 7.
func TestComplaint(t *testing.T) {
	for name, c := range map[string]struct {
		given []trace.Complaint
		want  Reason
	}{
		"none":                        {nil, ""},
		"open":                        {[]trace.Complaint{complaint(7, trace.ComplaintOpen)}, UnderComplaint},
		"answered":                    {[]trace.Complaint{complaint(7, trace.ComplaintAnswered)}, UnderComplaint},
		"overdue is pending still":    {[]trace.Complaint{complaint(7, trace.ComplaintOpen)}, UnderComplaint},
		"withdrawn":                   {[]trace.Complaint{complaint(7, trace.ComplaintWithdrawn)}, ""},
		"found genuine":               {[]trace.Complaint{complaint(7, trace.ComplaintDecided, trace.FoundGenuine)}, ""},
		"nobody can tell":             {[]trace.Complaint{complaint(7, trace.ComplaintDecided, trace.CannotTell)}, ""},
		"confirmed":                   {[]trace.Complaint{complaint(7, trace.ComplaintDecided, trace.CounterfeitConfirmed)}, ConfirmedCounterfeit},
		"confirmed, under appeal":     {[]trace.Complaint{complaint(7, trace.ComplaintAppealed, trace.CounterfeitConfirmed)}, ConfirmedCounterfeit},
		"found genuine, appealed":     {[]trace.Complaint{complaint(7, trace.ComplaintAppealed, trace.FoundGenuine)}, UnderComplaint},
		"overturned on appeal":        {[]trace.Complaint{complaint(7, trace.ComplaintDecided, trace.CounterfeitConfirmed, trace.FoundGenuine)}, ""},
		"amended to counterfeit":      {[]trace.Complaint{complaint(7, trace.ComplaintDecided, trace.CannotTell, trace.CounterfeitConfirmed)}, ConfirmedCounterfeit},
		"one confirmed, one open":     {[]trace.Complaint{complaint(7, trace.ComplaintDecided, trace.CounterfeitConfirmed), complaint(7, trace.ComplaintOpen)}, ConfirmedCounterfeit},
		"another unit, open":          {[]trace.Complaint{complaint(8, trace.ComplaintOpen)}, ""},
		"another unit, confirmed":     {[]trace.Complaint{complaint(8, trace.ComplaintDecided, trace.CounterfeitConfirmed)}, CounterfeitInBatch},
		"another, and the unit's own": {[]trace.Complaint{complaint(8, trace.ComplaintDecided, trace.CounterfeitConfirmed), complaint(7, trace.ComplaintOpen)}, UnderComplaint},
	} {
		e := genuine()
		complained(c.given...)(&e)
		if got := checkComplaint(e).Reason; got != c.want {
			t.Errorf("%s: %s, want %q", name, got, c.want)
		}
	}
}
