package codes

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/singleflight"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// maxTreeBytes bounds the trees kept in memory: 2 MB hold one over a million units.
const maxTreeBytes = 256 << 20

// trees keeps Merkle trees by their root. A tree never changes, so nothing in
// it grows stale; when the bound is reached, all are dropped.
type trees struct {
	read  func(ctx context.Context, root [32]byte) ([]byte, error)
	mu    sync.Mutex
	kept  map[[32]byte]*seal.Tree
	bytes int
	loads singleflight.Group
}

// get gives a batch's tree, whose row has been checked against the root that
// the ledger holds.
func (t *trees) get(ctx context.Context, b trace.Batch) (*seal.Tree, error) {
	root, err := unitsRoot(b)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	tree := t.kept[root]
	t.mu.Unlock()
	if tree != nil && tree.Quantity() == b.Quantity {
		return tree, nil
	}
	loaded, err, _ := t.loads.Do(string(root[:]), func() (any, error) { return t.load(ctx, root, b.Quantity) })
	if err != nil {
		return nil, err
	}
	return loaded.(*seal.Tree), nil
}

func (t *trees) load(ctx context.Context, root [32]byte, quantity int64) (*seal.Tree, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), visitor.AnswerTime) // others may wait for it too
	defer cancel()
	row, err := t.read(ctx, root)
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, errors.New("no tree is stored for this root")
	}
	tree, err := seal.LoadTree(quantity, row, root)
	if err != nil {
		return nil, err
	}
	t.keep(root, tree, 2*len(row))
	return tree, nil
}

func (t *trees) keep(root [32]byte, tree *seal.Tree, bytes int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil || t.bytes+bytes > maxTreeBytes {
		t.kept, t.bytes = map[[32]byte]*seal.Tree{}, 0
	}
	t.kept[root] = tree
	t.bytes += bytes
}
