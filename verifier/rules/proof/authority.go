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
	a.checked = &checked{all: map[string]checkedOnce{}}
	return &Authority{a}, err
}

// checked remembers identities whose certificates were good a moment ago: a few
// peers sign everything.
type checked struct {
	mu  sync.Mutex
	all map[string]checkedOnce
}

type checkedOnce struct {
	id identity
	at time.Time
}

const (
	checkedFor  = time.Minute
	checkedMost = 64
)

func (c *checked) get(
	serialized []byte, at time.Time, role string, check func([]byte, time.Time, string) (identity, error),
) (identity, error) {
	name := role + "\x00" + string(serialized)
	c.mu.Lock()
	known, found := c.all[name]
	c.mu.Unlock()
	if found && at.Sub(known.at).Abs() < checkedFor {
		return known.id, nil
	}
	id, err := check(serialized, at, role)
	if err != nil {
		return id, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.all) >= checkedMost {
		clear(c.all)
	}
	c.all[name] = checkedOnce{id, at}
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
