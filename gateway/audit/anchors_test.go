package audit_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/audit"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// digests are a log's entries as a database has them, from 0 on.
type digests [][]byte

func (d digests) Digests(_ context.Context, _ string, from, to int64) ([][]byte, error) {
	return d[min(from, int64(len(d))):min(to, int64(len(d)))], nil
}

// An anchor is kept by the very entries that were anchored, and by no others.
func TestAnAnchorFindsWhatWasRewritten(t *testing.T) {
	var log digests
	for i := range 5 {
		sum := sha256.Sum256([]byte{byte(i)})
		log = append(log, sum[:])
	}
	anchor := trace.Anchor{Log: trace.LogScans, From: 1, To: 4, Root: hex.EncodeToString(proof.Root(log[1:4]))}
	changed := append(digests{}, log...)
	changed[2] = log[4]
	for name, c := range map[string]struct {
		now  digests
		want bool
	}{
		"as anchored":    {log, true},
		"one changed":    {changed, false},
		"two exchanged":  {digests{log[0], log[2], log[1], log[3], log[4]}, false},
		"one taken out":  {append(log[:2:2], log[3:]...), false},
		"the last gone":  {log[:3], false},
		"nothing at all": {nil, false},
	} {
		same, err := audit.CheckAnchor(t.Context(), anchor, c.now)
		if err != nil || same != c.want {
			t.Errorf("%s: %t %v", name, same, err)
		}
	}
}
