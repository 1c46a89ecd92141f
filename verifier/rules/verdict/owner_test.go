package verdict

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// What is told of an owner: since when, with which key, how often the unit was
// passed on, and whether it is reported stolen.
func TestOwnership(t *testing.T) {
	claimed := trace.OwnedUnit{Owner: "04ab", Acts: 3, PassedOn: 2, StolenAt: day(23)}
	for name, test := range map[string]struct {
		given func(*Records)
		want  *Ownership
	}{
		"nobody":        {func(*Records) {}, nil},
		"without a key": {func(r *Records) { r.ActivatedAt = day(21) }, &Ownership{Since: day(21)}},
		"with one": {func(r *Records) { r.ActivatedAt, r.Owned = day(21), &claimed },
			&Ownership{Since: day(21), Key: "04ab", Acts: 3, PassedOn: 2, StolenAt: day(23)}},
	} {
		e := genuine()
		test.given(e.Records)
		if diff := cmp.Diff(test.want, Judge(e).Owner); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	e := genuine()
	e.Code = CodeNotIssued
	e.Records.ActivatedAt = day(21)
	if a := Judge(e); a.Owner != nil {
		t.Errorf("a code that is not recognised tells of %+v", a.Owner)
	}
}

// A report of theft that is taken back leaves the unit as it was.
func TestStolenReportTakenBack(t *testing.T) {
	e := genuine()
	e.Records.ActivatedAt, e.Records.Owned = day(21), &trace.OwnedUnit{StolenAt: day(22)}
	if a := Judge(e); a.Verdict != Stop {
		t.Error(a.Verdict)
	}
	e.Records.Owned = &trace.OwnedUnit{}
	if a := Judge(e); a.Verdict != Caution {
		t.Error(a.Verdict)
	}
}
