package verdict

import (
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// flaggedAs is a flag with one ruling for each word said.
func flaggedAs(copied ...bool) *trace.UnitFlag {
	f := &trace.UnitFlag{}
	for i, c := range copied {
		f.Rulings = append(f.Rulings, trace.FlagRuling{Copied: c, Note: "四个城市", By: "brand", At: day(20 + i)})
	}
	return f
}

func scanned(r Reason) func(*Evidence) {
	return func(e *Evidence) {
		e.Records.Pattern.Reasons = []PatternReason{{Code: r, Count: 57, Cities: 12, Days: 7}}
	}
}

// What weighs more than what: a person's ruling, then what the scans say, then
// that some were not weighed. A withdrawn ruling leaves the word to the scans.
func TestPattern(t *testing.T) {
	late := now.Add(-weighTime - 1)
	for name, c := range map[string]struct {
		given  Pattern
		result Result
		reason Reason
	}{
		"nothing":                         {Pattern{}, Pass, ""},
		"waits as long as usual":          {Pattern{UnscoredSince: now.Add(-weighTime)}, Pass, ""},
		"waits too long":                  {Pattern{UnscoredSince: late}, Unknown, ScansNotWeighed},
		"says enough all the same":        {Pattern{UnscoredSince: late, Reasons: []PatternReason{{Code: CloneLikely}}}, Warn, CloneLikely},
		"the worst first":                 {Pattern{Reasons: []PatternReason{{Code: ScannedFarApart}, {Code: ScannedOften}}}, Warn, ScannedFarApart},
		"of a kind that is not known":     {Pattern{Reasons: []PatternReason{{Code: "COPIED_AT_NIGHT"}}}, Unknown, ScansNotWeighed},
		"not the scans' to say":           {Pattern{Reasons: []PatternReason{{Code: ConfirmedClone}}}, Unknown, ScansNotWeighed},
		"confirmed":                       {Pattern{Flag: flaggedAs(true), UnscoredSince: late}, Fail, ConfirmedClone},
		"confirmed again":                 {Pattern{Flag: flaggedAs(true, false, true)}, Fail, ConfirmedClone},
		"withdrawn":                       {Pattern{Flag: flaggedAs(true, false)}, Pass, ""},
		"withdrawn, and the scans insist": {Pattern{Flag: flaggedAs(true, false), Reasons: []PatternReason{{Code: CloneLikely}}}, Warn, CloneLikely},
	} {
		e := genuine()
		e.Records.Pattern = c.given
		if got := checkPattern(e); got.Result != c.result || got.Reason != c.reason {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// What is not weighed is no pass: the verdict is caution, and not unavailable,
// for everything else is known.
func TestNotWeighedIsNotGenuine(t *testing.T) {
	e := genuine()
	e.Records.Pattern.UnscoredSince = now.Add(-2 * weighTime)
	if a := Judge(e); a.Verdict != Caution || a.Item == nil {
		t.Errorf("%+v", a)
	}
}
