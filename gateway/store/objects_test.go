package store

import (
	"slices"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// TestEveryObjectIsKept: a kind that the ledger writes and the read model does not know would be lost without a word.
func TestEveryObjectIsKept(t *testing.T) {
	var known []trace.Kind
	for _, k := range kept {
		known = append(known, k.kind)
		if len(k.tables) == 0 || len(k.statements) == 0 {
			t.Errorf("%s has no table or no statement", k.kind)
		}
	}
	written := trace.Kinds()
	slices.Sort(known)
	slices.Sort(written)
	if !slices.Equal(known, written) {
		t.Errorf("kept are %q, the ledger writes %q", known, written)
	}
}
