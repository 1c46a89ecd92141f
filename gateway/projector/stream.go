package projector

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

var errStreamEnded = errors.New("the stream of blocks ended")

// stream begins with the last block that was projected, which must still be
// the channel's: another one in its place is a fork.
func (p *Projector) stream(ctx context.Context, at record.Checkpoint) (<-chan *common.Block, error) {
	from := at.NextBlock
	if from > 0 {
		from--
	}
	source, err := p.Source.Blocks(ctx, from)
	if err != nil {
		return nil, err
	}
	blocks := buffered(ctx, source)
	if at.NextBlock == 0 {
		return blocks, nil
	}
	wait, cancel := context.WithTimeoutCause(
		ctx, stalled, fmt.Errorf("no peer has block %d, which was projected", from),
	)
	defer cancel()
	b, _, err := next(wait, blocks, true)
	if err != nil {
		return nil, err
	}
	if n := b.GetHeader().GetNumber(); n != from {
		return nil, haltf("gap: asked for block %d, the channel gave block %d", from, n)
	}
	if !bytes.Equal(BlockHash(b.GetHeader()), at.LastHash) {
		return nil, haltf(
			"fork: block %d of the channel is not the one that was projected; if this is a new network, rebuild the read model",
			from,
		)
	}
	return blocks, nil
}

// buffered reads ahead, so that a group is what arrived while the last was
// written. It reads to the end of the stream, for the sender waits for its reader.
func buffered(ctx context.Context, blocks <-chan *common.Block) <-chan *common.Block {
	out := make(chan *common.Block, maxBlocks)
	go func() {
		defer close(out)
		for b := range blocks {
			select {
			case out <- b:
			case <-ctx.Done():
			}
		}
	}()
	return out
}

// next gives a block, or false where none is there and it need not wait.
func next(ctx context.Context, blocks <-chan *common.Block, wait bool) (*common.Block, bool, error) {
	if !wait {
		select {
		case b, ok := <-blocks:
			return b, ok, nil
		default:
			return nil, false, nil
		}
	}
	select {
	case <-ctx.Done():
		return nil, false, context.Cause(ctx)
	case b, ok := <-blocks:
		if !ok {
			return nil, false, errStreamEnded
		}
		return b, true, nil
	}
}
