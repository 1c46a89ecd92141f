package contract

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// TestSlotsAddUp: whatever the quota, the slots hold exactly it.
func TestSlotsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quota := rapid.Int64Range(1, trace.MaxIndex).Draw(t, "quota")
		var sum int64
		for i := range slots {
			sum += slotSize(quota, i)
		}
		var met int64
		order := drawOrder(rapid.String().Draw(t, "tx"), quota, 1)
		for _, i := range order {
			met += slotSize(quota, i)
			if slotSize(quota, i) == 0 {
				t.Errorf("a draw from %d looks at slot %d, which holds nothing", quota, i)
			}
		}
		if slices.Sort(order); met != quota || len(slices.Compact(order)) != len(order) {
			t.Errorf("a draw from %d looks at slots that hold %d: %v", quota, met, order)
		}
		if sum != quota {
			t.Errorf("slots of %d hold %d", quota, sum)
		}
	})
}

// TestQuotaIsExact: batches of any sizes pass up to the quota, not one unit
// more, and one that does not pass takes nothing.
func TestQuotaIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &ledger{now: noon, at: noon, state: map[string][]byte{}}
		quota := rapid.Int64Range(1, 100_000).Draw(t, "quota")
		left := quota
		for range 20 {
			units := rapid.Int64Range(1, quota+1).Draw(t, "units")
			within := draw(t, l, quota, units)
			if within != (units <= left) {
				t.Fatalf("%d of %d left, %d asked: %v", left, quota, units, within)
			}
			if within {
				left -= units
			}
		}
	})
}

// draw draws from a quota and commits.
func draw(t rapid.TB, l *ledger, quota, units int64) bool {
	c := begin(l)
	tx := &transaction{state: newState(c), by: trace.Party{ID: "maker", DailyQuota: quota}, today: trace.DayOf(l.at)}
	within, err := tx.drawQuota(units)
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.flush(); err != nil {
		t.Fatal(err)
	}
	if !within && len(c.Writes) > 0 {
		t.Fatalf("took from %d slots and refused", len(c.Writes))
	}
	c.Commit()
	return within
}

func begin(l *ledger) *call {
	l.txs++
	return l.call(identity{})
}

func TestQuotaIsNewEachDay(t *testing.T) {
	l := &ledger{now: noon, at: time.Date(2026, 10, 2, 15, 59, 0, 0, time.UTC), state: map[string][]byte{}}
	if !draw(t, l, 1000, 1000) || draw(t, l, 1000, 1) {
		t.Fatal("the first day's quota is not 1000")
	}
	kept := len(l.state)
	l.at = l.at.Add(time.Minute) // midnight in China
	if !draw(t, l, 1000, 1000) || draw(t, l, 1000, 1) {
		t.Error("the second day's quota is not 1000")
	}
	l.at = l.at.Add(-time.Minute) // a slow clock
	if draw(t, l, 1000, 1) {
		t.Error("a slow clock opens yesterday's quota again")
	}
	if len(l.state) != kept {
		t.Errorf("%d keys, then %d: the ledger grows by the day", kept, len(l.state))
	}
}

// TestQuotaIsNoHotKey: of 200 single-unit batches that one producer has under
// way at the same moment, nearly all read no slot that another writes.
func TestQuotaIsNoHotKey(t *testing.T) {
	l := newMarket(t)
	l.must(
		platform,
		trace.UpdateParty,
		trace.UpdatePartyRequest{ID: "maker", Name: trace.Text{ZhCN: "厂"}, Prefixes: []string{makerPrefix}},
	)
	written, conflicts := map[string]bool{}, 0
	for n := range 200 {
		request, _ := trace.Marshal(batch(tea, fmt.Sprint("PARALLEL-", n), 1))
		c, _, err := l.invoke(maker, string(trace.RegisterBatch), string(request))
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Writes) != 4 {
			t.Fatalf("writes %d keys; wanted the batch, its holding, its story and one slot", len(c.Writes))
		}
		for k := range c.Reads {
			if written[k] {
				conflicts++
			}
		}
		for k := range c.Writes {
			written[k] = true
		}
	}
	if conflicts > 25 {
		t.Errorf("%d of 200 registrations would be endorsed again", conflicts)
	}
}

// TestBigBatchTouchesFewKeys: half of the default quota in one batch.
func TestBigBatchTouchesFewKeys(t *testing.T) {
	c := begin(&ledger{now: noon, at: noon, state: map[string][]byte{}})
	tx := &transaction{state: newState(c), by: trace.Party{ID: "maker"}, today: "2026-10-02"}
	if within, err := tx.drawQuota(1_000_000); err != nil || !within || len(tx.dirty) > 2*coarseSlots {
		t.Errorf("%v %v: %d keys", within, err, len(tx.dirty))
	}
}

// TestLoweredQuota: what was drawn under a higher quota counts.
func TestLoweredQuota(t *testing.T) {
	l := &ledger{now: noon, at: noon, state: map[string][]byte{}}
	if !draw(t, l, 1000, 1000) {
		t.Fatal("a quota of 1000 does not hold 1000")
	}
	for units := range int64(5) {
		if draw(t, l, 100, units+1) {
			t.Errorf("%d more under a quota of 100", units+1)
		}
	}
}
