// Package projector turns blocks into the read model: it checks that each block
// follows the one before, works out what its transactions changed, and has
// changes and checkpoint written in one database transaction. Where a block is
// missing, does not follow, or contradicts the read model, it halts and says so.
//
// It knows nothing of SQL and submits nothing.
package projector

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// Source is where blocks come from. Height is the number of blocks of the peer
// that has most. Blocks' channel closes when its stream ends, for whatever reason.
type Source interface {
	Blocks(ctx context.Context, from uint64) (<-chan *common.Block, error)
	Height(ctx context.Context) (uint64, error)
}

// ReadModel is where changes go. Project must be all or nothing, and fail where
// the read model is not at from. Lead runs fn while no other projector runs.
type ReadModel interface {
	Checkpoint(ctx context.Context) (record.Checkpoint, error)
	Project(
		ctx context.Context,
		from, to record.Checkpoint,
		units []trace.Line,
		plan func([]record.Placed) (record.Changes, error),
	) error
	Level(ctx context.Context, next uint64) error
	Halt(ctx context.Context, channel, reason string) error
	EmptyReadModel(ctx context.Context) error
	Lead(ctx context.Context, fn func(context.Context) error) error
}

// Options are what a Projector needs.
type Options struct {
	Channel   string
	Chaincode string // whose events are projected
	Source    Source
	ReadModel ReadModel
	Log       *slog.Logger
	Metrics   prometheus.Registerer // nil for none
}

// Projector keeps one channel's read model level with the ledger.
type Projector struct {
	Options
	metrics metrics
	next    atomic.Uint64 // the block that the read model lacks next
}

// New gives a Projector; Run runs it.
func New(o Options) *Projector {
	return &Projector{Options: o, metrics: newMetrics(o.Metrics)}
}

// haltError is a fact about the ledger or the read model that no retry mends.
type haltError struct{ reason string }

func (e *haltError) Error() string { return e.reason }

func haltf(format string, args ...any) error {
	return &haltError{fmt.Sprintf(format, args...)}
}

// Run projects until ctx ends, one gateway at a time. It comes back from lost
// connections by itself. Once it has halted it only waits for ctx to end: the
// checkpoint says why, and a new Run tries again from there.
func (p *Projector) Run(ctx context.Context) error {
	for failures := 1; ctx.Err() == nil; failures++ {
		began := time.Now()
		err := p.ReadModel.Lead(ctx, func(ctx context.Context) error { return p.follow(ctx, 0) })
		p.metrics.leader.Set(0)
		var halt *haltError
		if errors.As(err, &halt) {
			p.halt(ctx, halt.reason)
			<-ctx.Done()
			break
		}
		if ctx.Err() == nil {
			p.Log.Warn("projection interrupted", "error", err, "next_block", p.next.Load())
		}
		if time.Since(began) > maxPause {
			failures = 1
		}
		wait.For(ctx, wait.BackOff{First: minPause, Longest: maxPause}.After(failures))
	}
	return ctx.Err()
}

const (
	minPause = 100 * time.Millisecond
	maxPause = 5 * time.Second
)

// halt keeps trying to write the reason down, for readers judge by it.
func (p *Projector) halt(ctx context.Context, reason string) {
	p.metrics.halted.Set(1)
	p.Log.Error("PROJECTION HALTED: the read model stays as it is until this is resolved", "reason", reason)
	for ctx.Err() == nil {
		err := p.ReadModel.Halt(ctx, p.Channel, reason)
		if err == nil {
			return
		}
		p.Log.Error("cannot note that the projection halted", "error", err)
		wait.For(ctx, maxPause)
	}
}

// CatchUp projects every block that the channel has when it begins, by itself or,
// where another projector leads, by waiting for that one. Where the read model
// does not fit the ledger it is rebuilt; the answer says whether it was.
func (p *Projector) CatchUp(ctx context.Context) (rebuilt bool, err error) {
	height, err := p.Source.Height(ctx)
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		done <- p.ReadModel.Lead(ctx, func(ctx context.Context) error {
			if err := p.follow(ctx, height); err != nil {
				return err
			}
			return p.ReadModel.Level(ctx, height)
		})
	}()
	for {
		select {
		case err := <-done:
			var halt *haltError
			if errors.As(err, &halt) {
				p.Log.Warn("the read model does not fit the ledger; building it anew", "reason", halt.reason)
				return true, p.Rebuild(ctx)
			}
			return false, err
		case <-time.After(minPause):
			if at, err := p.ReadModel.Checkpoint(ctx); err == nil && at.Halted == "" && at.NextBlock >= height {
				return false, nil
			}
		}
	}
}

// To projects the blocks before stop, one projector at a time.
func (p *Projector) To(ctx context.Context, stop uint64) error {
	return p.ReadModel.Lead(ctx, func(ctx context.Context) error { return p.follow(ctx, stop) })
}

// Rebuild empties the read model and projects every block that the channel
// has when it begins.
func (p *Projector) Rebuild(ctx context.Context) error {
	height, err := p.Source.Height(ctx)
	if err != nil {
		return err
	}
	return p.ReadModel.Lead(ctx, func(ctx context.Context) error {
		if err := p.ReadModel.EmptyReadModel(ctx); err != nil {
			return err
		}
		return p.follow(ctx, height)
	})
}
