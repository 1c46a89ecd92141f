package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

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
			if _, err := s.LabelsMade(t.Context(), []trace.Line{units(20*i, 5), units(20*i+10, 1)}, how); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if _, err := s.LabelsMade(t.Context(), []trace.Line{units(0, 1000)}, record.PINsRead); err != nil {
		t.Fatal(err)
	}
	for i := range int64(40) {
		for _, c := range []struct {
			units   trace.Line
			printed bool
		}{{units(20*i, 5), true}, {units(20*i+4, 1), true}, {units(20*i+5, 5), false}, {units(20*i+5, 6), true}, {units(20*i+11, 9), false}} {
			if begun, err := s.BeginVoiding(t.Context(), fmt.Sprint("void ", i), c.units); begun == c.printed || err != nil {
				t.Errorf("%+v: %v %v", c.units, begun, err)
			}
		}
	}
}

// Of a voiding and a label job that are ordered at once only one goes on, for
// every unit, however many of both there are.
func TestLabelsAndVoidingsTakeTurns(t *testing.T) {
	s := storetest.New(t)
	var labels, voidings [40]atomic.Bool
	var wg sync.WaitGroup
	for i := range int64(40) {
		line := trace.Line{GTIN: "06998801000036", Lot: "L1", From: i, Count: 1}
		wg.Go(func() {
			voided, err := s.LabelsMade(t.Context(), []trace.Line{line}, record.MadeWithPINs)
			if labels[i].Store(voided == nil); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			begun, err := s.BeginVoiding(t.Context(), fmt.Sprint("void ", i), line)
			if voidings[i].Store(begun); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for i := range labels {
		if labels[i].Load() == voidings[i].Load() {
			t.Errorf("unit %d: labels %v, voiding %v", i, labels[i].Load(), voidings[i].Load())
		}
	}
}

// A voiding whose gateway died keeps labels from being made until the journal
// knows what became of it.
func TestVoidingOutlivesItsGateway(t *testing.T) {
	s := storetest.New(t)
	line := func(from int64) trace.Line {
		return trace.Line{GTIN: "06998801000036", Lot: "L1", From: from, Count: 10}
	}
	for i, c := range []struct {
		name    string
		sent    bool
		outcome *record.Outcome
		open    bool
	}{
		{"before it was journalled", false, nil, true},
		{"sent, and no word yet", true, nil, true},
		{"written, and not in the read model yet", true, &record.Outcome{Block: 9, Code: record.Valid}, true},
		{"refused by the peers", true, &record.Outcome{Block: 9, Code: "MVCC_READ_CONFLICT"}, false},
	} {
		ref, units := fmt.Sprint("ref-", i), line(int64(20*i))
		if begun, err := s.BeginVoiding(t.Context(), ref, units); !begun || err != nil {
			t.Fatal(begun, err)
		}
		if c.sent {
			if err := s.Prepare(t.Context(), record.Pending{TxID: ref, Party: "maker", Transaction: "VoidUnits", Envelope: []byte("x"), Ref: ref, PreparedAt: time.Now()}); err != nil {
				t.Fatal(err)
			}
		}
		if c.outcome != nil {
			if err := s.Settle(t.Context(), ref, *c.outcome); err != nil {
				t.Fatal(err)
			}
		}
		left, err := s.Unvoided(t.Context(), units)
		if err != nil || (len(left) == 0) != c.open {
			t.Errorf("%s: %v left, %v", c.name, left, err)
		}
		if voided, err := s.LabelsMade(t.Context(), []trace.Line{units}, record.MadeWithoutPINs); err != nil || (voided != nil) != c.open {
			t.Errorf("%s: %v, %v", c.name, voided, err)
		}
		if err := s.EndVoiding(t.Context(), ref); err != nil {
			t.Error(err)
		}
		if left, err := s.Unvoided(t.Context(), units); err != nil || len(left) != 1 || left[0] != units {
			t.Errorf("%s: at its end %v, %v", c.name, left, err)
		}
	}
}
