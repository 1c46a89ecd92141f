package audit

import (
	"bytes"
	"context"
	"encoding/hex"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// Digests are those of a log's entries, as a database has them.
type Digests interface {
	Digests(ctx context.Context, log string, from, to int64) ([][]byte, error)
}

// CheckAnchor reports whether a log's entries are still those that were anchored.
func CheckAnchor(ctx context.Context, a trace.Anchor, now Digests) (bool, error) {
	digests, err := now.Digests(ctx, a.Log, a.From, a.To)
	if err != nil {
		return false, err
	}
	root, err := hex.DecodeString(a.Root)
	return err == nil && int64(len(digests)) == a.To-a.From && len(digests) > 0 &&
		bytes.Equal(proof.Root(digests), root), nil
}
