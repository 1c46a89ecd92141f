package restore

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Trees keeps the stored rows of the batches' Merkle trees. Without its tree no
// unit of a batch can be proved, and all are answered "unavailable".
type Trees interface {
	BatchesWithoutTree(ctx context.Context) ([]trace.Batch, error)
	Serials(ctx context.Context, root [32]byte, from, count int64) ([]string, error)
	SaveUnitTree(ctx context.Context, root [32]byte, quantity int64, row []byte) error
	SaveCommitments(ctx context.Context, root [32]byte, first int64, run []byte) error
}

// MakeTrees computes every missing tree from the keys. A tree counts only where
// its root is the one on the ledger. It answers how many batches are left without.
func MakeTrees(ctx context.Context, db Trees, keys *seal.Keyring, tell func(Finding)) (left int, err error) {
	batches, err := db.BatchesWithoutTree(ctx)
	if err != nil {
		return 0, err
	}
	for _, b := range batches {
		what := fmt.Sprintf("the tree of batch %s %s (%d units)", b.GTIN, b.Lot, b.Quantity)
		reason, err := makeTree(ctx, db, keys, b)
		if err != nil {
			return left, err
		}
		if reason != nil {
			left++
			tell(lost(what, reason.Error()+"; its units are answered \"unavailable\""))
			continue
		}
		tell(Finding{What: what})
	}
	return left, nil
}

// makeTree answers why the tree cannot be made; err is of the database.
func makeTree(ctx context.Context, db Trees, keys *seal.Keyring, b trace.Batch) (reason, err error) {
	var root [32]byte
	if _, err := hex.Decode(root[:], []byte(b.UnitsRoot)); err != nil {
		return err, nil
	}
	codes, err := keys.Batch(uint32(b.KeyEpoch), gs1.GTIN(b.GTIN), b.Lot)
	if err != nil {
		return fmt.Errorf(
			"the master keys given here do not have epoch %d; give those it was made with", b.KeyEpoch,
		), nil
	}
	if b.Listed {
		serials, err := db.Serials(ctx, root, 0, b.Quantity)
		if err != nil || int64(len(serials)) < b.Quantity {
			return errors.New(
				"the serials that its factory brought are gone; they are in the file that it was registered from",
			), err
		}
		codes = codes.WithSerials(0, serials)
	}
	tree, err := seal.Commit(ctx, codes, b.Quantity, nil)
	if err != nil {
		return nil, err
	}
	if tree.Root() != root {
		return errors.New("the master keys given here give other codes; give those it was made with"), nil
	}
	for first, run := range codes.Commitments(b.Quantity) {
		if err := db.SaveCommitments(ctx, root, first, run); err != nil {
			return nil, err
		}
	}
	return nil, db.SaveUnitTree(ctx, root, b.Quantity, tree.Row())
}
