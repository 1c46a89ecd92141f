package projector_test

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
)

// channel is a Source over blocks in memory. It shows the first shown of them;
// a stream gives those that are shown and, where cut is set, ends there.
type channel struct {
	mu     sync.Mutex
	blocks []*common.Block
	shown  int
	cut    bool
}

func (c *channel) show(n int) { c.mu.Lock(); defer c.mu.Unlock(); c.shown = n }

func (c *channel) Height(context.Context) (uint64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return uint64(c.shown), nil
}

func (c *channel) Blocks(ctx context.Context, from uint64) (<-chan *common.Block, error) {
	out := make(chan *common.Block)
	go func() {
		defer close(out)
		for n := int(from); ctx.Err() == nil; {
			c.mu.Lock()
			shown, cut := c.shown, c.cut
			c.mu.Unlock()
			if n < shown {
				select {
				case out <- c.blocks[n]:
				case <-ctx.Done():
				}
				n++
			} else if cut {
				return
			} else {
				time.Sleep(5 * time.Millisecond)
			}
		}
	}()
	return out, nil
}

// killed is a read model whose writer dies every now and then, before or after
// a transaction commits.
type killed struct {
	*store.Store
	when func() string
}

var errKilled = errors.New("killed")

func (k killed) Project(
	ctx context.Context,
	from, to record.Checkpoint,
	units []trace.Line,
	plan func([]record.Placed) (record.Changes, error),
) error {
	switch k.when() {
	case "before":
		return errKilled
	case "during":
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		return k.Store.Project(ctx, from, to, units, func(held []record.Placed) (record.Changes, error) {
			changes, err := plan(held)
			cancel()
			return changes, err
		})
	case "after":
		if err := k.Store.Project(ctx, from, to, units, plan); err != nil {
			return err
		}
		return errKilled
	}
	return k.Store.Project(ctx, from, to, units, plan)
}
