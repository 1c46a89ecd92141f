package proof

import (
	"slices"
	"sync"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Authority checks answers against a trust that is read once, for who checks many.
type Authority struct{ trust anchors }

// NewAuthority reads the trust.
func NewAuthority(t Trust) (*Authority, error) {
	a, err := anchorsOf(t)
	a.checked = &checked{all: map[string]identity{}}
	return &Authority{a}, err
}

// checked remembers identities that were admitted, and when they hold: a few
// peers sign everything. Nil remembers nothing.
type checked struct {
	mu  sync.Mutex
	all map[string]identity
}

// checkedMost bounds what is remembered: peers, orderers and the parties of an hour.
const checkedMost = 4096

// get gives an identity that holds at the moment, and asks where none is remembered. The trust is read
// once, so what is admitted at one moment is so at every other one that its certificates hold at.
func (c *checked) get(name []byte, at time.Time, role string, ask func() (identity, error)) (identity, error) {
	if c == nil {
		return ask()
	}
	key := role + "\x00" + string(name)
	c.mu.Lock()
	known, found := c.all[key]
	c.mu.Unlock()
	if found && !at.Before(known.from) && !at.After(known.to) {
		return known, nil
	}
	id, err := ask()
	if err != nil {
		return id, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.all) >= checkedMost {
		clear(c.all)
	}
	c.all[key] = id
	return id, nil
}

// Answered checks that an answer of StateFacts is to the request, on this ledger,
// that enough organisations signed it, and that it is no older than maxAge now. It
// gives the root, the time and the signers; whose facts are under the root is for
// the caller. The error is a *Failure.
func (a *Authority) Answered(
	answer Answer, request trace.FactsRequest, now time.Time, maxAge time.Duration,
) (Statement, error) {
	trust := a.trust
	trust.At = now
	v := &factsVerification{trust: trust, signed: Signed{Answer: answer}, maxAge: maxAge}
	if len(request.Units) > 0 {
		v.unit = request.Units[0]
	}
	err := run(&v.report.Passed, []step{
		{
			CheckAsked,
			func() error { return v.checkRequested(request) },
		},
		{CheckSigned, v.checkSigned},
		{CheckCurrent, v.checkCurrent},
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
	if trace.Unmarshal(p.call.GetChaincodeSpec().GetInput().GetArgs()[1], &asked) != nil ||
		!slices.Equal(asked.Units, request.Units) {
		return ReasonOtherUnit
	}
	return nil
}
