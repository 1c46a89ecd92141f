package record

import (
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// TestReach: who has not answered is overdue after the class's deadline, not
// at it, and not once the recall is closed; who started it owes no answer.
func TestReach(t *testing.T) {
	at := time.Date(2026, 11, 20, 4, 0, 0, 0, time.UTC)
	answered := at.Add(time.Hour)
	holders := []RecallHolder{
		{Party: "maker", Held: 10, Consumed: 5},
		{Party: "shop", Held: 20, Sold: 30, Removed: 1, AcknowledgedAt: &answered},
		{Party: "corner", Held: 7, InTransit: 3, Lost: 2, Exported: 2},
	}
	recall := trace.Recall{ID: "RECALL-1", Class: trace.ClassII, By: "maker", At: at}
	for _, c := range []struct {
		after   time.Duration
		closed  bool
		overdue bool
	}{{48 * time.Hour, false, false}, {48*time.Hour + 1, false, true}, {99 * time.Hour, true, false}} {
		r := recall
		if c.closed {
			r.ClosedAt = answered
		}
		reach := Reach(r, holders, at.Add(c.after))
		if reach.Units != 80 || reach.Accounted != 10+5+20+1 || reach.Effectiveness != 36.0/80 {
			t.Errorf("%d of %d, %v", reach.Accounted, reach.Units, reach.Effectiveness)
		}
		for _, h := range reach.Holders {
			if h.Overdue != (c.overdue && h.Party == "corner") {
				t.Errorf("after %s: %+v", c.after, h)
			}
		}
	}
	if reach := Reach(recall, nil, at); reach.Holders == nil || reach.Effectiveness != 0 {
		t.Errorf("of nothing: %+v", reach)
	}
	if holders[0].AcknowledgedAt != nil {
		t.Error("Reach changed what it was given")
	}
}
