package projector

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// What one database transaction takes when catching up.
const (
	maxBlocks = 64
	maxTxs    = 5000
	maxBytes  = 16 << 20 // of events
)

const (
	heartbeat = time.Second
	stalled   = 8 * time.Second // without a block that the channel has
)

// follow projects blocks from the checkpoint on: until the read model has the
// blocks before stop, or for ever where stop is 0.
func (p *Projector) follow(ctx context.Context, stop uint64) error {
	at, err := p.ReadModel.Checkpoint(ctx)
	if err != nil {
		return err
	}
	if at.Channel != "" && at.Channel != p.Channel {
		return haltf(
			"the read model is of channel %q, not %q: give this channel a database of its own",
			at.Channel,
			p.Channel,
		)
	}
	at.Channel = p.Channel
	p.metrics.leader.Set(1)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	blocks, err := p.stream(ctx, at)
	if err != nil {
		return err
	}
	p.moved(at)
	if stop == 0 {
		go p.beat(ctx, cancel)
	}
	for stop == 0 || at.NextBlock < stop {
		group, broken := p.group(ctx, blocks, at)
		if len(group) > 0 {
			if at, err = p.project(ctx, at, group); err != nil {
				return err
			}
		}
		if broken != nil {
			return broken
		}
	}
	return nil
}

// group waits for a block and takes those that are there behind it, each
// checked to follow the one before. With an error come the blocks before it.
func (p *Projector) group(
	ctx context.Context, blocks <-chan *common.Block, at record.Checkpoint,
) ([]record.Block, error) {
	var group []record.Block
	for size := (load{}); size.fits(); {
		raw, ok, err := next(ctx, blocks, len(group) == 0)
		if err != nil || !ok {
			return group, err
		}
		b, err := p.checked(raw, at)
		if err != nil {
			return group, err
		}
		at.NextBlock, at.LastHash = b.Number+1, b.Hash
		group = append(group, b)
		size.add(b)
	}
	return group, nil
}

type load struct{ blocks, txs, bytes int }

func (l load) fits() bool { return l.blocks < maxBlocks && l.txs < maxTxs && l.bytes < maxBytes }

func (l *load) add(b record.Block) {
	l.blocks++
	l.txs += len(b.Txs)
	for _, tx := range b.Txs {
		l.bytes += len(tx.EventJSON)
	}
}

// checked parses a block that must be the next.
func (p *Projector) checked(raw *common.Block, at record.Checkpoint) (record.Block, error) {
	b, err := Parse(raw, p.Chaincode)
	switch {
	case err != nil:
		return b, haltf("%v", err)
	case b.Number != at.NextBlock:
		return b, haltf("gap: block %d is next, the channel gave block %d", at.NextBlock, b.Number)
	case !bytes.Equal(b.PrevHash, at.LastHash):
		return b, haltf("fork: block %d does not follow the block %d that was projected", b.Number, at.NextBlock-1)
	}
	return b, nil
}

func (p *Projector) project(
	ctx context.Context, at record.Checkpoint, group []record.Block,
) (record.Checkpoint, error) {
	last := group[len(group)-1]
	to := record.Checkpoint{Channel: p.Channel, NextBlock: last.Number + 1, LastHash: last.Hash}
	var impossible error
	err := p.ReadModel.Project(ctx, at, to, moved(group), func(held []record.Placed) (record.Changes, error) {
		var changes record.Changes
		changes, impossible = Plan(group, held)
		return changes, impossible
	})
	if impossible != nil && len(group) > 1 {
		return p.oneByOne(ctx, at, group)
	}
	if impossible != nil {
		return at, haltf("%v", impossible)
	}
	if err != nil {
		return at, err
	}
	p.moved(to)
	p.metrics.projected(group)
	return to, nil
}

// oneByOne projects the blocks before the impossible one.
func (p *Projector) oneByOne(
	ctx context.Context, at record.Checkpoint, group []record.Block,
) (record.Checkpoint, error) {
	var err error
	for i := 0; i < len(group) && err == nil; i++ {
		at, err = p.project(ctx, at, group[i:i+1])
	}
	return at, err
}

func (p *Projector) moved(to record.Checkpoint) {
	p.next.Store(to.NextBlock)
	p.metrics.halted.Set(0)
	p.metrics.next.Set(float64(to.NextBlock))
}

// beat notes when the read model is level with the channel, and ends a stream
// that has stopped giving blocks that the channel has.
func (p *Projector) beat(ctx context.Context, cancel context.CancelCauseFunc) {
	progress, since := p.next.Load(), time.Now()
	for ; ctx.Err() == nil; wait.For(ctx, heartbeat) {
		height, err := p.Source.Height(ctx)
		if err != nil {
			p.metrics.height.Set(0)
			continue
		}
		next := p.next.Load()
		p.metrics.height.Set(float64(height))
		switch {
		case next >= height:
			if err := p.ReadModel.Level(ctx, next); err != nil && ctx.Err() == nil {
				p.Log.Warn("cannot note that the read model is level", "error", err)
			}
			since = time.Now()
		case next != progress:
			progress, since = next, time.Now()
		case time.Since(since) > stalled:
			cancel(errors.New("the stream of blocks has stalled"))
		}
	}
}
