package store_test

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
)

func lineOf(lot string, from, count int64) trace.Line {
	return trace.Line{GTIN: "g", Lot: lot, From: from, Count: count}
}

// project writes batches of ten units, each with what it was made from.
func project(t *testing.T, s *store.Store, made map[string][]trace.Line, lots ...string) {
	t.Helper()
	block := record.Block{Hash: []byte{1}, PrevHash: []byte{1}, DataHash: []byte{1}}
	changes := record.Changes{Blocks: []record.Block{block}}
	for _, lot := range lots {
		b := trace.Batch{GTIN: "g", Lot: lot, Quantity: 10, UnitsRoot: fmt.Sprintf("%x", sha256.Sum256([]byte(lot)))}
		event := trace.Event{Batch: &b}
		if len(made[lot]) > 0 {
			m := trace.Transformation{GTIN: "g", Lot: lot, By: "maker"}
			for _, l := range made[lot] {
				m.Inputs = append(m.Inputs, trace.Input{Line: l, Content: 1})
			}
			event.Transformation = &m
		}
		for _, o := range event.Objects() {
			changes.Objects = append(changes.Objects, record.ObjectVersion{Object: o, TxID: "tx"})
		}
	}
	err := s.Project(
		t.Context(),
		record.Checkpoint{},
		record.Checkpoint{Channel: "trace", NextBlock: 1, LastHash: []byte{1}},
		nil,
		func([]record.Placed) (record.Changes, error) { return changes, nil },
	)
	if err != nil {
		t.Fatal(err)
	}
}

// TestRelatives: leaf and bud make blend, blend makes tin and bottle, both go
// into the gift; and a circle, which no ledger makes, ends.
func TestRelatives(t *testing.T) {
	s := storetest.Projecting(t)
	project(t, s, map[string][]trace.Line{
		"BLEND": {
			lineOf("LEAF", 0, 5),
			lineOf("BUD", 0, 1),
		},
		"TIN":    {lineOf("BLEND", 0, 2)},
		"BOTTLE": {lineOf("BLEND", 2, 2)},
		"GIFT": {
			lineOf("TIN", 0, 1),
			lineOf("BOTTLE", 0, 1),
		},
		"HEN": {lineOf("EGG", 0, 1)},
		"EGG": {lineOf("HEN", 0, 1)},
	}, "LEAF", "BUD", "BLEND", "TIN", "BOTTLE", "GIFT", "HEN", "EGG")
	for name, test := range map[string]struct {
		units []trace.Line
		want  []trace.Line
	}{
		"a leaf that went in":     {[]trace.Line{lineOf("LEAF", 4, 1)}, []trace.Line{lineOf("BLEND", 0, 10), lineOf("BOTTLE", 0, 10), lineOf("TIN", 0, 10), lineOf("GIFT", 0, 10)}},
		"a leaf that did not":     {[]trace.Line{lineOf("LEAF", 5, 5)}, nil},
		"one bottle's blend":      {[]trace.Line{lineOf("BLEND", 3, 1)}, []trace.Line{lineOf("BOTTLE", 0, 10), lineOf("GIFT", 0, 10)}},
		"a circle":                {[]trace.Line{lineOf("HEN", 0, 1)}, []trace.Line{lineOf("EGG", 0, 10), lineOf("HEN", 0, 10)}},
		"what nothing is made of": {[]trace.Line{lineOf("GIFT", 0, 10)}, nil},
	} {
		made, err := s.Descendants(t.Context(), test.units)
		var got []trace.Line
		for _, r := range made {
			got = append(got, r.Lines...)
		}
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%s: %s %v", name, diff, err)
		}
	}
	from, err := s.Ancestors(t.Context(), []trace.Line{lineOf("GIFT", 3, 1)})
	blend := record.Relative{
		GTIN:  "g",
		Lot:   "BLEND",
		Lines: []trace.Line{lineOf("BLEND", 0, 2), lineOf("BLEND", 2, 2)},
		Depth: 2,
		Via:   record.BatchName{GTIN: "g", Lot: "TIN"},
	}
	if err != nil || len(from) != 5 {
		t.Fatalf("%+v %v", from, err)
	}
	if diff := cmp.Diff(blend, from[2]); diff != "" {
		t.Error(diff)
	}
}
