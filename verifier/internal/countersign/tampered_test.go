package countersign

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/rules/facts"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

func TestMain(m *testing.M) { os.Exit(verifiertest.Main(m)) }

// tampering is a database that somebody changes behind the ledger's back.
type tampering struct {
	*testing.T
	w      *verifiertest.World
	c      *Countersigner
	l      *ledger
	units  map[string]verdict.Unit // by what was true of them
	truth  map[verdict.Unit]trace.Facts
	forged int // records that would have been genuine, and are not on the ledger
	tried  int
}

// TestTamperedReadModel walks over the columns of every table of the read model
// that a unit's records are read from, as the database itself names them. Whatever
// is changed in one: no unit is genuine that was not, and where the records alone
// would have said so, the alarm sounds.
func TestTamperedReadModel(t *testing.T) {
	w := verifiertest.New(t)
	l := &ledger{}
	x := &tampering{T: t, w: w, l: l, units: story(w), truth: map[verdict.Unit]trace.Facts{}}
	x.c = start(t, l)
	w.DB.SetMaxOpenConns(1) // the session's setting is for every statement
	x.c.settle = time.Millisecond
	for name, u := range x.units {
		e := x.gather(u)
		x.truth[u] = facts.Of(e.Records, u)
		if got := verdict.Judge(e).Verdict; (got == verdict.Genuine) != (name == "good") {
			t.Fatalf("%s: %s", name, got)
		}
	}
	l.known = func(a trace.FactsAsked) trace.Facts {
		return x.truth[verdict.Unit{GTIN: a.GTIN, Lot: a.Lot, Index: a.Index}]
	}
	for _, table := range x.tables() {
		x.walk(table)
	}
	t.Logf("%d changes; %d forged verdicts withheld", x.tried, x.forged)
	if x.tried < 200 || x.forged < 10 {
		t.Errorf("%d changes were made and %d would have deceived: too few to show anything", x.tried, x.forged)
	}
}

// story makes a unit that nothing stands against, and one for each thing that does.
func story(w *verifiertest.World) map[string]verdict.Unit {
	units := map[string]verdict.Unit{}
	sale := func(name string, change func(*trace.Batch)) verifiertest.Batch {
		b := trace.Batch{Lot: strings.ToUpper(name)}
		if change != nil {
			change(&b)
		}
		batch := w.Batch(b).OnSale()
		units[name] = verdict.Unit{GTIN: batch.GTIN, Lot: batch.Lot, Index: 7}
		return batch
	}
	good := sale("good", nil)
	good.Complaint("CASE-GOOD", 7, trace.FoundGenuine)
	inspected := trace.Inspection{
		ID:       "INSPECT-1",
		GTIN:     good.GTIN,
		Lot:      good.Lot,
		Standard: "GB-1",
		Accepted: true,
		By:       verifiertest.Distributor,
		At:       good.Day(1),
	}
	good.Happens(
		trace.Event{
			Type:       trace.EventInspected,
			At:         good.Day(1),
			By:         verifiertest.Distributor,
			Inspection: &inspected,
			Quality: &trace.Quality{
				GTIN:       good.GTIN,
				Lot:        good.Lot,
				Inspection: "INSPECT-1",
				Accepted:   true,
			},
		},
		trace.Place{},
	)
	good.Happens(
		trace.Event{Type: trace.EventUnitUnflagged, At: good.Day(8), By: "platform", Flag: &trace.UnitFlag{
			GTIN:  good.GTIN,
			Lot:   good.Lot,
			Index: 7,
			Rulings: []trace.FlagRuling{
				{Copied: true, By: "platform", At: good.Day(7)},
				{By: "platform", At: good.Day(8)},
			},
		}},
		trace.Place{},
	)
	recalled := sale("recalled", nil)
	recalled.Happens(
		trace.Event{Type: trace.EventRecalled, At: recalled.Day(8), By: verifiertest.Producer, Recall: &trace.Recall{
			ID:   "RECALL-1",
			GTIN: recalled.GTIN,
			Lots: []string{
				recalled.Lot,
			},
			Class: trace.ClassI,
			By:    verifiertest.Producer,
			At:    recalled.Day(8),
		}},
		trace.Place{},
	)
	held := sale("held", nil)
	held.Happens(
		trace.Event{
			Type: trace.EventHeld,
			At:   held.Day(8),
			By:   verifiertest.Producer,
			Quality: &trace.Quality{GTIN: held.GTIN, Lot: held.Lot,
				Holds: []trace.Hold{{By: verifiertest.Producer, At: held.Day(8)}}},
		},
		trace.Place{},
	)
	stolen := sale("stolen", nil)
	stolen.Happens(trace.Event{Type: trace.EventDecommissioned, At: stolen.Day(8), By: verifiertest.Seller},
		trace.Place{Holder: verifiertest.Seller, State: trace.Removed, Reason: trace.ReasonStolen})
	copied := sale("copied", nil)
	copied.Happens(
		trace.Event{
			Type: trace.EventUnitFlagged,
			At:   copied.Day(8),
			By:   "platform",
			Flag: &trace.UnitFlag{GTIN: copied.GTIN, Lot: copied.Lot, Index: 7,
				Rulings: []trace.FlagRuling{{Copied: true, By: "platform", At: copied.Day(8)}}},
		},
		trace.Place{},
	)
	sale("fake", nil).Complaint("CASE-FAKE", 7, trace.CounterfeitConfirmed)
	sale("besidefake", nil).Complaint("CASE-BESIDE", 8, trace.CounterfeitConfirmed)
	sale("claimed", nil).Claimed(7, "")
	sale("expired", func(b *trace.Batch) { b.ExpiresOn = trace.DayOf(time.Now().Add(-48 * time.Hour)) })
	atHome := w.Batch(trace.Batch{Lot: "ATHOME"})
	units["not shipped"] = verdict.Unit{GTIN: atHome.GTIN, Lot: atHome.Lot, Index: 7}
	sale("waits", func(b *trace.Batch) { b.Status = trace.BatchAwaitingApproval })
	return units
}

func (x *tampering) gather(u verdict.Unit) verdict.Evidence {
	r, err := x.w.Store.Records(context.Background(), u)
	if err != nil {
		x.Fatal(err)
	}
	return verdict.Evidence{Now: time.Now(), Code: verdict.CodeIssued, Unit: u, Epoch: x.w.Codes.Current(), Records: r,
		MaxAge: time.Hour, Membership: verdict.MembershipProved}
}

// tables are the read model's that the records of a unit are read from.
func (x *tampering) tables() []string {
	query, err := os.ReadFile("../store/records.sql")
	if err != nil {
		x.Fatal(err)
	}
	found := regexp.MustCompile(`ledger\.[a-z_]+`).FindAllString(string(query), -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// columns gives each column that can be written, with its type.
func (x *tampering) columns(table string) map[string]string {
	all := map[string]string{}
	for _, row := range x.texts(`select column_name || ' ' || udt_name from information_schema.columns
		where table_schema || '.' || table_name = $1 and is_generated = 'NEVER' and is_identity = 'NO' order by 1`, table) {
		column, kind, _ := strings.Cut(row, " ")
		all[column] = kind
	}
	if len(all) == 0 {
		x.Fatalf("%s has no columns", table)
	}
	return all
}

func (x *tampering) texts(query string, args ...any) (all []string) {
	rows, err := x.w.DB.Query(query, args...)
	if err != nil {
		x.Fatalf("%v: %s", err, query)
	}
	defer rows.Close()
	for rows.Next() {
		var text sql.NullString
		if err := rows.Scan(&text); err != nil {
			x.Fatal(err)
		}
		all = append(all, text.String)
	}
	return all
}

// changes are statements that change one column: to nothing, to something else, and
// to what stands there in other rows.
func (x *tampering) changes(table, column, kind string) []string {
	set := func(value string) string { return fmt.Sprintf(`update %s set "%s" = %s`, table, column, value) }
	all := []string{set("null")}
	others := func(expression string, cast string) {
		for _, v := range x.texts(fmt.Sprintf(`select distinct (%s)::text from %s where %s is not null limit 3`, expression, table, expression)) {
			all = append(all, set(strings.ReplaceAll(cast, "?", "'"+strings.ReplaceAll(v, "'", "''")+"'")))
		}
	}
	name := `"` + column + `"`
	switch kind {
	case "text":
		all = append(all, set(name+" || 'X'"), set("''"))
		others(name, "?")
	case "int8", "int4":
		all = append(all, set(name+" + 1"), set(name+" + 50"), set("0"))
	case "timestamptz":
		all = append(all, set(name+" + interval '40 days'"), set(name+" - interval '40 days'"))
	case "bool":
		all = append(all, set("not "+name))
	case "bytea":
		all = append(all, set(`'\x00'`))
	case "_text":
		all = append(all, set("'{}'"))
	case "jsonb":
		for _, k := range x.texts(fmt.Sprintf(`select distinct k from %s, jsonb_object_keys(%s) k where jsonb_typeof(%s) = 'object'`, table, name, name)) {
			all = append(all, set(fmt.Sprintf(`%s - '%s'`, name, k)))
			others(fmt.Sprintf(`%s -> '%s'`, name, k), fmt.Sprintf(`jsonb_set(%s, '{%s}', ?)`, name, k))
		}
		others(name, "?")
	default:
		x.Fatalf("%s.%s is of the type %s, which this test does not know how to change", table, column, kind)
	}
	return all
}

// walk makes every change of a table, one after the other, and puts it back each time.
func (x *tampering) walk(table string) {
	columns := x.columns(table)
	names := `"` + strings.Join(slices.Sorted(maps.Keys(columns)), `","`) + `"`
	kept := strings.ReplaceAll(table, ".", "_kept_")
	x.w.Exec(`create table ` + kept + ` as select ` + names + ` from ` + table)
	changes := []string{"delete from " + table}
	for _, column := range slices.Sorted(maps.Keys(columns)) {
		changes = append(changes, x.changes(table, column, columns[column])...)
	}
	for _, change := range changes {
		if _, err := x.w.DB.Exec(`set session_replication_role = replica; ` + change); err != nil {
			continue // the database itself refuses it
		}
		x.tried++
		for name, u := range x.units {
			x.look(name, u, change)
		}
		x.w.Exec(fmt.Sprintf(`delete from %s; insert into %s (%s) select %s from %s`, table, table, names, names, kept))
	}
}

func (x *tampering) look(name string, u verdict.Unit, change string) {
	r, err := x.w.Store.Records(context.Background(), u)
	if err != nil {
		return // nothing can be read, nothing is said
	}
	e := verdict.Evidence{Now: time.Now(), Code: verdict.CodeIssued, Unit: u, Epoch: x.w.Codes.Current(), Records: r,
		MaxAge: time.Hour, Membership: verdict.MembershipProved}
	before, alone := x.l.alarms(), verdict.Judge(e).Verdict
	a := x.c.Vouch(context.Background(), e, func() verdict.Evidence { return e })
	alarm := x.l.alarms() > before
	switch same := alone == verdict.Genuine && sameFacts(facts.Of(r, u), x.truth[u]); {
	case a.Verdict == verdict.Genuine && name != "good":
		x.Errorf("%s: genuine, after %s", name, change)
	case a.Verdict == verdict.Genuine && !same:
		x.Errorf("genuine with other facts, after %s", change)
	case alone == verdict.Genuine && (name != "good" || !same) && !alarm:
		x.Errorf("%s: no alarm, after %s", name, change)
	case alone == verdict.Genuine && name != "good":
		x.forged++
	}
}

func sameFacts(a, b trace.Facts) bool {
	one, err1 := trace.Marshal(a)
	other, err2 := trace.Marshal(b)
	return err1 == nil && err2 == nil && string(one) == string(other)
}
