package store_test

import (
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// A unit's label has a PIN, or has none, where all labels that were made of it
// agree; PINs that were only read may be on a label that somebody else printed.
func TestPINsOfALabel(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"})
	w.Batch(trace.Batch{Lot: "L2"}).Labelled(0, verifiertest.MadeWithPINs)
	const with, without, read = verifiertest.MadeWithPINs, verifiertest.MadeWithoutPINs, verifiertest.PINsRead
	for i, c := range []struct {
		made []verifiertest.LabelsMade
		want verdict.PINs
	}{
		{nil, ""}, {[]verifiertest.LabelsMade{with}, verdict.WithPINs}, {[]verifiertest.LabelsMade{without}, verdict.WithoutPINs}, {[]verifiertest.LabelsMade{with, without}, ""},
		{[]verifiertest.LabelsMade{read}, ""}, {[]verifiertest.LabelsMade{with, read}, verdict.WithPINs}, {[]verifiertest.LabelsMade{without, read}, ""},
	} {
		for _, how := range c.made {
			b.Labelled(int64(i), how)
		}
		if r, err := w.Store.Records(t.Context(), unitOf(b, int64(i))); err != nil || r.PINs != c.want {
			t.Errorf("%v: %q %v, want %q", c.made, r.PINs, err, c.want)
		}
	}
}
