package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/store"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/watch"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// towns are far apart.
var towns = []struct {
	name  string
	point verdict.Point
}{
	{
		"上海",
		verdict.Point{Lat: 31.2, Lon: 121.5},
	},
	{"北京", verdict.Point{Lat: 39.9, Lon: 116.4}},
	{"成都", verdict.Point{Lat: 30.6, Lon: 104.1}},
	{
		"乌鲁木齐",
		verdict.Point{Lat: 43.8, Lon: 87.6},
	},
	{"昆明", verdict.Point{Lat: 24.9, Lon: 102.8}},
	{"哈尔滨", verdict.Point{Lat: 45.8, Lon: 126.5}},
	{"西安", verdict.Point{Lat: 34.3, Lon: 108.9}},
	{"广州", verdict.Point{Lat: 23.1, Lon: 113.3}},
}

// from is a scan of a unit in a town, so many days ago.
func from(u verdict.Unit, town int, device string, days float64) verdict.Scan {
	s := scan(u, device, time.Now().Add(-time.Duration(days*24*float64(time.Hour))))
	s.Place, s.Point = towns[town%len(towns)].name, towns[town%len(towns)].point
	return s
}

// failing is what a test and a property's check have in common.
type failing interface {
	Helper()
	Fatal(...any)
}

func record(t failing, s *store.Store, scans ...verdict.Scan) {
	t.Helper()
	for _, x := range scans {
		if _, err := s.Confirm(context.Background(), x); err != nil {
			t.Fatal(err)
		}
	}
}

// copied is a unit's scans in n towns, days apart, as copies are found.
func copied(u verdict.Unit, n int) (all []verdict.Scan) {
	for i := range n {
		all = append(all, from(u, i, fmt.Sprint("victim", u.Index, i), float64(6*(n-i))))
	}
	return all
}

// before moves scans days into the past, to other devices.
func before(days int, scans []verdict.Scan) []verdict.Scan {
	for i := range scans {
		scans[i].At = scans[i].At.AddDate(0, 0, -days)
		scans[i].Device = fmt.Append(scans[i].Device, days)
	}
	return scans
}

// score takes all there is, most entries at a time.
func score(t failing, s *store.Store, most int) (n int) {
	t.Helper()
	for {
		k, err := s.ScoreNext(context.Background(), most, (*watch.Work).Score)
		if err != nil {
			t.Fatal(err)
		}
		if n += k; k == 0 {
			return n
		}
	}
}

// pattern is what the records say of a unit.
func pattern(t failing, s *store.Store, u verdict.Unit) verdict.Pattern {
	t.Helper()
	r, err := s.Records(context.Background(), u)
	if err != nil {
		t.Fatal(err)
	}
	return r.Pattern
}

func codes(p verdict.Pattern) (all []verdict.Reason) {
	for _, r := range p.Reasons {
		all = append(all, r.Code)
	}
	return all
}

// states are all that was kept of a generation, by what they are about.
func states(t failing, w *verifiertest.World) map[string]string {
	t.Helper()
	rows, err := w.DB.Query(`
		with g as (select max(id) as id from scan.generation)
		select concat('unit ', lot, ' ', unit_index), concat(state, since, since_seq, ' ', seq, ' ', scanned_at, settled) from scan.unit_risk, g where generation = id
		union all select concat('batch ', gtin, lot), state::text from scan.batch_usual, g where generation = id
		union all select concat('device ', device), state::text from scan.device_habit, g where generation = id
		union all select concat('alert ', lot, unit_index), concat(seq, ' ', risk, code, reasons) from scan.alert`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			t.Fatal(err)
		}
		all[key] = value
	}
	return all
}

func alerts(t testing.TB, w *verifiertest.World) (all []string) {
	t.Helper()
	rows, err := w.DB.Query(`select lot || ' ' || unit_index || ' ' || code from scan.alert order by lot, unit_index`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// A unit asked about in town after town is found; one that one person asks
// about a thousand times is not, and nor is its neighbour.
func TestClonesAreFound(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	clone, fan := unitOf(b, 7), unitOf(b, 8)
	record(t, w.Store, copied(clone, 6)...)
	var many []verdict.Scan
	for i := range 1000 {
		many = append(many, from(fan, 0, "one person", float64(1000-i)/10))
	}
	record(t, w.Store, many...)
	if p := pattern(t, w.Store, clone); p.UnscoredSince.IsZero() || p.Reasons != nil {
		t.Errorf("before it is scored: %+v", p)
	}
	score(t, w.Store, 500)
	p := pattern(t, w.Store, clone)
	if diff := cmp.Diff(
		[]verdict.PatternReason{{Code: verdict.CloneLikely, Count: 6, Cities: 6, Days: 31}}, p.Reasons,
	); diff != "" ||
		!p.UnscoredSince.IsZero() {
		t.Error(diff, p)
	}
	for _, u := range []verdict.Unit{fan, unitOf(b, 9)} {
		if p := pattern(t, w.Store, u); p.Reasons != nil || !p.UnscoredSince.IsZero() {
			t.Errorf("unit %d: %+v", u.Index, p)
		}
	}
	if got := alerts(t, w); len(got) != 1 || got[0] != "L1 7 CLONE_LIKELY" {
		t.Errorf("alerts %q", got)
	}
	if n, err := w.Store.ScoreNext(context.Background(), 500, nil); n != 0 || err != nil {
		t.Errorf("with nothing to do: %d %v", n, err)
	}
	if lag, err := w.Store.Lag(context.Background()); lag != 0 || err != nil {
		t.Errorf("lag %s %v", lag, err)
	}
	record(t, w.Store, from(clone, 0, "late", 0.01))
	if lag, err := w.Store.Lag(context.Background()); lag < 10*time.Minute || lag > 20*time.Minute || err != nil {
		t.Errorf("lag %s %v", lag, err)
	}
}

// Wrong PINs from several devices count, its owner's own mistakes do not; sale
// and shipment come from the ledger.
func TestWhatElseCounts(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	b.Happens(
		trace.Event{Type: trace.EventSold, At: b.Day(6), By: verifiertest.Seller},
		trace.Place{Holder: verifiertest.Seller, State: trace.Sold},
	)
	enter := func(u verdict.Unit, device string, accepted bool) {
		err := w.Store.PINEntered(
			context.Background(),
			verdict.PINEntry{Unit: u, At: time.Now(), Device: []byte(device), Place: "上海", Accepted: accepted},
		)
		if err != nil {
			t.Fatal(err)
		}
	}
	enter(unitOf(b, 7), "owner", false)
	enter(unitOf(b, 7), "owner", true)
	enter(unitOf(b, 8), "guesser", false)
	score(t, w.Store, 10)
	for index, want := range map[int64]string{7: "1 true 1 t", 8: "1 false 1 t"} {
		var got string
		err := w.DB.QueryRow(`select concat_ws(' ', v ->> 'PINFailed', v ->> 'Activated', jsonb_array_length(state #> '{unit,Visitors}'),
			(state #>> '{unit,SoldAt}')::bigint > (state #>> '{unit,ShippedAt}')::bigint)
			from scan.unit_risk, jsonb_path_query(state, '$.unit.Visitors[*]') v where unit_index = $1`, index).
			Scan(&got)
		if err != nil || got != want {
			t.Errorf("unit %d: %q %v", index, got, err)
		}
	}
}

// A sale that was undone and a shipment that was taken back have not happened:
// the next scan of a unit forgets them, and of its neighbour's lot nothing.
func TestCorrectionsCount(t *testing.T) {
	w := verifiertest.New(t)
	sold := trace.Place{Holder: verifiertest.Seller, State: trace.Sold}
	undone, kept := w.Batch(trace.Batch{Lot: "L1"}).OnSale(), w.Batch(trace.Batch{Lot: "L2"}).OnSale()
	sale := undone.Happens(trace.Event{Type: trace.EventSold, At: undone.Day(6), By: verifiertest.Seller}, sold)
	kept.Happens(trace.Event{Type: trace.EventSold, At: kept.Day(6), By: verifiertest.Seller}, sold)
	taken := w.Batch(trace.Batch{Lot: "L3"})
	shipment := taken.Send(verifiertest.Producer, verifiertest.Distributor, 2)
	look := func(device string, ago float64) map[string]string {
		t.Helper()
		for _, b := range []verifiertest.Batch{undone, kept, taken} {
			record(t, w.Store, from(unitOf(b, 7), 0, device, ago))
		}
		score(t, w.Store, 10)
		all := map[string]string{}
		for _, b := range []verifiertest.Batch{undone, kept, taken} {
			var got string
			if err := w.DB.QueryRow(`select concat((state #>> '{unit,ShippedAt}')::bigint > 0, ' ', coalesce((state #>> '{unit,SoldAt}')::bigint, 0) > 0)
				from scan.unit_risk where lot = $1 and unit_index = 7`, b.Lot).
				Scan(&got); err != nil {
				t.Fatal(err)
			}
			all[b.Lot] = got
		}
		return all
	}
	if diff := cmp.Diff(map[string]string{"L1": "t t", "L2": "t t", "L3": "t f"}, look("somebody", 2)); diff != "" {
		t.Fatal(diff)
	}
	undone.Happens(trace.Event{
		Type: trace.EventUndone,
		At:   undone.Day(7),
		By:   verifiertest.Seller,
		Undoes: &trace.Booking{
			TxID: sale,
			Type: trace.EventSold,
			By:   verifiertest.Seller,
			At:   undone.Day(6),
		},
	}, trace.Place{Holder: verifiertest.Seller, State: trace.Held})
	shipment.CancelledAt = taken.Day(3)
	taken.Happens(
		trace.Event{
			Type:     trace.EventShipmentCancelled,
			At:       taken.Day(3),
			By:       verifiertest.Producer,
			Shipment: &shipment,
		},
		trace.Place{Holder: verifiertest.Producer, State: trace.Held},
	)
	if diff := cmp.Diff(
		map[string]string{"L1": "t f", "L2": "t t", "L3": "f f"}, look("somebody else", 1),
	); diff != "" {
		t.Error(diff)
	}
}

// A dismissal explains what came before it; only new scans that speak for
// themselves undo it, and an analyst who reopens it gets everything back.
func TestDismissed(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	u := unitOf(b, 7)
	decide := func(outcome string) {
		w.Exec(
			`insert into app.alert_decision (alert_id, outcome, seq, note, ref) select id, $1, seq, '', gen_random_uuid()::text from scan.alert`,
			outcome,
		)
	}
	record(t, w.Store, before(200, copied(u, 6))...)
	score(t, w.Store, 2)
	decide("dismissed")
	w.Exec(`delete from app.untold`)
	if got := codes(pattern(t, w.Store, u)); got != nil {
		t.Errorf("dismissed, and still %v", got)
	}
	record(t, w.Store, from(u, 3, "a next owner", 160), from(u, 3, "a next owner", 159))
	score(t, w.Store, 2)
	if got := codes(pattern(t, w.Store, u)); got != nil {
		t.Errorf("one more owner reopens it: %v", got)
	}
	decide("reopened")
	if got := codes(pattern(t, w.Store, u)); len(got) != 1 {
		t.Errorf("reopened, and says %v", got)
	}
	decide("dismissed")
	record(t, w.Store, before(60, copied(u, 6))...)
	score(t, w.Store, 3)
	if got := codes(pattern(t, w.Store, u)); len(got) != 1 {
		t.Errorf("new copies leave it dismissed: %v", got)
	}
	var last string
	if err := w.DB.QueryRow(`select d.outcome || ' ' || (d.account is null) || ' ' || exists (select from app.untold u where u.subject = a.id) from app.alert_decision d
		join scan.alert a on a.id = d.alert_id order by number desc limit 1`).
		Scan(&last); err != nil ||
		last != "reopened true true" {
		t.Errorf("the last decision is %q %v", last, err)
	}
	if got := alerts(t, w); len(got) != 1 {
		t.Errorf("alerts %q", got)
	}
}

// Several verifiers on one database take turns, and however many there are and
// whenever one dies, every entry counts once.
func TestFollowersTakeTurns(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	var scans []verdict.Scan
	for i := range 300 {
		scans = append(scans, from(unitOf(b, int64(i%20)), i, fmt.Sprint("device", i%37), float64(300-i)/10))
	}
	record(t, w.Store, scans...)
	other, err := store.Open(w.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	killed := func(*watch.Work) { panic("killed before the commit") }
	var wg sync.WaitGroup
	for i, s := range []*store.Store{w.Store, other, w.Store, other} {
		wg.Go(func() {
			for {
				n, err := tryScore(s, 7, killed, i == 3)
				var left bool
				if qerr := w.DB.QueryRow(`select next_seq < 300 from scan.generation`).
					Scan(&left); qerr == nil &&
					!left {
					return
				}
				if err != nil || n == 0 {
					time.Sleep(time.Millisecond)
				}
			}
		})
	}
	wg.Wait()
	var counted int
	if err := w.DB.QueryRow(`select sum((state #>> '{unit,Scans}')::int) from scan.unit_risk`).
		Scan(&counted); err != nil ||
		counted != 300 {
		t.Errorf("%d scans are counted, of 300: %v", counted, err)
	}
	incremental := states(t, w)
	if err := w.Store.Rescore(context.Background()); err != nil {
		t.Fatal(err)
	}
	score(t, w.Store, 500)
	if diff := cmp.Diff(incremental, states(t, w)); diff != "" {
		t.Error(diff)
	}
}

func tryScore(s *store.Store, most int, killed func(*watch.Work), dies bool) (n int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	work := (*watch.Work).Score
	if dies {
		work = killed
	}
	return s.ScoreNext(context.Background(), most, work)
}

// However the log is cut into stretches, and whatever analysts dismiss on the
// way, scoring it anew leads to the same states and alerts.
func TestRebuildIsTheSame(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	story := rapid.Custom(func(t *rapid.T) [][]verdict.Scan {
		at := 900.0
		one := rapid.Custom(func(t *rapid.T) verdict.Scan {
			at -= rapid.Float64Range(0, 5).Draw(t, "gap")
			u := unitOf(b, rapid.Int64Range(0, 3).Draw(t, "unit"))
			return from(
				u,
				rapid.IntRange(0, 7).Draw(t, "town"),
				fmt.Sprint("device", rapid.IntRange(0, 60).Draw(t, "device"), " of month ", int(at/30)),
				at,
			)
		})
		return rapid.SliceOfN(rapid.SliceOfN(one, 1, 40), 1, 4).Draw(t, "rounds")
	})
	for seed := range 20 {
		w.Exec(
			`truncate scan.scan, scan.unit, scan.unit_risk, scan.batch_usual, scan.device_habit, scan.generation, app.log_entry, scan.alert, app.alert_decision`,
		)
		for i, round := range story.Example(seed) {
			put(w, round)
			score(t, w.Store, 1+(7*seed+i)%23)
			w.Exec(
				`insert into app.alert_decision (alert_id, outcome, seq, note, ref) select id, 'dismissed', seq, '', gen_random_uuid()::text from scan.alert a
				where $1 and coalesce((select outcome from app.alert_decision d where d.alert_id = a.id order by number desc limit 1), '') <> 'dismissed'`,
				seed%2 == 0,
			)
		}
		incremental := states(t, w)
		if err := w.Store.Rescore(context.Background()); err != nil {
			t.Fatal(err)
		}
		score(t, w.Store, 1+seed%9*10)
		if diff := cmp.Diff(incremental, states(t, w)); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

// put writes scans at once, without the writer that makes one of two visits.
func put(w *verifiertest.World, scans []verdict.Scan) {
	for _, s := range scans {
		w.Exec(
			`insert into scan.scan (nonce, gtin, lot, unit_index, at, device, place, lat, lon) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			s.Nonce,
			s.Unit.GTIN,
			s.Unit.Lot,
			s.Unit.Index,
			s.At,
			s.Device,
			s.Place,
			s.Point.Lat,
			s.Point.Lon,
		)
	}
}

// While states are built anew, those before are read; then they are removed.
// States of an older version are built anew by themselves, those of a newer
// one are left alone.
func TestGenerations(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	u := unitOf(b, 7)
	record(t, w.Store, copied(u, 6)...)
	score(t, w.Store, 500)
	w.Exec(`update scan.generation set version = version - 1`)
	for range 5 { // of 6 entries
		if n, err := w.Store.ScoreNext(context.Background(), 1, (*watch.Work).Score); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if p := pattern(t, w.Store, u); len(p.Reasons) != 1 || p.Reasons[0].Count != 6 {
			t.Errorf("while it is built anew: %+v", p)
		}
	}
	score(t, w.Store, 1)
	score(t, w.Store, 1)
	var generations, units int
	if err := w.DB.QueryRow(`select (select count(*) from scan.generation), (select count(*) from scan.unit_risk)`).
		Scan(&generations, &units); err != nil || generations != 1 ||
		units != 1 {
		t.Errorf("%d generations, %d units, %v", generations, units, err)
	}
	w.Exec(`update scan.generation set version = version + 1`)
	record(t, w.Store, from(u, 0, "x", 0))
	if n, err := w.Store.ScoreNext(context.Background(), 9, nil); n != 0 || err != nil {
		t.Errorf("an older verifier takes %d %v", n, err)
	}
}
