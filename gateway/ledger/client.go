package ledger

import (
	"context"
	"log/slog"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

// Client writes for all parties and reads. It is safe for concurrent use.
type Client struct {
	*peers.Client
	Options
	metrics metrics
}

// Dial prepares the connections; it does not wait for a peer to answer.
func Dial(o Options) (*Client, error) {
	o.setDefaults()
	reader := func(ctx context.Context) (peers.Identity, error) { return o.Signers(ctx, o.Reader) }
	all, err := peers.Dial(o.Profile, reader, o.Log)
	if err != nil {
		return nil, err
	}
	return &Client{Client: all, Options: o, metrics: newMetrics(o.Metrics)}, nil
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

// Evaluate asks one peer and changes nothing. Errors: *trace.Error, *Unavailable.
func (c *Client) Evaluate(ctx context.Context, party, function string, args ...string) ([]byte, error) {
	id, err := c.signer(ctx, party)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.EndorseTimeout)
	defer cancel()
	var result []byte
	err = c.Ask(ctx, id, func(ctx context.Context, _ topology.OrgProfile, gw *client.Gateway) error {
		contract := gw.GetNetwork(c.Profile.Channel).GetContract(c.Profile.Chaincode)
		var err error
		result, err = contract.EvaluateWithContext(ctx, function, client.WithArguments(args...))
		return err
	})
	if refused, ok := peers.Refusal(err, ""); ok {
		return nil, refused
	}
	if err != nil {
		return nil, &record.Unavailable{Phase: Evaluate, Err: err}
	}
	return result, nil
}

// Try has one peer say whether the contract would refuse a call, and writes
// nothing. Errors as of Evaluate.
func (c *Client) Try(ctx context.Context, call record.Call) error {
	request, err := trace.Marshal(call.Request)
	if err != nil {
		return trace.Refuse(trace.RequestMalformed, "", "no_json", "why", err)
	}
	_, err = c.Evaluate(ctx, call.Party, string(call.Transaction), string(request))
	return err
}

// BlockOf gives the block that holds a transaction (see peers.Client). Errors:
// *trace.Error where no identity reads, *Unavailable.
func (c *Client) BlockOf(ctx context.Context, txID string) ([]byte, error) {
	if _, err := c.signer(ctx, c.Reader); err != nil {
		return nil, err
	}
	block, err := c.Client.BlockOf(ctx, txID)
	if err != nil {
		return nil, &record.Unavailable{Phase: Evaluate, TxID: txID, Err: err}
	}
	return block, nil
}
