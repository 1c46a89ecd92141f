package label

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A lot that is remembered is found however its letters are written, with the
// others that differ from it only in those, and nothing else is.
func TestLots(t *testing.T) {
	const gtin = "06998801000036"
	rapid.Check(t, func(t *rapid.T) {
		var l Lots
		lots := rapid.SliceOfN(rapid.StringMatching(`[aAbO0o.]{1,4}`), 1, 20).Draw(t, "lots")
		for _, lot := range append(lots, lots...) {
			if !l.Add(gtin, lot) {
				t.Fatal("no room")
			}
		}
		asked := rapid.SampledFrom(lots).Draw(t, "asked")
		var want []string
		for _, lot := range lots {
			if FoldLot(lot) == FoldLot(asked) && lot != PlainLot(lot) && !slices.Contains(want, lot) {
				want = append(want, lot)
			}
		}
		for _, spelt := range LotSpellings(asked) {
			if got := l.Like(gtin, spelt); !slices.Equal(got, want) {
				t.Fatalf("%q as %q: %q, want %q", asked, spelt, got, want)
			}
		}
		if got := l.Like("06998801000043", asked); got != nil {
			t.Fatalf("of another product: %q", got)
		}
	})
}

// A million batches whose lots are not plain cost tens of megabytes.
func BenchmarkLots(b *testing.B) {
	for b.Loop() {
		var l Lots
		for i := range 1_000_000 {
			lot := [12]byte{'L', 'o', 't', '-'}
			for j, n := 4, i; j < 12; j, n = j+1, n/10 {
				lot[j] = byte('0' + n%10)
			}
			l.Add("06998801000036", string(lot[:]))
		}
	}
	b.ReportAllocs()
}
