package verdict

import (
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// TestCorrectionsAreShown: both values, why and by whom, at their place in the story.
func TestCorrectionsAreShown(t *testing.T) {
	made, fixed := time.Date(2026, 10, 1, 4, 0, 0, 0, time.UTC), time.Date(2026, 10, 2, 4, 0, 0, 0, time.UTC)
	r := &Records{
		Batch: &trace.Batch{
			Corrections: []trace.Correction{
				{Field: "expiresOn", Before: "2028-10-01", After: "2028-11-01", Reason: "录错月份", By: "maker", At: fixed},
			},
		},
		Product: &trace.Product{
			Corrections: []trace.Correction{
				{Field: "specification", After: "30ml", Reason: "漏填", By: "maker", At: fixed},
			},
		},
		Events: []Event{
			{Type: trace.EventBatchRegistered, At: made, By: "maker"},
			{Type: trace.EventDispatched, At: fixed.Add(time.Hour), By: "maker", To: "shop"},
		},
	}
	steps := journey(r)
	if len(steps) != 4 || steps[0].Type != trace.EventBatchRegistered || steps[3].Type != trace.EventDispatched {
		t.Fatalf("steps %+v", steps)
	}
	for i, want := range [][]string{{"有效期", "2028-10-01", "2028-11-01", "录错月份"}, {"规格", "未填写", "30ml", "漏填"}} {
		for _, part := range want {
			if text := steps[i+1].Text; !strings.Contains(text.ZhCN, part) || text.En == "" {
				t.Errorf("%+v does not say %s", text, part)
			}
		}
	}
}
