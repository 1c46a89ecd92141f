package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden is a file that a real network made: three organisations, one Raft orderer.
func golden(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.TrimSpace(string(content)))
}

func goldenTrust(t testing.TB) Trust {
	t.Helper()
	var trust Trust
	if err := json.Unmarshal(golden(t, "trust.json"), &trust); err != nil {
		t.Fatal(err)
	}
	return trust
}

// A real bundle proves what it should, and says so.
func TestRealBundles(t *testing.T) {
	for name, want := range map[string]Report{
		"bundle.json": {Unit: UnitID{"06998801900039", "202611A01", "67ZRA8V0J3YFS6GRZD8W"}, Block: 16, Submitter: "ProducerMSP",
			Endorsers: []string{"PlatformMSP", "ProducerMSP"}, TxID: "86701bc52613ff3d4dd0c667c90e9d5c70fc71b60ac0469243f0eb59e6ca6ac6",
			BlockHash: "ae5e18360b42952a806744f37f5727298b0483d5d4296f3867c9efeead9dbe09",
			UnitsRoot: "6f54bd0603a4a6f648863c00dfc90d1302996c990e3e70a578c6cb8f628c3d83"},
		"busy.json": {Unit: UnitID{"06998801900138", "202610D01", "AQS0A2NZF5B4492ZP7RY"}, Block: 15, Submitter: "ProducerMSP",
			Endorsers: []string{"PlatformMSP", "ProducerMSP"}, TxID: "3b6c3e4899d528d70388e2a14461a1e34d40a9b35e2d3dcc2defa98171326612",
			BlockHash: "66365d7bb9c5a834f275f167a7a49c71c20a9261823f7cfbf2748c8e47ff1446",
			UnitsRoot: "82b9e3808cc3469c0c17aab514a5c687bd5750b83f6a4bb167c6cf1157380cd3"},
	} {
		got, err := Verify(golden(t, name), goldenTrust(t), want.Unit, 0)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want.Passed, want.At = Checks, got.At
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Every byte of a real bundle matters: each is changed in each of these ways, and never is it proved, nor is the reason
// missing. In short mode every seventh byte is.
func TestEveryFlippedByteFails(t *testing.T) {
	whole, trust := golden(t, "bundle.json"), goldenTrust(t)
	step := 1
	if testing.Short() {
		step = 7
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			data := append([]byte(nil), whole...)
			for i := int(next.Add(1)-1) * step; i < len(data); i = int(next.Add(1)-1) * step {
				for _, mask := range []byte{0x01, 0x20, 0x80} {
					data[i] ^= mask
					wantFailure(t, i, data, trust)
					data[i] ^= mask
				}
			}
		})
	}
	wg.Wait()
}

func wantFailure(t *testing.T, at int, data []byte, trust Trust) {
	_, err := Verify(data, trust, UnitID{}, 0)
	var failure *Failure
	if !errors.As(err, &failure) || failure.Reason.Error() == "" {
		t.Errorf("byte %d as %q: %v", at, data[at], err)
	}
}

// A bundle that is cut short or has something behind it is none.
func TestCutBundle(t *testing.T) {
	whole, trust := golden(t, "bundle.json"), goldenTrust(t)
	for n := 0; n < len(whole); n += 97 {
		wantFailure(t, 0, append([]byte(" "), whole[:n]...), trust)
	}
	wantFailure(t, 0, append(whole[:len(whole):len(whole)], "{}"...), trust)
}

// Whatever is fed to it, it answers with a failure and never with a proof.
func FuzzVerify(f *testing.F) {
	whole, trust := golden(f, "bundle.json"), goldenTrust(f)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte(`{"version":"touchstone/proof/v1"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var compact bytes.Buffer
		if _, err := Verify(data, trust, UnitID{}, 0); err == nil &&
			(json.Compact(&compact, data) != nil || compact.String() != string(whole)) {
			t.Errorf("proved: %q", data)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	whole, trust := golden(b, "bundle.json"), goldenTrust(b)
	for b.Loop() {
		if _, err := Verify(whole, trust, UnitID{}, 0); err != nil {
			b.Fatal(err)
		}
	}
}
