package ledger

import (
	"context"
	"errors"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
)

// Client reaches the peers for all parties. It is safe for concurrent use.
type Client struct{ o Options }

var errTODO = errors.New("under construction")

// Dial prepares the connections; it does not wait for a peer to answer.
func Dial(o Options) (*Client, error) { return &Client{o}, nil }

// Close ends the connections.
func (c *Client) Close() error { return nil }

// Submit has a call endorsed, journals it, sends it and waits until it is in a
// block. A conflict with another writer is proposed anew, a bounded number of
// times. Errors: *trace.Error where the contract refused, *Unavailable where
// nothing was written, *OutcomeUnknown.
func (c *Client) Submit(ctx context.Context, call Call) (Receipt, error) { return Receipt{}, errTODO }

// Evaluate asks one peer and changes nothing. Errors: *trace.Error, *Unavailable.
func (c *Client) Evaluate(ctx context.Context, party, function string, args ...string) ([]byte, error) {
	return nil, errTODO
}

// Height is the number of blocks that a peer has.
func (c *Client) Height(ctx context.Context) (uint64, error) { return 0, errTODO }

// Blocks streams blocks from number from on, as they are committed. The
// channel is closed when the stream ends, for whatever reason.
func (c *Client) Blocks(ctx context.Context, from uint64) (<-chan *common.Block, error) {
	return nil, errTODO
}
