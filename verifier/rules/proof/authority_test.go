package proof_test

import (
	"errors"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

// TestAuthority: it believes what VerifySigned believes, also the second time, and
// only about what was asked.
func TestAuthority(t *testing.T) {
	n := prooftest.New(t)
	f := trace.Facts{
		GTIN:    "06998801000036",
		Lot:     "L",
		Index:   1,
		Recalls: []trace.Recall{},
		Rulings: []trace.Ruled{},
		Parties: []trace.Party{},
	}
	signed := n.State([]trace.Facts{f}, nil)[0]
	request := trace.FactsRequest{Units: []trace.FactsAsked{{GTIN: f.GTIN, Lot: f.Lot, Index: 1}}}
	a, err := proof.NewAuthority(n.Trust)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		said, err := a.Answered(signed.Answer, request, n.At, time.Minute)
		if err != nil || len(said.Signers) < 2 || !said.At.Equal(n.At) {
			t.Errorf("%+v %v", said, err)
		}
	}
	other := trace.FactsRequest{Units: []trace.FactsAsked{{GTIN: f.GTIN, Lot: f.Lot, Index: 2}}}
	more := trace.FactsRequest{Units: append(request.Units, other.Units...)}
	changed := signed.Answer
	changed.Endorsements = append(
		[]proof.Endorsement{{Endorser: changed.Endorsements[0].Endorser, Signature: changed.Endorsements[1].Signature}},
		changed.Endorsements[1:]...)
	for name, test := range map[string]struct {
		answer  proof.Answer
		request trace.FactsRequest
		now     time.Time
		want    error
	}{
		"of another unit":              {signed.Answer, other, n.At, proof.ReasonOtherUnit},
		"of one unit, asked about two": {signed.Answer, more, n.At, nil},
		"of long ago":                  {signed.Answer, request, n.At.Add(2 * time.Minute), proof.ReasonTooOld},
		"by a known peer, not signed":  {changed, request, n.At, proof.ReasonSignatureWrong},
	} {
		if _, err := a.Answered(test.answer, test.request, test.now, time.Minute); err == nil ||
			test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}
