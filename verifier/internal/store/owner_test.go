package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// How a claimed unit stands, and who asked after it was claimed: not before,
// and not about others.
func TestRecordsOfAnOwnedUnit(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	u := unitOf(b, 7)
	owned := b.Claimed(7, "04ab")
	for i, s := range []struct {
		unit  verdict.Unit
		day   int
		place string
	}{{u, 7, "广州"}, {unitOf(b, 8), 9, "杭州"}, {u, 9, "杭州"}, {u, 9, ""}} {
		sc := scan(s.unit, "phone", b.Day(s.day).Add(time.Duration(i)*time.Hour))
		sc.Place = s.place
		if _, err := w.Store.Confirm(context.Background(), sc); err != nil {
			t.Fatal(err)
		}
	}
	r, err := w.Store.Records(context.Background(), u)
	if err != nil {
		t.Fatal(err)
	}
	if r.Scans.Count != 3 || r.Since.Count != 2 || !r.Since.Last.Equal(b.Day(9).Add(3*time.Hour)) ||
		r.Since.LastPlace != "" {
		t.Errorf("scans %+v, since %+v", r.Scans, r.Since)
	}
	if r.Owned == nil || r.Owned.Owner != "04ab" || !r.ActivatedAt.Equal(owned.At) {
		t.Errorf("owned %+v", r.Owned)
	}
	owned.Acts, owned.StolenAt = 1, b.Day(9)
	b.Acted(trace.EventUnitStolen, trace.ReportedStolen, owned)
	if r, err = w.Store.Records(context.Background(), u); err != nil || !r.Owned.StolenAt.Equal(b.Day(9)) ||
		r.Owned.Acts != 1 {
		t.Errorf("owned %+v, %v", r.Owned, err)
	}
	if r, err = w.Store.Records(context.Background(), unitOf(b, 8)); err != nil || r.Owned != nil ||
		r.Since.Count != 0 {
		t.Errorf("another unit: %+v %+v, %v", r.Owned, r.Since, err)
	}
}
