package verdict

import (
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// TestSignatures: a genuine answer names who signed it; without signatures there is
// none; and what is said anyway does not change.
func TestSignatures(t *testing.T) {
	signed := Signatures{Outcome: Countersigned, By: []string{"AuditorMSP", "ProducerMSP"}, At: now}
	for _, test := range []struct {
		name  string
		given func(*Evidence)
		want  Verdict
	}{
		{"not asked", func(*Evidence) {}, Genuine},
		{"signed", func(e *Evidence) { e.Signatures = signed }, Genuine},
		{"unsigned", func(e *Evidence) { e.Signatures.Outcome = Unsigned }, Unavailable},
		{"disputed", func(e *Evidence) { e.Signatures.Outcome = Disputed }, Unavailable},
		{"recalled, and unsigned", func(e *Evidence) {
			e.Records.Recalls, e.Signatures.Outcome = []trace.Recall{recall(trace.ClassI, day(20))}, Unsigned
		}, Stop},
		{"claimed, and unsigned", func(e *Evidence) { e.Records.ActivatedAt, e.Signatures.Outcome = day(20), Unsigned }, Caution},
	} {
		e := genuine()
		test.given(&e)
		a := Judge(e)
		checked := slices.ContainsFunc(a.Checks, func(c Check) bool { return c.ID == CheckSignatures })
		if a.Verdict != test.want || (a.Signed != nil) != (test.name == "signed") ||
			checked && a.Verdict != Genuine && a.Verdict != Unavailable {
			t.Errorf("%s: %s, signed by %+v", test.name, a.Verdict, a.Signed)
		}
	}
	e := genuine()
	e.Records.ActivatedAt, e.Records.Owned = day(20), &trace.OwnedUnit{Owner: "04"}
	if w := Weigh(e); w.Verdict != Caution || !w.NeedsSignatures() {
		t.Errorf("what the owner reads needs no signatures: %+v", w)
	}
	e.Signatures.Outcome = Unsigned
	if a := Judge(e); a.Verdict != Caution || a.ForOwner.Verdict != Unavailable {
		t.Errorf("the owner reads %s", a.ForOwner.Verdict)
	}
}
