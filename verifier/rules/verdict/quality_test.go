package verdict

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/sampling"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// inspected gives the unit's lot an inspection with that outcome.
func inspected(accepted bool) func(*Evidence) {
	return func(e *Evidence) {
		e.Records.Product.InspectionRequired = true
		e.Records.Quality = &trace.Quality{Inspection: "I1", Accepted: accepted}
		e.Records.Inspection = &trace.Inspection{
			ID:         "I1",
			Accepted:   accepted,
			By:         "lab",
			At:         day(5),
			Standard:   "GB-TEA",
			ReportHash: "ab12",
			Classes: []trace.ClassResult{
				{
					ClassPlan: trace.ClassPlan{Plan: sampling.Plan{SampleSize: 13}},
				},
				{ClassPlan: trace.ClassPlan{Plan: sampling.Plan{SampleSize: 20}}},
			},
		}
		e.Records.Standard = trace.Text{ZhCN: "茶叶检验规程", En: "Tea inspection"}
		e.Records.Parties["lab"] = trace.Party{ID: "lab", Name: trace.Text{ZhCN: "华测", En: "Huace"}}
	}
}

func held(e *Evidence) {
	e.Records.Quality = &trace.Quality{
		Holds: []trace.Hold{{By: "brand", At: day(6), Reason: trace.Text{ZhCN: "复检中。", En: "Under review."}}},
	}
}

func TestItemShowsInspection(t *testing.T) {
	e := genuine()
	inspected(true)(&e)
	a := Judge(e)
	want := &ItemInspection{
		Accepted:   true,
		On:         "2026-10-05",
		By:         trace.Text{ZhCN: "华测", En: "Huace"},
		Standard:   "GB-TEA",
		Title:      e.Records.Standard,
		SampleSize: 20,
		ReportHash: "ab12",
	}
	if diff := cmp.Diff(want, a.Item.Inspection); diff != "" || a.Verdict != Genuine {
		t.Errorf("%s %s", a.Verdict, diff)
	}
	text := trace.Text{
		ZhCN: "2026-10-05 由「华测」按《茶叶检验规程》抽检 20 件，检验合格",
		En:   "Passed inspection by Huace on 5 Oct 2026 (Tea inspection; 20 units sampled)",
	}
	if diff := cmp.Diff(text, a.Item.Inspection.Text()); diff != "" {
		t.Error(diff)
	}
}

// A hold outweighs an accepted inspection, and an inspection that is named but
// cannot be read is missing evidence.
func TestHoldAndLostInspection(t *testing.T) {
	e := genuine()
	inspected(true)(&e)
	e.Records.Inspection = nil
	if a := Judge(e); a.Verdict != Unavailable {
		t.Errorf("%s", a.Verdict)
	}
	inspected(true)(&e)
	e.Records.Quality.Holds = []trace.Hold{{By: "brand", At: day(6)}}
	if a := Judge(e); a.Verdict != Stop || !slices.Contains(reasonsOf(a), "quality ON_HOLD") {
		t.Errorf("%s %v", a.Verdict, reasonsOf(a))
	}
}
