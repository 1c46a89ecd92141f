package store_test

import (
	"encoding/json"
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
			if begun, err := s.BeginVoiding(t.Context(), fmt.Sprint("void ", i), c.units); begun == c.printed ||
				err != nil {
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
			if err := s.Prepare(
				t.Context(),
				record.Pending{
					TxID:        ref,
					Party:       "maker",
					Transaction: "VoidUnits",
					Envelope:    []byte("x"),
					Ref:         ref,
					PreparedAt:  time.Now(),
				},
			); err != nil {
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
		if voided, err := s.LabelsMade(t.Context(), []trace.Line{units}, record.MadeWithoutPINs); err != nil ||
			(voided != nil) != c.open {
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

// A label job and the note of its labels are there together or not at all:
// neither a party without room nor a voided unit leaves one without the other.
func TestALabelsJobIsNotedWithIt(t *testing.T) {
	s, ctx := storetest.New(t), t.Context()
	line := func(from int64) []trace.Line {
		return []trace.Line{{GTIN: "06998801000036", Lot: "L1", From: from, Count: 10}}
	}
	if begun, err := s.BeginVoiding(ctx, "void", line(20)[0]); !begun || err != nil {
		t.Fatal(begun, err)
	}
	for _, c := range []struct {
		id            string
		from          int64
		added, voided bool
	}{{"first", 0, true, false}, {"voided", 20, true, true}, {"second", 10, true, false}, {"beyond", 30, false, false}, {"second", 10, true, false}} {
		j := record.Job{ID: c.id, Kind: "labels", Account: "a", Party: "p", Request: json.RawMessage(`{}`)}
		added, voided, err := s.AddLabelsJob(
			ctx, j, record.JobLimits{Open: 2, Bytes: 10, Days: 7}, line(c.from), record.MadeWithPINs,
		)
		if added != c.added || (voided != nil) != c.voided || err != nil {
			t.Errorf("%s: %v %v %v", c.id, added, voided, err)
		}
		if _, found, err := s.Job(ctx, c.id); found != (c.added && !c.voided) || err != nil {
			t.Errorf("%s: there is the job: %v %v", c.id, found, err)
		}
	}
	if got, err := s.LabelCounts(ctx, "06998801000036", "L1", 40); got != (record.LabelCounts{With: 20, Unmade: 20}) ||
		err != nil {
		t.Errorf("%+v %v", got, err)
	}
}

// What is known of labels' PINs is known unit by unit.
func TestLabelCounts(t *testing.T) {
	s := storetest.New(t)
	for i, c := range []struct {
		how         record.LabelsMade
		from, count int64
		want        record.LabelCounts
	}{
		{record.MadeWithoutPINs, 0, 40, record.LabelCounts{Without: 40, Unmade: 60}},
		{record.MadeWithoutPINs, 10, 5, record.LabelCounts{Without: 40, Unmade: 60}},
		{record.MadeWithPINs, 50, 20, record.LabelCounts{Without: 40, With: 20, Unmade: 40}},
		{record.PINsRead, 60, 20, record.LabelCounts{Without: 40, With: 20, Unclear: 10, Unmade: 30}},
		{record.PINsRead, 30, 5, record.LabelCounts{Without: 35, With: 20, Unclear: 15, Unmade: 30}},
		{record.MadeWithPINs, 35, 10, record.LabelCounts{Without: 30, With: 25, Unclear: 20, Unmade: 25}},
		{record.MadeWithPINs, 90, 1000, record.LabelCounts{Without: 30, With: 35, Unclear: 20, Unmade: 15}}, // as migration 0170 left open ends
	} {
		if _, err := s.LabelsMade(
			t.Context(), []trace.Line{{GTIN: "06998801000036", Lot: "L1", From: c.from, Count: c.count}}, c.how,
		); err != nil {
			t.Fatal(err)
		}
		if got, err := s.LabelCounts(t.Context(), "06998801000036", "L1", 100); got != c.want || err != nil {
			t.Errorf("%d: %+v %v, want %+v", i, got, err, c.want)
		}
	}
	if got, err := s.LabelCounts(t.Context(), "06998801000036", "L2", 7); got != (record.LabelCounts{Unmade: 7}) ||
		err != nil {
		t.Errorf("of another lot: %+v %v", got, err)
	}
}
