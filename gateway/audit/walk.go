// Package audit holds what a program of the platform says against the chain of blocks, for somebody who trusts neither:
// it walks the chain at a peer and judges every block, has the blocks replayed, and compares.
//
// It knows nothing of SQL, files or Fabric's services, and no key.
package audit

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/common"

	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Source is a peer's blocks (see projector.Source).
type Source interface {
	Blocks(ctx context.Context, from uint64) (<-chan *common.Block, error)
	Height(ctx context.Context) (uint64, error)
}

// Walk is a source of blocks that are judged before anybody gets them: what follows from block to block, who signed,
// and what each transaction is marked as. It ends at a block that does not follow. Found is told what is wrong within.
type Walk struct {
	Source
	Authority *proof.Authority
	Found     func(proof.Finding)
	Walked    func(*proof.Chain) // after each block; may be nil

	mu    sync.Mutex
	chain *proof.Chain
	stop  uint64
	err   error
}

// NewWalk goes on where a chain is.
func NewWalk(source Source, authority *proof.Authority, chain *proof.Chain, found func(proof.Finding)) *Walk {
	return &Walk{Source: source, Authority: authority, Found: found, chain: chain}
}

// Chain is the chain so far. Nobody may use it while blocks are coming.
func (w *Walk) Chain() *proof.Chain {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.chain
}

// Err says why the chain ended, where it did.
func (w *Walk) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// Until has streams end before a block, which is then the next one of the chain. 0 is never.
func (w *Walk) Until(stop uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stop = stop
}

const ahead = 64 // blocks that are judged at the same time, or wait for their turn

// Blocks gives blocks from a number on. Those before it that the chain lacks are walked first; the last one that it has
// is compared.
func (w *Walk) Blocks(ctx context.Context, from uint64) (<-chan *common.Block, error) {
	begin := min(from, w.Chain().Next())
	ctx, cancel := context.WithCancel(ctx)
	raw, err := w.Source.Blocks(ctx, begin)
	if err != nil {
		cancel()
		return nil, err
	}
	judged := w.judge(ctx, raw)
	out := make(chan *common.Block)
	go func() {
		defer close(out)
		defer cancel()
		for j := range judged {
			b := <-j
			if !w.add(b) || b.Head.Number >= from && !give(ctx, out, b.Block) || w.ends(b) {
				break
			}
		}
		cancel()
		for range judged { // the sender waits for its reader
		}
	}()
	return out, nil
}

func give(ctx context.Context, out chan<- *common.Block, block *common.Block) bool {
	select {
	case out <- block:
		return true
	case <-ctx.Done():
		return false
	}
}

// ends reports whether the stream is to end with the block.
func (w *Walk) ends(j *proof.Judged) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.stop > 0 && j.Head.Number+1 >= w.stop
}

// judge judges blocks on all processors and gives them in their order.
func (w *Walk) judge(ctx context.Context, raw <-chan *common.Block) <-chan chan *proof.Judged {
	type task struct {
		block *common.Block
		done  chan *proof.Judged
	}
	tasks, ordered := make(chan task, ahead), make(chan chan *proof.Judged, ahead)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for t := range tasks {
				t.done <- w.Authority.Judge(t.block, time.Now())
			}
		}()
	}
	go func() {
		defer close(ordered)
		defer close(tasks)
		for block := range raw {
			t := task{block, make(chan *proof.Judged, 1)}
			select {
			case tasks <- t:
			case <-ctx.Done():
				continue
			}
			select {
			case ordered <- t.done:
			case <-ctx.Done():
			}
		}
	}()
	return ordered
}

var errOtherBlock = errors.New("the block is not the one that was walked before: the chain was rewritten or has forked")

// add adds a block and reports whether the stream goes on.
func (w *Walk) add(j *proof.Judged) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stop > 0 && j.Head.Number >= w.stop {
		return false
	}
	if head := w.chain.Head(); head != nil && j.Head.Number <= head.Number {
		if j.Head.Number == head.Number && j.Head != *head {
			w.err = fmt.Errorf("block %d: %w", j.Head.Number, errOtherBlock)
		}
		return w.err == nil
	}
	found, err := w.chain.Add(j)
	for _, f := range found {
		w.Found(f)
	}
	if err != nil {
		w.err = fmt.Errorf("block %d: %w", j.Head.Number, err)
	} else if w.Walked != nil {
		w.Walked(w.chain)
	}
	return err == nil
}

// To walks the blocks before stop, for who needs none of them.
func (w *Walk) To(ctx context.Context, stop uint64) error {
	next := w.Chain().Next()
	if next >= stop {
		return nil
	}
	w.Until(stop)
	blocks, err := w.Blocks(ctx, next)
	if err != nil {
		return err
	}
	for range blocks { // walking them is all
	}
	if err := errors.Join(w.Err(), ctx.Err()); err != nil || w.Chain().Next() >= stop {
		return err
	}
	return errEnded
}

var errEnded = errors.New("the stream of blocks ended")
