package proof

import (
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Authority checks answers against a trust that is read once, for who checks many.
type Authority struct{ trust anchors }

// NewAuthority reads the trust.
func NewAuthority(t Trust) (*Authority, error) {
	a, err := anchorsOf(t)
	return &Authority{a}, err
}

// Answered checks that an answer of StateFacts is to the request, on this ledger,
// that enough organisations signed it, and that it is no older than maxAge now. It
// gives the root, the time and the signers; whose facts are under the root is for
// the caller. The error is a *Failure.
func (a *Authority) Answered(answer Answer, request trace.FactsRequest, now time.Time, maxAge time.Duration) (Statement, error) {
	trust := a.trust
	trust.At = now
	v := &factsVerification{trust: trust, signed: Signed{Answer: answer}, maxAge: maxAge}
	if len(request.Units) > 0 {
		v.unit = request.Units[0]
	}
	err := run(&v.report.Passed, []step{
		{CheckAsked, func() error { return v.checkRequested(request) }}, {CheckSigned, v.checkSigned}, {CheckCurrent, v.checkCurrent},
	})
	v.report.Root = v.root.Root
	return v.report, err
}

// checkRequested is checkAsked for all units of a request.
func (v *factsVerification) checkRequested(request trace.FactsRequest) error {
	if err := v.checkAsked(); err != nil {
		return err
	}
	p, err := v.signed.read()
	if err != nil {
		return err
	}
	var asked trace.FactsRequest
	if trace.Unmarshal(p.call.GetChaincodeSpec().GetInput().GetArgs()[1], &asked) != nil || !slices.Equal(asked.Units, request.Units) {
		return ReasonOtherUnit
	}
	return nil
}
