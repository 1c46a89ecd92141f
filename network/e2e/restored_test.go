package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A database is restored from an old backup while everything runs. restore-check
// makes again what follows from the ledger and the keys, and names what does not;
// no number of a log is given twice, so that no honest scan is called changed.
func TestADatabaseRestoredFromABackup(t *testing.T) {
	tools := postgresTools(t)
	old := newBatch(t, "OLD", 20)
	deliver(t, "producer", "seller", line(old, "OLD", 0, 20))
	before := scanEach(t, old, "OLD", 0)
	touchstone.anchored(t)
	backup := filepath.Join(t.TempDir(), "backup")
	tools.run(t, "pg_dump", "-Fc", "-f", backup, touchstone.env["TOUCHSTONE_DATABASE_URL"])

	young := newBatch(t, "YOUNG", 20)
	deliver(t, "producer", "seller", line(young, "YOUNG", 0, 20))
	party := fmt.Sprint("late-", young)
	platform := touchstone.as("platform")
	platform.must(
		t,
		http.StatusCreated,
		"/api/v1/parties",
		object{"id": party, "name": object{"zh-CN": "备份之后"}, "roles": []string{"distributor"}},
	)
	lost := scanEach(t, old, "OLD", 6)
	touchstone.anchored(t)

	touchstone.restore(t, tools, backup)
	if !eventually(time.Minute, touchstone.ready) {
		t.Fatal("not ready a minute after the restoration")
	}
	out, err := touchstone.operator("restore-check").CombinedOutput()
	t.Logf("restore-check: %v\n%s", err, out)
	if err == nil {
		t.Error("restore-check says that nothing is lost")
	}
	for _, words := range []string{"made again: the certificate of " + party, "of the log of scans: only the anchors of them are on the ledger"} {
		if !strings.Contains(string(out), words) {
			t.Errorf("restore-check does not say %q", words)
		}
	}
	if label := units(t, young, "YOUNG", 0, 1)[0].uri; verdict(t, label)["verdict"] != "genuine" {
		t.Errorf("a unit registered after the backup: %v", verdict(t, label))
	}
	var without int
	if err := touchstone.database(t).QueryRow(`select count(*) from ledger.batch b where not exists
		(select from app.unit_tree t where t.units_root = decode(b.doc ->> 'unitsRoot', 'hex'))`).Scan(&without); err != nil || without > 0 {
		t.Errorf("%d batches are without a tree, %v", without, err)
	}
	after := scanEach(t, old, "OLD", 12)
	touchstone.anchored(t)
	wantLogEntries(t, append(before, after...), len(lost))
	touchstone.wantReadModelEqualToRebuild(t)
}

// scanEach has each shopper scan a unit of his own, from a place in the lot on.
func scanEach(t *testing.T, gtin, lot string, from int) (labels []unit) {
	t.Helper()
	labels = units(t, gtin, lot, from, len(somewhere))
	for i, u := range labels {
		if !somewhere[i].scan(u.uri) {
			t.Fatalf("scan of unit %d not acknowledged", u.index)
		}
	}
	return labels
}

// anchored waits until every scan is anchored.
func (s *system) anchored(t *testing.T) {
	t.Helper()
	var open int
	ok := eventually(time.Minute, func() bool {
		err := s.database(t).QueryRow(`select count(*) from app.log_entry where log = 'scans' and (seq is null or
			seq >= (select coalesce(max(to_seq), 0) from ledger.anchor where log = 'scans'))`).Scan(&open)
		return err == nil && open == 0
	})
	if !ok {
		t.Fatalf("%d scans are not anchored within a minute", open)
	}
}

// wantLogEntries holds every number of the log of scans against its anchor: what
// is here is proved, what was lost is said to be lost, and nothing is changed.
func wantLogEntries(t *testing.T, kept []unit, lost int) {
	t.Helper()
	db := touchstone.database(t)
	var end int64
	if err := db.QueryRow(`select max(to_seq) from ledger.anchor where log = 'scans'`).Scan(&end); err != nil {
		t.Fatal(err)
	}
	counts := map[int]int{}
	for seq := range end {
		// From as many addresses as a log's readers have: one of them may not ask so often.
		reader := fmt.Sprintf("198.51.100.%d", seq%250)
		a := request(
			t,
			http.MethodGet,
			fmt.Sprintf("%s/api/v1/anchors/scans/%d", touchstone.verify, seq),
			"",
			nil,
			"X-Forwarded-For",
			reader,
		)
		if counts[a.status]++; a.status != http.StatusOK && a.status != http.StatusGone {
			t.Errorf("entry %d: %d %s", seq, a.status, a.raw)
		}
	}
	if counts[http.StatusGone] < lost {
		t.Errorf("%d entries are lost, want %d or more", counts[http.StatusGone], lost)
	}
	for _, u := range kept {
		var seq int64
		if err := db.QueryRow(`select e.seq from scan.scan s join app.log_entry e on e.ref = 'scan/\x' || encode(s.nonce, 'hex')
			where s.lot = 'OLD' and s.unit_index = $1 order by s.at desc limit 1`, u.index).
			Scan(&seq); err != nil {
			t.Fatal(err)
		}
		if a := request(
			t,
			http.MethodGet,
			fmt.Sprintf("%s/api/v1/anchors/scans/%d", touchstone.verify, seq),
			"",
			nil,
			"X-Forwarded-For",
			"203.0.113.1",
		); a.status != http.StatusOK {
			t.Errorf("a scan that was not lost (%d): %d %s", seq, a.status, a.raw)
		}
	}
	t.Logf("of %d entries %d are proved and %d lost", end, counts[http.StatusOK], counts[http.StatusGone])
}

// restore puts a backup in the database's place.
func (s *system) restore(t *testing.T, tools postgresBin, backup string) {
	t.Helper()
	s.wipe(t, tools)
	tools.run(t, "pg_restore", "--single-transaction", "-d", s.env["TOUCHSTONE_DATABASE_URL"], backup)
}

// postgresBin is the folder of Postgres's programs.
type postgresBin string

func postgresTools(t *testing.T) postgresBin {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_restore")
	if path, err := exec.LookPath("pg_restore"); err == nil {
		found = append(found, path)
	}
	for i := len(found) - 1; i >= 0; i-- {
		dir := filepath.Dir(found[i])
		if _, err := exec.LookPath(filepath.Join(dir, "psql")); err == nil {
			return postgresBin(dir)
		}
	}
	t.Skip("no psql and pg_restore on this machine")
	return ""
}

func (b postgresBin) run(t *testing.T, program string, args ...string) {
	t.Helper()
	if out, err := exec.Command(filepath.Join(string(b), program), args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
}

// operator is one of the gateway's commands as an operator runs it.
func (s *system) operator(command string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.state, "bin", "gateway"), command)
	cmd.Env = append(cmd.Environ(), "TOUCHSTONE_DATABASE_URL="+s.env["TOUCHSTONE_DATABASE_URL"],
		"TOUCHSTONE_PROFILE="+filepath.Join(s.state, "network", "gateway.json"),
		"TOUCHSTONE_WALLET_KEY_FILE="+filepath.Join(s.state, "secrets", "wallet.key"),
		"TOUCHSTONE_MASTER_KEYS_FILE="+filepath.Join(s.state, "secrets", "master.keys"))
	return cmd
}

// What the demo's accounts showed may be gone: the system starts all the same.
func TestARevokedDemoAccountAndAWipedDatabaseKeepNothingFromStarting(t *testing.T) {
	tools := postgresTools(t)
	platform := touchstone.as("platform")
	producer := party(t, "producer")
	backup := filepath.Join(t.TempDir(), "backup")
	tools.run(t, "pg_dump", "-Fc", "-f", backup, touchstone.env["TOUCHSTONE_DATABASE_URL"])
	t.Cleanup(func() { // as the other tests found it
		touchstone.restore(t, tools, backup)
		again(t)
	})
	a := platform.get(t, "/api/v1/parties/"+producer+"/accounts")
	for _, x := range list(t, a.raw) {
		name := x["account"].(string)
		request(t, http.MethodDelete, platform.base+"/api/v1/parties/"+producer+"/accounts/"+name, platform.key, nil)
	}
	if a := touchstone.as("producer").get(t, "/api/v1/me"); a.status != http.StatusUnauthorized {
		t.Fatalf("the demo's producer still gets in: %d %s", a.status, a.raw)
	}
	again(t)
	touchstone.wipe(t, tools)
	again(t)
	if a := touchstone.as("platform").
		get(t, "/api/v1/batches?limit=1"); a.status != http.StatusOK ||
		len(a.body["items"].([]any)) == 0 {
		t.Errorf("the platform in a wiped database: %d %s", a.status, a.raw)
	}
}

func again(t *testing.T) {
	t.Helper()
	if err := touchstone.down(); err != nil {
		t.Fatal(err)
	}
	if err := touchstone.up(); err != nil {
		touchstone.showLog()
		t.Fatal(err)
	}
}

// wipe empties the database.
func (s *system) wipe(t *testing.T, tools postgresBin) {
	t.Helper()
	database, err := url.Parse(s.env["TOUCHSTONE_DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	name := strings.Trim(database.Path, "/")
	database.Path = "/postgres"
	tools.run(
		t, "psql", "-q", "-d", database.String(), "-c", "drop database "+name+" with (force)", "-c",
		"create database "+name,
	)
}
