package seal

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
)

func mustCommit(t testing.TB, b *Batch, quantity int64) *Tree {
	t.Helper()
	tree, err := Commit(context.Background(), b, quantity, nil)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// plainRoot is the root as the library alone computes it, leaf by leaf.
func plainRoot(t *testing.T, b *Batch, quantity int64) [32]byte {
	t.Helper()
	r := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for i := range quantity {
		leaf := b.LeafHash(mustUnit(t, b, i))
		if err := r.Append(leaf[:], nil); err != nil {
			t.Fatal(err)
		}
	}
	root, err := r.GetRootHash(nil)
	if err != nil {
		t.Fatal(err)
	}
	return [32]byte(root)
}

func TestTreesOfEverySizeAreRFC6962Trees(t *testing.T) {
	b := testBatch(t, 2)
	sizes := []int64{1000, 4096, 4097}
	for n := range int64(300) {
		sizes = append(sizes, n+1)
	}
	for _, quantity := range sizes {
		tree := mustCommit(t, b, quantity)
		if tree.Root() != plainRoot(t, b, quantity) {
			t.Fatalf("%d units: another root than the library's", quantity)
		}
		for index := range min(quantity, 300) {
			if quantity > 140 && index%11 != 0 && index < quantity-3 {
				continue // the shapes repeat; the right edge is where they differ
			}
			path, err := tree.Proof(b, index)
			if err != nil {
				t.Fatalf("unit %d of %d: %v", index, quantity, err)
			}
			leaf := b.LeafHash(mustUnit(t, b, index))
			if !Included(leaf, index, quantity, path, tree.Root()) {
				t.Fatalf("unit %d of %d: the proof fails", index, quantity)
			}
			for _, other := range []int64{index - 1, index + 1, index ^ 64} {
				if other != index && Included(leaf, other, quantity, path, tree.Root()) {
					t.Fatalf("unit %d of %d: the proof passes for %d", index, quantity, other)
				}
			}
		}
	}
}

func TestProofIsBoundToLeafAndRoot(t *testing.T) {
	b := testBatch(t, 2)
	tree := mustCommit(t, b, 100)
	path, err := tree.Proof(b, 99)
	if err != nil {
		t.Fatal(err)
	}
	leaf, root := b.LeafHash(mustUnit(t, b, 99)), tree.Root()
	short := append([][]byte{path[0][:31]}, path[1:]...)
	wrongRoot := root
	wrongRoot[31] ^= 1
	switch {
	case Included(b.LeafHash(mustUnit(t, b, 98)), 99, 100, path, root):
		t.Error("passes for another leaf")
	case Included(leaf, 99, 100, path, wrongRoot):
		t.Error("passes for another root")
	case Included(leaf, 99, 100, path[1:], root), Included(leaf, 99, 100, short, root):
		t.Error("passes with a damaged path")
	case Included(leaf, -1, 100, path, root), Included(leaf, 100, 100, path, root), Included(leaf, 0, 0, nil, root):
		t.Error("passes outside the tree")
	}
	for _, index := range []int64{-1, 100} {
		if _, err := tree.Proof(b, index); !errors.Is(err, ErrIndex) {
			t.Errorf("unit %d: %v", index, err)
		}
	}
	if _, err := tree.Proof(testBatch(t, 1), 5); !errors.Is(err, ErrTree) {
		t.Errorf("a proof with the keys of another epoch: %v", err)
	}
}

func TestStoredTree(t *testing.T) {
	b := testBatch(t, 2)
	for _, quantity := range []int64{1, 64, 65, 1000} {
		tree := mustCommit(t, b, quantity)
		row, root := tree.Row(), tree.Root()
		loaded, err := LoadTree(quantity, row, root)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := loaded.Proof(b, quantity-1); err != nil || loaded.Quantity() != quantity {
			t.Errorf("%d units: %v", quantity, err)
		}
		row[len(row)-1] ^= 1
		for name, load := range map[string]func() (*Tree, error){
			"damaged row":    func() (*Tree, error) { return LoadTree(quantity, row, root) },
			"truncated row":  func() (*Tree, error) { return LoadTree(quantity, row[1:], root) },
			"other quantity": func() (*Tree, error) { return LoadTree(quantity+64, row, root) },
			"no units":       func() (*Tree, error) { return LoadTree(0, nil, root) },
		} {
			if _, err := load(); !errors.Is(err, ErrTree) {
				t.Errorf("%d units, %s: %v", quantity, name, err)
			}
		}
	}
}

func TestCommitReportsAndStops(t *testing.T) {
	b := testBatch(t, 2)
	last := int64(0)
	if _, err := Commit(context.Background(), b, 1000, func(done int64) {
		if done <= last {
			t.Errorf("progress goes from %d to %d", last, done)
		}
		last = done
	}); err != nil || last != 1000 {
		t.Errorf("%d units reported, %v", last, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err := Commit(ctx, b, 1_000_000, func(int64) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled commit answers %v", err)
	}
	for _, quantity := range []int64{-1, 0, maxTree + 1} {
		if _, err := Commit(context.Background(), b, quantity, nil); !errors.Is(err, ErrBatch) {
			t.Errorf("%d units: %v", quantity, err)
		}
	}
}

func BenchmarkCommitMillion(b *testing.B) {
	batch := testBatch(b, 2)
	for b.Loop() {
		mustCommit(b, batch, 1_000_000)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "MB-sys")
}

func BenchmarkProof(b *testing.B) {
	batch := testBatch(b, 2)
	tree := mustCommit(b, batch, 1_000_000)
	for i := int64(0); b.Loop(); i++ {
		if _, err := tree.Proof(batch, i*7919%1_000_000); err != nil {
			b.Fatal(err)
		}
	}
}
