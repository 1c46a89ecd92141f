package seal

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
)

// blockSize is the number of leaves under one stored hash, a power of two. An RFC 6962 tree over n
// leaves is an RFC 6962 tree over its blocks' roots, the last of which may cover fewer leaves; so
// only the row of block roots is kept, 500 kB for a million units, and a proof computes one block
// anew.
const blockSize = 64

// maxTree bounds the units of one tree: a row of 512 MB. Batches are far smaller.
const maxTree = 1 << 30

// Tree commits to the units of a batch. It is immutable.
type Tree struct {
	quantity int64
	upper    levels // over the blocks' roots
	root     [32]byte
}

func blocks(quantity int64) int64 { return (quantity + blockSize - 1) / blockSize }

func newTree(quantity int64, row [][32]byte) (*Tree, error) {
	upper := newLevels(row)
	root, err := upper.root()
	if err != nil {
		return nil, err
	}
	return &Tree{quantity, upper, root}, nil
}

// Commit computes the tree over the first quantity units of a batch on all cores. It calls progress, where not nil,
// from one goroutine at a time with the number of units done so far, the last time with quantity. Memory is the row of
// block roots and little else. It stops with the context's error when that is cancelled.
func Commit(ctx context.Context, b *Batch, quantity int64, progress func(done int64)) (*Tree, error) {
	if quantity < 1 || quantity > maxTree || !b.has(0) || !b.has(quantity-1) {
		return nil, ErrBatch
	}
	row := make([][32]byte, blocks(quantity))
	var next atomic.Int64
	var wg sync.WaitGroup
	report := reporter(progress)
	for range min(runtime.GOMAXPROCS(0), len(row)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(row)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				leaves := b.block(i, quantity)
				row[i], _ = newLevels(leaves).root() // a block is never empty, which is the only error
				report(int64(len(leaves)))
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return newTree(quantity, row)
}

// reporter adds up what the workers have done.
func reporter(progress func(done int64)) func(n int64) {
	if progress == nil {
		return func(int64) {}
	}
	var mu sync.Mutex
	done := int64(0)
	return func(n int64) {
		mu.Lock()
		defer mu.Unlock()
		done += n
		progress(done)
	}
}

// block computes the leaf hashes of the i-th block.
func (b *Batch) block(i, quantity int64) [][32]byte {
	m := b.minters.Get().(*minter)
	defer b.minters.Put(m)
	from := i * blockSize
	leaves := make([][32]byte, min(blockSize, quantity-from))
	for j := range leaves {
		leaves[j] = b.LeafHash(b.unit(m, from+int64(j)))
	}
	return leaves
}

// Root is the hash that goes on the ledger.
func (t *Tree) Root() [32]byte { return t.root }

// Quantity is the number of units.
func (t *Tree) Quantity() int64 { return t.quantity }

// Row is the stored form: the blocks' roots, 32 bytes each, for LoadTree.
func (t *Tree) Row() []byte {
	row := make([]byte, 0, 32*len(t.upper[0]))
	for _, hash := range t.upper[0] {
		row = append(row, hash[:]...)
	}
	return row
}

// LoadTree reads what Row wrote, and answers ErrTree unless it leads to the root that the ledger has.
func LoadTree(quantity int64, row []byte, root [32]byte) (*Tree, error) {
	if quantity < 1 || quantity > maxTree || int64(len(row)) != 32*blocks(quantity) {
		return nil, ErrTree
	}
	hashes := make([][32]byte, len(row)/32)
	for i := range hashes {
		hashes[i] = [32]byte(row[32*i:])
	}
	t, err := newTree(quantity, hashes)
	if err != nil || t.root != root {
		return nil, ErrTree
	}
	return t, nil
}

// Around gives the units whose leaves a proof of a unit is made from: of a batch with listed
// serials, those that Proof needs.
func (t *Tree) Around(index int64) (from, count int64) {
	from = index / blockSize * blockSize
	return from, min(blockSize, t.quantity-from)
}

// Proof answers a unit's RFC 6962 inclusion proof, from the leaf upwards, 32 bytes a step. The proof has been checked
// against the root: ErrTree means that the batch's keys are not those that the tree was made with.
func (t *Tree) Proof(b *Batch, index int64) ([][]byte, error) {
	if index < 0 || index >= t.quantity {
		return nil, ErrIndex
	}
	from, count := t.Around(index)
	if !b.has(from) || !b.has(from+count-1) {
		return nil, ErrIndex
	}
	leaves := b.block(index/blockSize, t.quantity)
	path, err := newLevels(leaves).path(uint64(index % blockSize))
	if err != nil {
		return nil, err
	}
	above, err := t.upper.path(uint64(index / blockSize))
	if err != nil {
		return nil, err
	}
	path = append(path, above...)
	if !Included(leaves[index%blockSize], index, t.quantity, path, t.root) {
		return nil, ErrTree
	}
	return path, nil
}

// Included checks an inclusion proof: that the leaf with this hash stands at this index of the tree with this root.
func Included(leafHash [32]byte, index, quantity int64, path [][]byte, root [32]byte) bool {
	if index < 0 || quantity <= index || slices.ContainsFunc(path, func(h []byte) bool { return len(h) != 32 }) {
		return false
	}
	err := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(index), uint64(quantity), leafHash[:], path, root[:])
	return err == nil
}
