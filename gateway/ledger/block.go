package ledger

import (
	"context"

	"github.com/hyperledger/fabric-gateway/pkg/client"
)

// BlockOf gives the block that holds a transaction, as a peer keeps it: a
// common.Block in protobuf with the orderers' signatures and the peer's
// validation codes. Errors: *trace.Error where no identity reads, *Unavailable.
func (c *Client) BlockOf(ctx context.Context, txID string) ([]byte, error) {
	id, err := c.signer(ctx, c.Reader)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.EndorseTimeout)
	defer cancel()
	var block []byte
	err = c.peers.try(ctx, id, func(ctx context.Context, _ *peer, gw *client.Gateway) error {
		var err error
		block, err = gw.GetNetwork(c.Profile.Channel).GetContract("qscc").
			EvaluateWithContext(ctx, "GetBlockByTxID", client.WithArguments(c.Profile.Channel, txID))
		return err
	})
	if err != nil {
		return nil, &Unavailable{Phase: Evaluate, TxID: txID, Err: err}
	}
	return block, nil
}
