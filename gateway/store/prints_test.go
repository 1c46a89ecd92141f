package store_test

import (
	"sync"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
)

// However many label jobs of a batch are ordered at once, all of their units
// count as printed, and no others. PINs that were read print nothing.
func TestLabelsMade(t *testing.T) {
	s := storetest.New(t)
	units := func(from, count int64) trace.Line {
		return trace.Line{GTIN: "06998801000036", Lot: "L1", From: from, Count: count}
	}
	var wg sync.WaitGroup
	for i := range int64(40) {
		wg.Go(func() {
			how := map[bool]record.LabelsMade{true: record.MadeWithPINs, false: record.MadeWithoutPINs}[i%2 == 0]
			if err := s.LabelsMade(t.Context(), []trace.Line{units(20*i, 5), units(20*i+10, 1)}, how); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := s.LabelsMade(t.Context(), []trace.Line{units(0, 1000)}, record.PINsRead); err != nil {
		t.Fatal(err)
	}
	for i := range int64(40) {
		for _, c := range []struct {
			units trace.Line
			want  bool
		}{{units(20*i, 5), true}, {units(20*i+4, 1), true}, {units(20*i+5, 5), false}, {units(20*i+5, 6), true}, {units(20*i+11, 9), false}} {
			if got, err := s.Printed(t.Context(), c.units); got != c.want || err != nil {
				t.Errorf("%+v: %v %v", c.units, got, err)
			}
		}
	}
}
