package peers

import (
	"context"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// blockTime bounds the question for one block.
const blockTime = 15 * time.Second

// BlockOf gives the block that holds a transaction, as a peer keeps it: a
// common.Block in protobuf with the orderers' signatures and the peer's
// validation codes.
func (c *Client) BlockOf(ctx context.Context, txID string) (block []byte, err error) {
	id, err := c.reader(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, blockTime)
	defer cancel()
	err = c.Ask(ctx, id, func(ctx context.Context, _ topology.OrgProfile, gw *client.Gateway) error {
		var err error
		block, err = gw.GetNetwork(c.profile.Channel).GetContract("qscc").
			EvaluateWithContext(ctx, "GetBlockByTxID", client.WithArguments(c.profile.Channel, txID))
		return err
	})
	return block, err
}
