package ledger

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// healthTime is how long a peer may take to say how far it is.
const healthTime = 3 * time.Second

// Peers asks every organisation's peer how far it is, all at once. A peer that
// does not answer in time is in the list with why; the call itself does not hang.
func (c *Client) Peers(ctx context.Context) ([]record.PeerHealth, error) {
	id, err := c.signer(ctx, c.Reader)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	all := make([]record.PeerHealth, len(c.Profile.Orgs))
	c.Each(ctx, id, func(ctx context.Context, at int, gw *client.Gateway, err error) {
		all[at] = c.peerHealth(ctx, c.Profile.Orgs[at], gw, err)
	})
	return all, nil
}

func (c *Client) peerHealth(
	ctx context.Context, org topology.OrgProfile, gw *client.Gateway, err error,
) record.PeerHealth {
	h := record.PeerHealth{MSP: org.MSPID, Organization: org.Name}
	asked := time.Now()
	var answer []byte
	if err == nil {
		answer, err = gw.GetNetwork(c.Profile.Channel).GetContract("qscc").EvaluateWithContext(ctx, "GetChainInfo",
			client.WithArguments(c.Profile.Channel), client.WithEndorsingOrganizations(org.MSPID))
	}
	h.Milliseconds = time.Since(asked).Milliseconds()
	var info common.BlockchainInfo
	if err == nil {
		err = proto.Unmarshal(answer, &info)
	}
	if err != nil {
		c.Log.Warn("a peer does not say how far it is", "msp", org.MSPID, "error", err)
		return h
	}
	h.Answers, h.Height, h.LastHash = true, info.GetHeight(), hex.EncodeToString(info.GetCurrentBlockHash())
	return h
}
