package ledger

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Client reaches the peers for all parties. It is safe for concurrent use.
type Client struct {
	Options
	peers   peers
	metrics metrics
	stop    context.CancelFunc
	streams atomic.Int64 // block streams begun
}

// Dial prepares the connections and begins to watch the peers; it does not wait
// for one to answer.
func Dial(o Options) (*Client, error) {
	o.setDefaults()
	if len(o.Profile.Orgs) == 0 {
		return nil, errors.New("the connection profile names no organisation")
	}
	ctx, stop := context.WithCancel(context.Background())
	c := &Client{Options: o, metrics: newMetrics(o.Metrics), stop: stop}
	for _, org := range o.Profile.Orgs {
		p, err := dial(org)
		if err != nil {
			return nil, errors.Join(err, c.Close())
		}
		c.peers.all = append(c.peers.all, p)
	}
	c.peers.standing = standing{misses: make([]int, len(c.peers.all)), changed: make(chan struct{})}
	for at := range c.peers.all {
		go c.watch(ctx, at)
	}
	return c, nil
}

func (o *Options) setDefaults() {
	for d, value := range map[*time.Duration]time.Duration{
		&o.CallTimeout: 45 * time.Second, &o.EndorseTimeout: 15 * time.Second,
		&o.SubmitTimeout: 15 * time.Second, &o.CommitTimeout: 20 * time.Second,
	} {
		if *d == 0 {
			*d = value
		}
	}
	if o.Attempts == 0 {
		o.Attempts = 12
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
}

// Close ends the connections.
func (c *Client) Close() error {
	c.stop()
	var errs []error
	for _, p := range c.peers.all {
		errs = append(errs, p.conn.Close())
	}
	return errors.Join(errs...)
}

// Evaluate asks one peer and changes nothing. Errors: *trace.Error, *Unavailable.
func (c *Client) Evaluate(ctx context.Context, party, function string, args ...string) ([]byte, error) {
	id, err := c.signer(ctx, party)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.EndorseTimeout)
	defer cancel()
	var result []byte
	err = c.peers.try(ctx, id, func(ctx context.Context, _ *peer, gw *client.Gateway) error {
		contract := gw.GetNetwork(c.Profile.Channel).GetContract(c.Profile.Chaincode)
		var err error
		result, err = contract.EvaluateWithContext(ctx, function, client.WithArguments(args...))
		return err
	})
	if refused, ok := refusal(err, ""); ok {
		return nil, refused
	}
	if err != nil {
		return nil, &Unavailable{Phase: Evaluate, Err: err}
	}
	return result, nil
}

// Try has one peer say whether the contract would refuse a call, and writes
// nothing. Errors as of Evaluate.
func (c *Client) Try(ctx context.Context, call Call) error {
	request, err := trace.Marshal(call.Request)
	if err != nil {
		return trace.Errorf(trace.RequestMalformed, "", "%v", err)
	}
	_, err = c.Evaluate(ctx, call.Party, string(call.Transaction), string(request))
	return err
}

const (
	// heightTimeout bounds the question to one peer.
	heightTimeout = 3 * time.Second
	// heightGrace is what the other peers have once most have answered.
	heightGrace = 100 * time.Millisecond
)

// Height is the number of blocks of the peer that has most, among most of the
// peers: it fails where fewer answer, for those may all be behind. A peer that
// hangs is not waited for.
func (c *Client) Height(ctx context.Context) (uint64, error) {
	id, err := c.Signers(ctx, c.Reader)
	if err != nil {
		return 0, err
	}
	type answer struct {
		height uint64
		err    error
	}
	answers := make(chan answer, len(c.peers.all))
	for _, p := range c.peers.all {
		go func() {
			height, err := c.heightOf(ctx, p, id)
			answers <- answer{height, err}
		}()
	}
	var highest uint64
	var errs []error
	var late <-chan time.Time
	for most, said := len(c.peers.all)/2+1, 0; said+len(errs) < len(c.peers.all); {
		select {
		case a := <-answers:
			if a.err != nil {
				errs = append(errs, a.err)
				continue
			}
			highest = max(highest, a.height)
			if said++; said == most {
				late = time.After(heightGrace)
			}
		case <-late:
			return highest, nil
		}
	}
	if len(errs) > (len(c.peers.all)-1)/2 {
		return 0, errors.Join(errs...)
	}
	return highest, nil
}

func (c *Client) heightOf(ctx context.Context, p *peer, id Identity) (uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, heightTimeout)
	defer cancel()
	gw, err := p.as(id)
	if err != nil {
		return 0, err
	}
	defer gw.Close()
	answer, err := gw.GetNetwork(c.Profile.Channel).GetContract("qscc").
		EvaluateWithContext(ctx, "GetChainInfo", client.WithArguments(c.Profile.Channel))
	if err != nil {
		return 0, err
	}
	var info common.BlockchainInfo
	err = proto.Unmarshal(answer, &info)
	return info.GetHeight(), err
}

// Blocks streams blocks from number from on, as they are committed. The
// channel is closed when the stream ends, for whatever reason; another call
// begins with the next peer.
func (c *Client) Blocks(ctx context.Context, from uint64) (<-chan *common.Block, error) {
	id, err := c.Signers(ctx, c.Reader)
	if err != nil {
		return nil, err
	}
	order := c.peers.order()
	p := c.peers.all[order[int(c.streams.Add(1)-1)%len(order)]]
	gw, err := p.as(id)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = gw.Close() })
	return gw.GetNetwork(c.Profile.Channel).BlockEvents(ctx, client.WithStartBlock(from))
}
