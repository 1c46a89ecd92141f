package peers

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/hyperledger/fabric-protos-go-apiv2/gateway"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// endorseTime bounds one attempt with one pair of organisations. Whoever waits is
// a shopper, and another pair may answer at once.
const endorseTime = 700 * time.Millisecond

// Endorser has queries of the contract endorsed by peers of two organisations, and
// never ordered: what comes back is signed and changes nothing.
type Endorser struct {
	client *Client
	within time.Duration        // for one attempt
	last   atomic.Pointer[pair] // that has answered
}

// NewEndorser endorses by the peers of a client.
func NewEndorser(c *Client) *Endorser { return &Endorser{client: c, within: endorseTime} }

// Within gives an endorser that waits so long for each pair of organisations.
func (e *Endorser) Within(d time.Duration) *Endorser { return &Endorser{client: e.client, within: d} }

// Endorse has one query endorsed. Organisations whose peers do not answer are
// passed over, and the pair that answered last is asked first. It answers the envelope,
// common.Envelope in protobuf, that could be ordered, and checks no signature.
func (e *Endorser) Endorse(ctx context.Context, query, request string) ([]byte, error) {
	id, err := e.client.reader(ctx)
	if err != nil {
		return nil, err
	}
	failed := errNoPeer
	for _, p := range e.client.pairs(e.last.Load()) {
		envelope, err := e.by(ctx, id, p, query, request)
		if err == nil {
			e.last.Store(&p)
			return envelope, nil
		}
		if _, refused := Refusal(err, ""); refused || ctx.Err() != nil {
			return nil, err
		}
		failed = err
	}
	return nil, failed
}

// pair is two organisations' peers, by their places.
type pair [2]int

// pairs are all pairs of organisations: first the one named, last those with a
// peer that is out.
func (c *Client) pairs(first *pair) (all []pair) {
	for a := range c.all {
		for b := a + 1; b < len(c.all); b++ {
			if c.all[a].org.MSPID != c.all[b].org.MSPID {
				all = append(all, pair{a, b})
			}
		}
	}
	rank := func(p pair) int {
		switch {
		case c.standing.out(p[0]) || c.standing.out(p[1]):
			return 2
		case first != nil && p == *first:
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b pair) int { return rank(a) - rank(b) })
	return all
}

// by asks the first of two organisations' peers, which asks the other.
func (e *Endorser) by(ctx context.Context, id Identity, of pair, query, request string) (envelope []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, e.within)
	defer cancel()
	c := e.client
	first, second := c.all[of[0]], c.all[of[1]]
	err = c.attentively(ctx, first, id, func(ctx context.Context, _ topology.OrgProfile, gw *client.Gateway) error {
		proposal, err := gw.GetNetwork(c.profile.Channel).GetContract(c.profile.Chaincode).NewProposal(query,
			client.WithArguments(request), client.WithEndorsingOrganizations(first.org.MSPID, second.org.MSPID))
		if err != nil {
			return err
		}
		tx, err := proposal.EndorseWithContext(ctx)
		if err != nil {
			return err
		}
		envelope, err = envelopeOf(tx)
		return err
	})
	return envelope, err
}

// envelopeOf takes out of a prepared transaction the envelope with what was signed, and the signatures.
func envelopeOf(tx *client.Transaction) ([]byte, error) {
	data, err := tx.Bytes()
	if err != nil {
		return nil, err
	}
	var prepared gateway.PreparedTransaction
	if err := proto.Unmarshal(data, &prepared); err != nil {
		return nil, err
	}
	return proto.Marshal(prepared.GetEnvelope())
}

// Evaluate answers a query by one organisation's peer: for records, not for proofs.
func (e *Endorser) Evaluate(ctx context.Context, query, request string) (answer []byte, err error) {
	id, err := e.client.reader(ctx)
	if err != nil {
		return nil, err
	}
	c := e.client
	err = c.Ask(ctx, id, func(ctx context.Context, _ topology.OrgProfile, gw *client.Gateway) error {
		answer, err = gw.GetNetwork(c.profile.Channel).
			GetContract(c.profile.Chaincode).
			EvaluateWithContext(ctx, query, client.WithArguments(request))
		return err
	})
	return answer, err
}
