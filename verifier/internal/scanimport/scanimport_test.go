package scanimport_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/scanimport"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/watch"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/replay"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

func TestMain(m *testing.M) { os.Exit(verifiertest.Main(m)) }

const heading = "time,gtin,lot,serial,event,city,lat,lon,device\n"

// today is when the tests' logs are imported.
var today = time.Now().UTC().Truncate(time.Second)

// line is a line about a unit, so many minutes before today.
func line(b verifiertest.Batch, index int64, minutes int, event, city, point, device string) string {
	at := today.Add(-time.Duration(minutes) * time.Minute).Format(time.RFC3339)
	return strings.Join([]string{at, b.GTIN, b.Lot, b.Unit(index).Serial, event, city, point, device}, ",") + "\n"
}

type refusals map[int]string

func run(
	t *testing.T, w *verifiertest.World, log scanimport.Log, lines ...string,
) (scanimport.Summary, refusals, error) {
	t.Helper()
	refused := refusals{}
	i := scanimport.Importer{Log: log, Codes: w.Codes, Secret: []byte("secret"), Now: today,
		Refused: func(row int, why *replay.FieldError) { refused[row] = why.Field },
		Written: func(scanimport.Summary) {}}
	s, err := i.Run(context.Background(), strings.NewReader(heading+strings.Join(lines, "")))
	return s, refused, err
}

// imported are the log's entries as the follower takes them, in its order.
func imported(t *testing.T, w *verifiertest.World) (all []watch.Entry) {
	t.Helper()
	for {
		n, err := w.Store.ScoreNext(
			context.Background(), 100, func(work *watch.Work) { all = append(all, work.Entries...) },
		)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return all
		}
	}
}

const day = 24 * 60

// What a log says is in the log of scans, in its order, under the log's rules.
func TestImport(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	lines := []string{
		line(b, 7, 60*day, "scan", "上海", "31.2304,121.4737", "phone 1"),
		line(b, 7, 60*day-29, "scan", "上海", "31.2304,121.4737", "phone 1"), // the same visit
		line(b, 7, 60*day-30, "scan", "上海", "31.2304,121.4737", "phone 1"), // another
		line(b, 7, 50*day, "shipped", "杭州", ",", ""),
		line(b, 8, 40*day, "pin_failed", "", ",", "phone 2"),
		line(b, 8, 40*day, "activate", "", ",", "phone 2"),
		line(b, 7, 2*day, "scan", "北京", ",", ""),
		line(b, 7, 2*day-1, "scan", "北京", ",", ""), // somebody, who is nobody's repetition
		line(b, 7, 1*day, "scan", strings.Repeat("长", 41), "39.9,116.4", "phone 1"),
	}
	want := scanimport.Summary{Rows: 9, Added: 7, Repeated: 1, Custody: 1}
	s, refused, err := run(t, w, w.Store, lines...)
	if err != nil || len(refused) > 0 || s != want {
		t.Fatalf("%+v %v %v", s, refused, err)
	}
	if lag, err := w.Store.Lag(context.Background()); err != nil || lag > time.Minute {
		t.Errorf("they wait for %s, which is not since they were made: %v", lag, err)
	}
	var got []string
	devices := map[string]bool{}
	for _, e := range imported(t, w) {
		got = append(
			got,
			fmt.Sprint(e.Kind, " ", e.Unit.Index, " ", today.Sub(e.At), " ", e.City, e.Point, " ", len(e.Device)),
		)
		devices[string(e.Device)] = true
		if strings.Contains(string(e.Device), "phone") {
			t.Errorf("device %q", e.Device)
		}
	}
	if diff := cmp.Diff([]string{
		"1 7 1440h0m0s 上海{31.2 121.5} 16",
		"1 7 1439h30m0s 上海{31.2 121.5} 16",
		"3 8 960h0m0s {0 0} 16",
		"2 8 960h0m0s {0 0} 16",
		"1 7 48h0m0s 北京{0 0} 0",
		"1 7 47h59m0s 北京{0 0} 0",
		"1 7 24h0m0s {39.9 116.4} 16",
	}, got); diff != "" {
		t.Error(diff)
	}
	if len(devices) < 4 { // two months of one at least, one of the other, and nobody's
		t.Errorf("%d devices", len(devices))
	}
	r, err := w.Store.Records(context.Background(), verdict.Unit{GTIN: b.GTIN, Lot: b.Lot, Index: 7})
	if err != nil || r.Scans.Count != 5 || !r.Scans.First.Equal(today.Add(-60*day*time.Minute)) ||
		!r.Scans.Last.Equal(today.Add(-day*time.Minute)) {
		t.Errorf("%+v %v", r.Scans, err)
	}

	want.Added, want.Known = 0, 7
	if s, _, err := run(t, w, w.Store, lines...); err != nil || s != want || len(imported(t, w)) > 0 {
		t.Errorf("a second time: %+v %v", s, err)
	}
}

// Units that bear serials of their factory are followed as all others, however
// the log has them written.
func TestFactorySerials(t *testing.T) {
	w := verifiertest.New(t)
	b := w.BatchOf(trace.Batch{Lot: "FACTORY"}, []string{"A-1001", "B-2002"}).OnSale()
	of := func(serial string, minutes int) string {
		return strings.Replace(
			line(b, 0, minutes, "scan", "上海", "31.2304,121.4737", "phone 1"),
			","+b.Unit(0).Serial+",",
			","+serial+",",
			1,
		)
	}
	s, refused, err := run(t, w, w.Store, of("A-1001", 9000), of("b2oo2", 8000), of("C-3003", 7000), of("A-1001", 6000))
	if err != nil || s.Added != 3 || len(refused) != 1 || refused[3] != "serial" {
		t.Fatalf("%+v %v %v", s, refused, err)
	}
	if all := imported(t, w); len(all) != 3 || all[0].Unit.Index != 0 || all[1].Unit.Index != 1 ||
		all[2].Unit.Index != 0 {
		t.Errorf("%+v", all)
	}
}

// A line that is wrong is named with its field; the others are taken.
func TestRefused(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1", Quantity: 10}).OnSale()
	other := w.Batch(trace.Batch{Lot: "L2"})
	good := line(b, 7, 2*day, "scan", "", ",", "phone")
	for name, c := range map[string]struct{ line, field string }{
		"in the future":           {line(b, 7, -1, "scan", "", ",", ""), "time"},
		"too long ago":            {line(b, 7, 6*366*day, "scan", "", ",", ""), "time"},
		"out of order":            {line(b, 7, 3*day, "scan", "", ",", ""), "time"},
		"no GTIN":                 {strings.Replace(good, b.GTIN, "", 1), "gtin"},
		"a mistyped GTIN":         {strings.Replace(good, b.GTIN, b.GTIN[:13]+"7", 1), "gtin"},
		"no such batch":           {strings.Replace(good, "L1", "L9", 1), "lot"},
		"a forged code":           {strings.Replace(good, b.Unit(7).Serial, b.Unit(7).Serial[:19]+"*", 1), "serial"},
		"another batch's code":    {strings.Replace(good, b.Unit(7).Serial, other.Unit(7).Serial, 1), "serial"},
		"a unit beyond the batch": {strings.Replace(good, b.Unit(7).Serial, b.Unit(10).Serial, 1), "serial"},
		"a field missing":         {"2026-01-01T00:00:00Z\n", ""},
		"no event":                {strings.Replace(good, "scan", "look", 1), "event"},
	} {
		s, refused, err := run(t, w, w.Store, good, c.line, line(b, 8, 0, "scan", "", ",", ""))
		if diff := cmp.Diff(refusals{2: c.field}, refused); diff != "" || err != nil || s.Added+s.Known != 2 ||
			s.Refused != 1 {
			t.Errorf("%s: %+v %v %s", name, s, err, diff)
		}
	}
}

// dying is a log that stops taking portions, as when the program is killed.
type dying struct {
	scanimport.Log
	left int
}

func (d *dying) Import(ctx context.Context, entries []scanimport.Entry) (int, error) {
	if d.left--; d.left < 0 {
		return 0, errors.New("killed")
	}
	return d.Log.Import(ctx, entries)
}

// An import that was cut off is taken up where it was, in order.
func TestInterrupted(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	var lines []string
	for n := range 1200 {
		event := "scan"
		if n%7 == 0 {
			event = "pin_failed"
		}
		lines = append(lines, line(b, int64(n%100), 2*day-n, event, "上海", ",", fmt.Sprint("phone ", n)))
	}
	if s, _, err := run(t, w, &dying{w.Store, 1}, lines...); err == nil || s.Added != 500 {
		t.Fatalf("%+v %v", s, err)
	}
	if s, _, err := run(t, w, w.Store, lines...); err != nil || s.Added != 700 || s.Known != 500 {
		t.Fatalf("%+v %v", s, err)
	}
	all := imported(t, w)
	for i, e := range all[1:] {
		if e.At.Before(all[i].At) {
			t.Fatalf("entry %d is older than the one before it", i+1)
		}
	}
	var counted, logged int
	if err := w.DB.QueryRow(`select (select sum(count) from scan.unit), (select count(*) from scan.scan)`).
		Scan(&counted, &logged); err != nil || len(all) != 1200 ||
		counted != logged {
		t.Errorf("%d entries, %d scans, %d counted, %v", len(all), logged, counted, err)
	}
}
