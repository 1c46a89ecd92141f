package peers

import (
	"context"
	"errors"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"google.golang.org/protobuf/proto"
)

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
	id, err := c.reader(ctx)
	if err != nil {
		return 0, err
	}
	type answer struct {
		height uint64
		err    error
	}
	answers := make(chan answer, len(c.all))
	for _, p := range c.all {
		go func() {
			height, err := c.heightOf(ctx, p, id)
			answers <- answer{height, err}
		}()
	}
	var highest uint64
	var errs []error
	var late <-chan time.Time
	for most, said := len(c.all)/2+1, 0; said+len(errs) < len(c.all); {
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
	if len(errs) > (len(c.all)-1)/2 {
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
	answer, err := gw.GetNetwork(c.profile.Channel).GetContract("qscc").
		EvaluateWithContext(ctx, "GetChainInfo", client.WithArguments(c.profile.Channel))
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
	id, err := c.reader(ctx)
	if err != nil {
		return nil, err
	}
	order := c.order()
	p := c.all[order[int(c.streams.Add(1)-1)%len(order)]]
	gw, err := p.as(id)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = gw.Close() })
	return gw.GetNetwork(c.profile.Channel).BlockEvents(ctx, client.WithStartBlock(from))
}
