package e2e

import (
	"database/sql"
	"net/http"
	"testing"
	"time"

	_ "github.com/lib/pq"
)

// lastGenuine bounds how long after a stop was sent its item may still read
// genuine while the read model takes no more blocks: the two seconds for which
// a verifier takes the peers' last word, and the time to endorse and order.
const lastGenuine = 5 * time.Second

// While nothing can be written to the read model, a recall is not answered as
// done, and what it is about is "unavailable", not "genuine".
func TestNoGenuineBehindALedgerThatWentOn(t *testing.T) {
	gtin := newBatch(t, "LEVEL", 10)
	deliver(t, "producer", "seller", line(gtin, "LEVEL", 0, 10))
	label := units(t, gtin, "LEVEL", 0, 1)[0].uri
	wantVerdict(t, label, "genuine")

	release := lockTable(t, "ledger.recall")
	answered := make(chan answer, 1)
	sent := time.Now()
	go func() {
		a, _ := try(
			http.MethodPost,
			touchstone.gateway+"/api/v1/recalls",
			touchstone.as("producer").key,
			object{
				"gtin":   gtin,
				"lots":   []string{"LEVEL"},
				"class":  "I",
				"reason": object{"zh-CN": "异物", "en": "Foreign matter"},
			},
		)
		answered <- a
	}()
	var last time.Duration
	for answering := true; answering; {
		if a := request(
			t, http.MethodGet, page(label), "", nil, "Accept", "application/json",
		); a.body["verdict"] == "genuine" {
			last = time.Since(sent)
		}
		select {
		case a := <-answered:
			answering = false
			if a.status != http.StatusAccepted || a.body["status"] != "written" {
				t.Errorf("a recall that cannot be read is answered %d %s", a.status, a.raw)
			}
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Logf("the last genuine came %s after the recall was sent, its answer %s", last, time.Since(sent))
	if last > lastGenuine {
		t.Errorf("genuine %s after the recall was sent, want at most %s", last, lastGenuine)
	}
	release()
	if !eventually(settleTime, func() bool { return verdict(t, label)["verdict"] == "stop" }) {
		t.Errorf("after the read model went on: %v", verdict(t, label)["verdict"])
	}
}

// lockTable keeps everybody from a table until release.
func lockTable(t *testing.T, table string) (release func()) {
	t.Helper()
	db, err := sql.Open("postgres", touchstone.env["TOUCHSTONE_DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.Begin()
	if err == nil {
		_, err = tx.Exec(`lock table ` + table + ` in share row exclusive mode`) // readers go on, writers wait
	}
	if err != nil {
		t.Fatal(err)
	}
	release = func() { _ = tx.Rollback(); _ = db.Close() }
	t.Cleanup(release)
	return release
}
