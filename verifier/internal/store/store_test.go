package store_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/store"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/program/database/databasetest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

func TestMain(m *testing.M) { os.Exit(verifiertest.Main(m)) }

func unitOf(b verifiertest.Batch, index int64) verdict.Unit {
	return verdict.Unit{GTIN: b.GTIN, Lot: b.Lot, Index: index}
}

func nonce() []byte {
	n := make([]byte, 16)
	_, _ = rand.Read(n)
	return n
}

func scan(u verdict.Unit, device string, at time.Time) verdict.Scan {
	return verdict.Scan{Unit: u, Nonce: nonce(), At: at, Device: []byte(device)}
}

// The records of a unit are what the projector wrote about it.
func TestRecords(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	u := trace.UnitEvent{GTIN: b.GTIN, Lot: b.Lot, Index: 7, Type: trace.Activated, At: b.Day(8)}
	b.Happens(
		trace.Event{Type: trace.EventUnitActivated, At: b.Day(8), By: "platform", Units: []trace.UnitEvent{u}},
		trace.Place{},
	)
	recall := trace.Recall{
		ID:    "RECALL-1",
		GTIN:  b.GTIN,
		Lots:  []string{"L1"},
		Class: trace.ClassI,
		At:    b.Day(9),
		By:    verifiertest.Producer,
	}
	b.Happens(
		trace.Event{Type: trace.EventRecalled, At: b.Day(9), By: verifiertest.Producer, Recall: &recall},
		trace.Place{},
	)

	r, err := w.Store.Records(context.Background(), unitOf(b, 7))
	if err != nil {
		t.Fatal(err)
	}
	if r.Ledger.Height != w.Height() || time.Since(r.Ledger.CheckedAt) > time.Minute || r.Ledger.Halted != "" {
		t.Errorf("ledger: %+v", r.Ledger)
	}
	if diff := cmp.Diff(b.Batch, *r.Batch); diff != "" {
		t.Error("batch:", diff)
	}
	if want := (trace.Place{Holder: verifiertest.Seller, State: trace.Held}); *r.Holding != want {
		t.Errorf("holding: %+v", r.Holding)
	}
	if diff := cmp.Diff([]trace.Recall{recall}, r.Recalls); diff != "" {
		t.Error("recalls:", diff)
	}
	if !r.ActivatedAt.Equal(b.Day(8)) || r.BatchTx != b.Tx || r.Product.Brand != "澄岩" {
		t.Errorf("%+v", r)
	}
	var told []string
	for _, e := range r.Events {
		told = append(told, fmt.Sprintf("%s by %s from %q to %q", e.Type, e.By, e.From, e.To))
	}
	want := []string{
		`batch_registered by chengyan from "" to ""`,
		`dispatched by chengyan from "chengyan" to "nanlu"`, `received by nanlu from "chengyan" to "nanlu"`,
		`dispatched by nanlu from "nanlu" to "heyu"`, `received by heyu from "nanlu" to "heyu"`,
		`unit_activated by platform from "" to ""`, `recalled by chengyan from "" to ""`,
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error("events:", diff)
	}
	for id, role := range map[string]trace.Role{"chengyan": trace.RoleProducer, "nanlu": trace.RoleDistributor, "heyu": trace.RoleSeller} {
		if p := r.Parties[id]; !p.HasRole(role) || p.Name.En == "" {
			t.Errorf("party %s: %+v", id, p)
		}
	}
}

// What happened to other units, or other batches, is no evidence about this one.
func TestRecordsAreTheUnitsOwn(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"})
	w.Batch(trace.Batch{Lot: "L2"}).OnSale()
	w.Exec(
		`insert into ledger.recall values ('R1', $1, null, '{"id":"R1"}', 'tx'), ('R2', $1, now(), '{"id":"R2"}', 'tx')`,
		b.GTIN,
	)
	w.Exec(`insert into ledger.recall_scope values ('R2', $1, 'L1', 0, 100)`, b.GTIN) // closed
	w.Exec(`insert into ledger.recall_scope values ('R1', $1, 'L1', 0, 7)`, b.GTIN)
	w.Exec(`insert into ledger.recall_scope values ('R1', $1, 'L1', 8, 100)`, b.GTIN)
	w.Exec(`insert into ledger.unit_event values ($1, 'L1', 6, 'activated', now(), 'tx')`, b.GTIN)
	w.Exec(`update ledger.holding set stop = 7 where lot = 'L1'`)
	w.Exec(`insert into ledger.holding values ($1, 'L1', 8, 100, 'heyu', 'sold', '', 'tx')`, b.GTIN)

	r, err := w.Store.Records(context.Background(), unitOf(b, 7))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Recalls) > 0 || !r.ActivatedAt.IsZero() || r.Holding != nil || len(r.Events) != 1 || r.Scans.Count != 0 {
		t.Errorf("%+v", r)
	}
}

// A unit that was counted out of a case moved twice in one event: out of the
// case, and to where it is. A recall of what it was made from reaches it.
func TestRecordsOfMadeAndPacked(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"})
	line := trace.Line{GTIN: b.GTIN, Lot: b.Lot, Count: b.Quantity}
	at := trace.Place{Holder: verifiertest.Seller, State: trace.Held, Container: "369988010000000013"}
	b.Happens(trace.Event{Type: trace.EventReceived, At: b.Day(2), By: verifiertest.Seller}, at)
	w.Exec(`update ledger.holding set container = $1`, at.Container)
	w.Exec(
		`update ledger.tx set event = jsonb_set(event, '{moves}', jsonb_build_array($1::jsonb, event #> '{moves,0}')) where event ->> 'type' = 'received'`,
		`{"gtin":"`+line.GTIN+`","lot":"L1","from":0,"count":100,"target":{"holder":"S1","state":"in_transit"}}`,
	)
	recall := trace.Recall{
		ID:      "RECALL-1",
		GTIN:    "06998801000012",
		Lots:    []string{"LEAF"},
		Derived: []trace.Line{line},
		Class:   trace.ClassI,
	}
	b.Happens(
		trace.Event{Type: trace.EventRecalled, At: b.Day(9), By: verifiertest.Producer, Recall: &recall},
		trace.Place{},
	)

	r, err := w.Store.Records(context.Background(), unitOf(b, 7))
	if err != nil {
		t.Fatal(err)
	}
	if *r.Holding != at || *r.Events[1].Target != at {
		t.Errorf("holding %+v after %+v", r.Holding, r.Events[1].Target)
	}
	if len(r.Recalls) != 1 || r.Recalls[0].ID != "RECALL-1" || r.Recalls[0].Derived != nil {
		t.Errorf("recalls %+v", r.Recalls)
	}
}

func TestRecordsOfNothing(t *testing.T) {
	w := verifiertest.New(t)
	r, err := w.Store.Records(context.Background(), verdict.Unit{GTIN: "00000000000000", Lot: "X", Index: 1})
	if err != nil {
		t.Fatal(err)
	}
	if r.Ledger == nil || r.Batch != nil || r.Product != nil || r.Holding != nil || len(r.Events) > 0 {
		t.Errorf("%+v", r)
	}
	if row, err := w.Store.TreeRow(context.Background(), [32]byte{1}); row != nil || err != nil {
		t.Errorf("%v %v", row, err)
	}
}

// The same nonce is the same scan, and a page loaded again on the same phone is no new one.
func TestConfirm(t *testing.T) {
	w := verifiertest.New(t)
	u, other := verdict.Unit{
		GTIN:  verifiertest.GTIN,
		Lot:   "L1",
		Index: 7,
	}, verdict.Unit{
		GTIN:  verifiertest.GTIN,
		Lot:   "L1",
		Index: 8,
	}
	at := time.Now().UTC().Truncate(time.Second).Add(-3 * time.Hour)
	first := scan(u, "phone 1", at)
	elsewhere := scan(u, "phone 2", at.Add(2*time.Minute))
	elsewhere.Place = "杭州"
	for _, step := range []struct {
		what string
		scan verdict.Scan
		want verdict.Scans
	}{
		{"the first", first, verdict.Scans{Count: 1, First: at, Last: at}},
		{"the same nonce", first, verdict.Scans{Count: 1, First: at, Last: at}},
		{"the same phone, soon after", scan(u, "phone 1", at.Add(29*time.Minute)), verdict.Scans{Count: 1, First: at, Last: at}},
		{"another phone", elsewhere, verdict.Scans{Count: 2, First: at, Last: at.Add(2 * time.Minute), LastPlace: "杭州"}},
		{"another unit", scan(other, "phone 1", at), verdict.Scans{Count: 1, First: at, Last: at}},
		{"the first phone, later", scan(u, "phone 1", at.Add(time.Hour)), verdict.Scans{Count: 3, First: at, Last: at.Add(time.Hour)}},
	} {
		got, err := w.Store.Confirm(context.Background(), step.scan)
		if err != nil {
			t.Fatalf("%s: %v", step.what, err)
		}
		if diff := cmp.Diff(step.want, got, cmpopts.EquateApproxTime(0)); diff != "" {
			t.Errorf("%s: %s", step.what, diff)
		}
	}
	r, err := w.Store.Records(context.Background(), u)
	if err != nil || r.Scans.Count != 3 || !r.Scans.First.Equal(at) || r.Scans.LastPlace != "" {
		t.Errorf("records: %+v, %v", r, err)
	}
}

// Two verifiers at once, many units, every nonce sent twice: each scan is
// counted once, and every answer was true when it was given.
func TestConfirmAtOnce(t *testing.T) {
	w := verifiertest.New(t)
	second, err := store.Open(w.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	const units, scans = 5, 200
	var wg sync.WaitGroup
	for i := range scans {
		s := scan(
			verdict.Unit{GTIN: verifiertest.GTIN, Lot: "L1", Index: int64(i % units)},
			fmt.Sprint("phone ", i),
			time.Now(),
		)
		for _, verifier := range []*store.Store{w.Store, second} {
			wg.Go(func() {
				got, err := verifier.Confirm(context.Background(), s)
				if err != nil || got.Count < 1 || got.Count > scans/units {
					t.Errorf("%+v %v", got, err)
				}
			})
		}
	}
	wg.Wait()
	var rows, least, most, sum int
	if err := w.DB.QueryRow(`select (select count(*) from scan.scan), min(count), max(count), sum(count) from scan.unit`).
		Scan(&rows, &least, &most, &sum); err != nil {
		t.Fatal(err)
	}
	if rows != scans || least != scans/units || most != scans/units || sum != scans {
		t.Errorf("%d rows; %d to %d a unit, %d in all", rows, least, most, sum)
	}
}

func TestSeen(t *testing.T) {
	w := verifiertest.New(t)
	u := verdict.Unit{GTIN: verifiertest.GTIN, Lot: "L1", Index: 7}
	s, err := store.Open(w.URL)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		s.Seen(u, time.Now())
	}
	if err := s.Close(); err != nil { // writes what is waiting
		t.Fatal(err)
	}
	var seen, scans int
	if err := w.DB.QueryRow(`select (select sum(count) from scan.seen where unit_index = 7), (select count(*) from scan.scan)`).
		Scan(&seen, &scans); err != nil {
		t.Fatal(err)
	}
	if seen != 3 || scans != 0 {
		t.Errorf("seen %d, scans %d", seen, scans)
	}
}

// Fifty guesses at once get five tries in all, and none for a day.
func TestPINTries(t *testing.T) {
	w := verifiertest.New(t)
	u := verdict.Unit{GTIN: verifiertest.GTIN, Lot: "L1", Index: 7}
	ctx := context.Background()
	device, network := []byte("a phone"), []byte("its network")
	var mu sync.Mutex
	var wg sync.WaitGroup
	allowed := 0
	for range 50 {
		wg.Go(func() {
			_, locked, err := w.Store.TryPIN(ctx, u, device, network)
			if err != nil || locked < 0 || locked > 24*time.Hour || locked > 0 && locked < 23*time.Hour {
				t.Errorf("%s, %v", locked, err)
			}
			mu.Lock()
			defer mu.Unlock()
			if locked == 0 {
				allowed++
			}
		})
	}
	wg.Wait()
	if allowed != 5 {
		t.Errorf("%d tries", allowed)
	}
	w.Exec(`update scan.pin_tries set last_at = last_at - interval '25 hours'`)
	if _, locked, err := w.Store.TryPIN(ctx, u, device, network); locked != 0 || err != nil {
		t.Errorf("a day later: %s, %v", locked, err)
	}
	if err := w.Store.PINRight(ctx, u); err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		left, locked, err := w.Store.TryPIN(ctx, u, device, network)
		if err != nil || (locked > 0) != (i == 5) || left != max(0, 4-i) {
			t.Errorf("try %d after a right PIN: %d left, %s, %v", i+1, left, locked, err)
		}
	}
}

// A stranger's wrong tries hold back neither the owner's phone nor, from
// however many devices of one network, somebody on another.
func TestNobodyIsLockedOut(t *testing.T) {
	w := verifiertest.New(t)
	u := verdict.Unit{GTIN: verifiertest.GTIN, Lot: "L1", Index: 7}
	try := func(device, network string) (locked bool) {
		t.Helper()
		_, wait, err := w.Store.TryPIN(t.Context(), u, []byte(device), []byte(network))
		if err != nil {
			t.Fatal(err)
		}
		return wait > 0
	}
	for range 6 {
		try("stranger", "shop")
	}
	if try("owner", "shop") {
		t.Error("a stranger has locked the owner's phone out")
	}
	taken := 0
	for i := range 100 {
		if !try(fmt.Sprint("made up ", i), "shop") {
			taken++
		}
	}
	if taken != 50-6 {
		t.Errorf("one network had %d tries, want 50 with the six before", taken+6)
	}
	if try("owner", "mobile") {
		t.Error("a network has locked out another")
	}
	if err := w.Store.ForgetTries(t.Context(), time.Now().Add(25*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if try("stranger", "shop") {
		t.Error("tries count for more than a day")
	}
}

// A URL that cannot be used is refused, without its password.
func TestOpenRefuses(t *testing.T) {
	for _, bad := range []string{"", "mysql://u:hunter2@h/d", "postgres://u:hunter2@h/d", "postgres://u:hunter2@h:x/d?sslmode=disable"} {
		_, err := store.Open(bad)
		if err == nil {
			t.Errorf("%q is taken", bad)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// With Postgres gone, or there and not answering, nothing waits past its time,
// and everything works again when it is back.
func TestPostgresAway(t *testing.T) {
	server := databasetest.Own(t)
	w := verifiertest.NewAt(t, server.URL)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	ask := func(what string, wantErr bool) {
		t.Helper()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		begin := time.Now()
		_, err1 := w.Store.Records(ctx, unitOf(b, 7))
		_, err2 := w.Store.Confirm(ctx, scan(unitOf(b, 7), "phone", time.Now()))
		if took := time.Since(begin); took > 1500*time.Millisecond {
			t.Errorf("%s: took %s", what, took)
		}
		if (err1 != nil) != wantErr || (err2 != nil) != wantErr {
			t.Errorf("%s: %v, %v", what, err1, err2)
		}
	}
	ask("running", false)
	server.Pause()
	ask("paused", true)
	ask("paused, asked again", true)
	server.Resume()
	time.Sleep(200 * time.Millisecond) // what was waiting is answered first
	ask("resumed", false)
	server.Kill()
	ask("killed", true)
}

// The quality of a unit is its batch's: the latest inspection, without its
// measurements, and who is behind it and the holds.
func TestQualityRecords(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	q := trace.Quality{
		GTIN:       b.GTIN,
		Lot:        b.Lot,
		Inspection: "I2",
		Accepted:   true,
		Holds:      []trace.Hold{{By: "platform", Reason: trace.Text{ZhCN: "复检", En: "Review"}, At: b.Day(9)}},
	}
	w.Exec(`insert into ledger.quality values ($1, 'L1', $2, 'tx')`, b.GTIN, marshal(t, q))
	for _, id := range []string{"I1", "I2"} {
		i := trace.Inspection{
			ID:       id,
			GTIN:     b.GTIN,
			Lot:      b.Lot,
			Accepted: id == "I2",
			By:       verifiertest.Seller,
			At:       b.Day(8),
			Results:  []trace.TestResult{{Item: "lead", Measurements: []float64{1}}},
		}
		w.Exec(`insert into ledger.inspection values ($1, $2, 'L1', $3, $4, 'tx')`, id, b.GTIN, i.At, marshal(t, i))
	}
	r, err := w.Store.Records(context.Background(), unitOf(b, 7))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&q, r.Quality); diff != "" {
		t.Error(diff)
	}
	if r.Inspection == nil || r.Inspection.ID != "I2" || r.Inspection.Results != nil ||
		r.Parties[verifiertest.Seller].ID == "" {
		t.Errorf("%+v", r.Inspection)
	}
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	data, err := trace.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A station is where whoever moved the unit worked on that day, wherever they
// have moved to since.
func TestPlacesOfTheirDay(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"})
	moves := func(to string) {
		p := trace.Party{
			ID:       verifiertest.Distributor,
			MSP:      "ProducerMSP",
			Identity: verifiertest.Distributor,
			Place:    to,
			Name:     trace.Text{ZhCN: "南麓供应链"},
			Roles:    []trace.Role{trace.RoleDistributor},
			Status:   trace.StatusQualified,
		}
		b.Happens(trace.Event{Type: trace.EventPartyUpdated, At: b.Day(1), By: "platform", Party: &p}, trace.Place{})
	}
	moves("河北石家庄")
	b.ShipTo(verifiertest.Producer, verifiertest.Distributor, 2)
	moves("湖北武汉")
	b.ShipTo(verifiertest.Distributor, verifiertest.Seller, 4)
	moves("四川成都")
	r, err := w.Store.Records(context.Background(), unitOf(b, 7))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range r.Events {
		if e.Target != nil {
			got = append(got, fmt.Sprint(e.Type, " ", e.Place))
		}
	}
	want := []string{"batch_registered ", "dispatched ", "received 河北石家庄", "dispatched 湖北武汉", "received "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
