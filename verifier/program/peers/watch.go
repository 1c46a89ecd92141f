package peers

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// Every peer, and the chaincode beside it, is asked something small all the time,
// so that one that hangs is passed over before a write finds out. It is out after
// two questions without an answer, and back after the first answer.
const (
	askEvery = time.Second
	askTime  = 2500 * time.Millisecond
	askTwice = 2
)

// probe is a query that every contract version has; what it answers does not matter.
const probe = "GetAnchor"

// ErrPassedOver ends a call whose peer has stopped answering others meanwhile.
var ErrPassedOver = errors.New("a peer or its chaincode has stopped answering")

// standing is which peers answer.
type standing struct {
	mu      sync.Mutex
	misses  []int
	changed chan struct{} // closed when a peer goes out
}

// out reports whether the peer at a place is passed over.
func (s *standing) out(at int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.misses[at] >= askTwice
}

func (s *standing) answered(at int, ok bool) (went bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ok {
		s.misses[at] = 0
		return false
	}
	if s.misses[at]++; s.misses[at] != askTwice {
		return false
	}
	close(s.changed)
	s.changed = make(chan struct{})
	return true
}

// with gives a context that also ends when a peer goes out, for calls that may be
// waiting for it and can be made again.
func (s *standing) with(ctx context.Context) (context.Context, context.CancelFunc) {
	s.mu.Lock()
	changed := s.changed
	s.mu.Unlock()
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-changed:
			cancel(ErrPassedOver)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

// Endorsers are the organisations to ask for endorsement where some are out; none
// where all answer, or so few that the policy could not be met: then the peers choose.
func (c *Client) Endorsers() []string {
	var up []string
	for at, p := range c.all {
		if !c.standing.out(at) {
			up = append(up, p.org.MSPID)
		}
	}
	if len(up) == len(c.all) || len(up) < 2 {
		return nil
	}
	slices.Sort(up)
	return slices.Compact(up)
}

// watch asks one peer until ctx ends.
func (c *Client) watch(ctx context.Context, at int) {
	p := c.all[at]
	for wait.For(ctx, askEvery) {
		id, err := c.reader(ctx)
		if err != nil {
			continue // who asks has no identity yet; that says nothing of the peer
		}
		answers := c.answers(ctx, p, id)
		if ctx.Err() == nil && c.standing.answered(at, answers) {
			c.log.Warn("a peer or its chaincode does not answer; it is passed over until it does", "msp", p.org.MSPID)
		}
	}
}

// answers reports whether the peer's own chaincode answers, if only by a refusal.
func (c *Client) answers(ctx context.Context, p *peer, id Identity) bool {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	err := p.one(ctx, id, func(ctx context.Context, org topology.OrgProfile, gw *client.Gateway) error {
		_, err := gw.GetNetwork(c.profile.Channel).GetContract(c.profile.Chaincode).EvaluateWithContext(ctx, probe,
			client.WithArguments("none", "0"), client.WithEndorsingOrganizations(org.MSPID))
		return err
	})
	_, refused := Refusal(err, "")
	return err == nil || refused
}
