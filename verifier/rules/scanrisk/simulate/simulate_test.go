package simulate

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/replay"
)

func logOf(t *testing.T, r Regime, seed uint64) []byte {
	var out bytes.Buffer
	if err := Run(r, seed).WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The same seed gives the same log, another gives another, and every line of
// either is one that replay understands.
func TestRepeatable(t *testing.T) {
	for seed := range uint64(20) {
		r := Draw(seed).Sized(500)
		log := logOf(t, r, seed)
		if d := cmp.Diff(log, logOf(t, r, seed)); d != "" {
			t.Fatal(d)
		}
		if bytes.Equal(log, logOf(t, r, seed+1)) {
			t.Fatal("the seed does not matter")
		}
		if err := replay.Run(bytes.NewReader(log), new(bytes.Buffer)); err != nil {
			t.Fatal(err)
		}
	}
}

// Every cause, innocent or not, happens in the regimes that are judged.
func TestEveryCauseHappens(t *testing.T) {
	seen := make(map[string]int)
	for i, r := range Regimes {
		r.Clones, r.Press, r.Refilled = 0.01, 1e-3, 1e-3
		for _, truth := range Run(r.Sized(20_000), uint64(i)).Truths {
			seen[truth.Cause]++
			if truth.Clone && truth.Fraud || truth.Copies > 0 && !truth.Clone {
				t.Fatalf("%+v", truth)
			}
		}
	}
	for _, cause := range []string{
		"", "seller scans stock", "looked at in the shop", "courier", "curious family", "roaming phone", "VPN",
		"code sent to a relative", "shared address", "re-sale", "press photograph", "several causes",
		"copied", "copied before sale", "copied a thousand times", "copied a thousand times before sale", "refilled", "diverted",
	} {
		if seen[cause] == 0 {
			t.Errorf("%q never happens", cause)
		}
	}
}

func TestLogIsInTimeOrder(t *testing.T) {
	l := Run(Regimes[0].Sized(5_000), 3)
	if !slices.IsSortedFunc(l.Records, func(a, b Record) int { return int(a.At - b.At) }) {
		t.Error("not in time order")
	}
}
