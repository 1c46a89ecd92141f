package peers

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// blockTime bounds the question for one block.
const blockTime = 15 * time.Second

// BlockOf gives the block that holds a transaction, as a peer keeps it: a
// common.Block in protobuf with the orderers' signatures and the peer's
// validation codes.
func (c *Client) BlockOf(ctx context.Context, txID string) ([]byte, error) {
	return c.block(ctx, "GetBlockByTxID", txID)
}

// BlockNumbered gives the block of a number, in the same form.
func (c *Client) BlockNumbered(ctx context.Context, number uint64) ([]byte, error) {
	return c.block(ctx, "GetBlockByNumber", strconv.FormatUint(number, 10))
}

func (c *Client) block(ctx context.Context, function, name string) (block []byte, err error) {
	id, err := c.reader(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, blockTime)
	defer cancel()
	err = c.Ask(ctx, id, func(ctx context.Context, _ topology.OrgProfile, gw *client.Gateway) error {
		var err error
		block, err = gw.GetNetwork(c.profile.Channel).GetContract("qscc").
			EvaluateWithContext(ctx, function, client.WithArguments(c.profile.Channel, name))
		return err
	})
	return block, err
}

// BlockAt gives the block with a number as one organisation's own peer keeps it.
func (c *Client) BlockAt(ctx context.Context, msp string, number uint64) (*common.Block, error) {
	id, err := c.reader(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, blockTime)
	defer cancel()
	for _, p := range c.all {
		if p.org.MSPID != msp {
			continue
		}
		var block common.Block
		err := p.one(ctx, id, func(ctx context.Context, org topology.OrgProfile, gw *client.Gateway) error {
			answer, err := gw.GetNetwork(c.profile.Channel).
				GetContract("qscc").
				EvaluateWithContext(ctx, "GetBlockByNumber",
					client.WithArguments(c.profile.Channel, strconv.FormatUint(number, 10)),
					client.WithEndorsingOrganizations(org.MSPID))
			return errors.Join(err, proto.Unmarshal(answer, &block))
		})
		return &block, err
	}
	return nil, fmt.Errorf("no peer of %q is known", msp)
}
