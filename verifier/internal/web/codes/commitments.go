package codes

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// maxCommitments bounds the PIN commitments kept in memory, by proofs' worth of them, 2 kB each.
const maxCommitments = 16384

// commitments keeps PIN commitments of units, those that one proof needs at a time. They never
// change; when the bound is reached, all are dropped.
type commitments struct {
	read func(ctx context.Context, root [32]byte, first, count int64) ([]byte, error)
	mu   sync.Mutex
	kept map[block][]byte
}

// block is some units of the tree with a root.
type block struct {
	root  [32]byte
	first int64
}

// get gives those of count units. That they are right is seen by the root of what is made of them.
func (c *commitments) get(ctx context.Context, root [32]byte, first, count int64) ([]byte, error) {
	at := block{root, first}
	c.mu.Lock()
	got := c.kept[at]
	c.mu.Unlock()
	if int64(len(got)) == count*sha256.Size {
		return got, nil
	}
	got, err := c.read(ctx, root, first, count)
	if err != nil {
		return nil, err
	}
	if int64(len(got)) != count*sha256.Size {
		return nil, errors.New("no PIN commitments are stored for these units")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= maxCommitments {
		c.kept = map[block][]byte{}
	}
	c.kept[at] = got
	return got, nil
}

// proving gives the batch's keys with what a unit's proof needs beside them: commitments where the
// key of PINs is not here, serials where the factory brought them.
func (b *Book) proving(ctx context.Context, c Code, batch trace.Batch, tree *seal.Tree) (*seal.Batch, error) {
	keys, err := b.keysOf(c)
	if err != nil {
		return nil, err
	}
	first, count := tree.Around(c.Unit.Index)
	if keys.Closed() {
		run, err := b.commitments.get(ctx, tree.Root(), first, count)
		if err != nil {
			return nil, err
		}
		keys = keys.WithCommitments(first, run)
	}
	if batch.Listed && b.Serials != nil {
		serials, err := b.listedAround(ctx, batch, first, count)
		if err != nil {
			return nil, err
		}
		keys = keys.WithSerials(first, serials)
	}
	return keys, nil
}
