package label

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

// Likely spellings come first, none comes twice, and what has no letters and no 0 has one.
func TestLotSpellings(t *testing.T) {
	for lot, want := range map[string][]string{
		"1-2":  {"1-2"},
		"A1":   {"A1", "a1"},
		"10":   {"10", "1O", "1o"},
		"LOT7": {"LOT7", "L0T7", "lot7", "l0t7"},
	} {
		if got := LotSpellings(lot); !slices.Equal(got[:min(len(got), len(want))], want) ||
			len(want) < 4 && len(got) != len(want) {
			t.Errorf("%s: %q", lot, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		lot := rapid.StringMatching(`[A-Za-z0-9./-]{1,20}`).Draw(t, "lot")
		all := LotSpellings(lot)
		sorted := slices.Sorted(slices.Values(all))
		if all[0] != lot || len(slices.Compact(sorted)) != len(all) || len(all) > maxSpellings+13 {
			t.Fatalf("%q", all)
		}
		for _, s := range all {
			if FoldLot(s) != FoldLot(lot) {
				t.Fatalf("%q is no spelling of %q", s, lot)
			}
		}
		if !slices.Contains(all, strings.ToUpper(lot)) || !slices.Contains(all, strings.ToLower(lot)) {
			t.Fatalf("%q", all)
		}
	})
}

// A code is found by its tag however its lot was spelt, and a forged one is not.
func TestIssued(t *testing.T) {
	var key [32]byte
	_, _ = rand.Read(key[:])
	keys, err := seal.NewKeyring(seal.Epoch{Number: 1, MasterKey: key})
	if err != nil {
		t.Fatal(err)
	}
	const gtin = "06998801000036"
	unknown := func(gs1.GTIN, string) ([]string, bool) { return nil, false }
	for lot, spelt := range map[string]string{"Lot7": "LOT7", "202610A": "2O261Oa", "LOT01": "L0T01", "ABCDEFGHIJK0": "abcdefghijkO", "1.2": "1.2", "AbCdEfGhIjKlMnOpQ0o": "abcdefghijklmn0pqoO"} {
		batch, err := keys.Batch(1, gtin, lot)
		if err != nil {
			t.Fatal(err)
		}
		u, _ := batch.Unit(7)
		l := Code("https://x" + UnitPath(gtin, spelt, u.Serial))
		forged := Code("https://x" + UnitPath(gtin, spelt, "0123456789ABCDEFGHJK"))
		var lots Lots
		lots.Add(gtin, lot)
		known := func(gtin gs1.GTIN, lot string) ([]string, bool) { return lots.Like(gtin, lot), true }
		for name, k := range map[string]Known{"known": known, "unknown": unknown} {
			r, issued, ok := l.Issued(keys, k)
			if many := len(lot) > 15 && name == "unknown"; !many && (!ok || r.Lot != lot || issued.Index != 7) {
				t.Errorf("%s, %s: %+v %+v %v", spelt, name, r, issued, ok)
			}
			if _, _, ok := forged.Issued(keys, k); ok {
				t.Errorf("%s, %s: a forged code is taken", spelt, name)
			}
		}
	}
}
