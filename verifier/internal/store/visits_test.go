package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/store"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

var unit7 = verdict.Unit{GTIN: verifiertest.GTIN, Lot: "L1", Index: 7}

func confirm(t *testing.T, s *store.Store, v verdict.Scan) int64 {
	t.Helper()
	got, err := s.Confirm(context.Background(), v)
	if err != nil {
		t.Fatal(err)
	}
	return got.Count
}

// The page open in two tabs, whose confirmations reach two verifiers at once,
// is one visit: each has a nonce of its own, the phone is the same.
func TestOneVisitAtTwoVerifiers(t *testing.T) {
	w := verifiertest.New(t)
	second, err := store.Open(w.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	const phones = 40
	var wg sync.WaitGroup
	for i := range phones {
		for _, verifier := range []*store.Store{w.Store, second, w.Store, second} {
			wg.Go(func() {
				if _, err := verifier.Confirm(
					context.Background(), scan(unit7, fmt.Sprint("phone ", i), time.Now()),
				); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	if r, err := w.Store.Records(context.Background(), unit7); err != nil || r.Scans.Count != phones {
		t.Errorf("%+v, %v", r.Scans, err)
	}
}

// A visit that begins in one month and goes on in the next is one visit, though
// the phone's name changes in between.
func TestVisitAcrossMonths(t *testing.T) {
	w := verifiertest.New(t)
	midnight := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	named := func(month string, at time.Time, before string) verdict.Scan {
		s := scan(unit7, "phone "+month, at)
		s.Network = []byte("network " + month)
		if before != "" {
			s.Before = verdict.Visitor{Network: []byte("network " + before), Device: []byte("phone " + before)}
		}
		return s
	}
	for _, step := range []struct {
		what string
		scan verdict.Scan
		want int64
	}{
		{"before midnight", named("October", midnight.Add(-time.Minute), ""), 1},
		{"after midnight", named("November", midnight.Add(time.Minute), "October"), 1},
		{"a later visit", named("November", midnight.Add(29*time.Minute+30*time.Second), "October"), 2},
		{"and again", named("November", midnight.Add(31*time.Minute), ""), 2},
	} {
		if got := confirm(t, w.Store, step.scan); got != step.want {
			t.Errorf("%s: %d, want %d", step.what, got, step.want)
		}
	}
}

// Somebody who makes up a thousand phones in one network counts as a family
// does, however many verifiers he asks at once, and keeps nobody else from being
// counted.
func TestOneNetworkIsNoCrowd(t *testing.T) {
	w := verifiertest.New(t)
	now := time.Now()
	from := func(network string, phone int, at time.Time) verdict.Scan {
		s := scan(unit7, fmt.Sprint("phone ", phone), at)
		s.Network = []byte(network)
		return s
	}
	verifiers := []*store.Store{w.Store}
	for range 3 {
		another, err := store.Open(w.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer another.Close()
		verifiers = append(verifiers, another)
	}
	var wg sync.WaitGroup
	for i := range 1000 {
		wg.Go(func() {
			if _, err := verifiers[i%4].Confirm(context.Background(), from("one", i, now)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for i, step := range []struct {
		scan verdict.Scan
		want int64
	}{
		{from("one", 2000, now.Add(time.Minute)), verdict.NetworkDevices},
		{from("another", 1, now.Add(time.Minute)), verdict.NetworkDevices + 1},
		{from("one", 3000, now.Add(25*time.Hour)), verdict.NetworkDevices + 2},
	} {
		if got := confirm(t, w.Store, step.scan); got != step.want {
			t.Errorf("step %d: %d, want %d", i, got, step.want)
		}
	}
}

// What a visit was is forgotten after a day; the scan stays.
func TestVisitsAreForgotten(t *testing.T) {
	w := verifiertest.New(t)
	now := time.Now()
	confirm(t, w.Store, scan(unit7, "yesterday's", now.Add(-verdict.VisitRemembered-time.Minute)))
	confirm(t, w.Store, scan(unit7, "today's", now.Add(-time.Hour)))
	if err := w.Store.ForgetVisits(context.Background(), now); err != nil {
		t.Fatal(err)
	}
	var visits string
	var scans int
	err := w.DB.QueryRow(`select (select string_agg(convert_from(device, 'UTF8'), ',') from scan.visit), (select count(*) from scan.scan)`).
		Scan(&visits, &scans)
	if err != nil || visits != "today's" || scans != 2 {
		t.Errorf("visits of %q, %d scans, %v", visits, scans, err)
	}
}

// Whatever readers do to their connections, scans have theirs.
func TestReadersDoNotKeepScansOut(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"})
	ctx, cancel := context.WithCancel(context.Background())
	w.Exec(`create function ledger.slow() returns text language sql volatile as $$ select pg_sleep(1)::text $$`)
	w.Exec(`alter table ledger.product rename to product_table`)
	w.Exec(
		`create view ledger.product as select gtin, doc || jsonb_build_object('x', ledger.slow()) as doc from ledger.product_table`,
	)
	var wg sync.WaitGroup
	for range 60 { // more than there are connections
		wg.Go(func() { _, _ = w.Store.Records(ctx, unitOf(b, 1)) })
	}
	time.Sleep(200 * time.Millisecond)
	begin := time.Now()
	if got := confirm(t, w.Store, scan(unit7, "phone", begin)); got != 1 || time.Since(begin) > 900*time.Millisecond {
		t.Errorf("%d scans after %s", got, time.Since(begin))
	}
	cancel()
	wg.Wait()
}
