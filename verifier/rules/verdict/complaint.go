package verdict

import (
	"cmp"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// checkComplaint asks what shoppers have complained of. A confirmed counterfeit
// stops its own unit and puts the others of its batch under caution: where one
// code was copied, more may have been. A pending complaint is a caution for its
// unit alone, and only where it has a ground that nobody makes by the dozen, or was
// decided before and is appealed; what was withdrawn, or decided otherwise, is nothing. A decision
// counts while it is appealed.
func checkComplaint(e Evidence) Check {
	var own, others []trace.Complaint
	for _, c := range e.Records.Complaints {
		switch {
		case c.Index == e.Unit.Index:
			own = append(own, c)
		case c.Outcome() == trace.CounterfeitConfirmed:
			others = append(others, c)
		}
	}
	if c, ok := newest(own, func(c trace.Complaint) bool { return c.Outcome() == trace.CounterfeitConfirmed }); ok {
		d := c.Decisions[len(c.Decisions)-1]
		return found(CheckComplaint, ConfirmedCounterfeit, Detail{"id": c.ID, "at": d.At, "reason": d.Reason})
	}
	if c, ok := newest(own, func(c trace.Complaint) bool {
		return !c.NextDue().IsZero() && (len(c.Decisions) > 0 || slices.Contains(e.Records.Weighed, c.ID))
	}); ok {
		if c.Outcome() != "" {
			return found(CheckComplaint, underAppeal, nil).as(UnderComplaint)
		}
		return found(CheckComplaint, UnderComplaint, Detail{"at": c.OpenedAt})
	}
	if len(others) > 0 {
		return found(CheckComplaint, CounterfeitInBatch, Detail{"count": len(others)})
	}
	return found(CheckComplaint, noComplaint, nil)
}

// newest gives the complaint opened last of those that match.
func newest(all []trace.Complaint, match func(trace.Complaint) bool) (trace.Complaint, bool) {
	matching := slices.DeleteFunc(slices.Clone(all), func(c trace.Complaint) bool { return !match(c) })
	if len(matching) == 0 {
		return trace.Complaint{}, false
	}
	return slices.MaxFunc(matching, func(a, b trace.Complaint) int { return a.OpenedAt.Compare(b.OpenedAt) }), true
}

// Decided counts the complaints decided against one party, by outcome.
type Decided map[trace.Outcome]int64

// ItemRuling is a complaint decided about the unit, or about another of its lot,
// as everybody may read it. Of several decisions the last counts.
type ItemRuling struct {
	Case     string        `json:"case"`
	ThisUnit bool          `json:"thisUnit"`
	Outcome  trace.Outcome `json:"outcome"`
	Reason   trace.Text    `json:"reason"`
	On       trace.Date    `json:"on"`
	Appealed bool          `json:"appealed,omitempty"` // an appeal against it is pending
}

// maxRulings is how many of a lot's rulings an answer tells; the others are
// public all the same.
const maxRulings = 10

// rulings tells the unit's own before its lot's, and the latest first.
func rulings(e Evidence) []ItemRuling {
	all := []ItemRuling{}
	for _, c := range e.Records.Complaints {
		if n := len(c.Decisions); n > 0 {
			d := c.Decisions[n-1]
			all = append(
				all,
				ItemRuling{Case: c.ID, ThisUnit: c.Index == e.Unit.Index, Outcome: d.Outcome, Reason: d.Reason,
					On: trace.DayOf(d.At), Appealed: c.Status == trace.ComplaintAppealed},
			)
		}
	}
	slices.SortStableFunc(all, func(a, b ItemRuling) int {
		if a.ThisUnit == b.ThisUnit {
			return cmp.Compare(b.On, a.On)
		}
		if a.ThisUnit {
			return -1
		}
		return 1
	})
	return all[:min(len(all), maxRulings)]
}
