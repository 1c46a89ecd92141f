package e2e

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// signers are who signed a verdict; none where it names nobody.
func signers(v object) []string {
	signed, _ := v["signed"].(object)
	by, _ := signed["by"].([]any)
	var all []string
	for _, x := range by {
		all = append(all, x.(string))
	}
	return all
}

// number is a counter of the verifier's, summed over its labels.
func number(t *testing.T, name string) (sum float64) {
	t.Helper()
	a := request(t, http.MethodGet, touchstone.env["TOUCHSTONE_VERIFIER_METRICS"], "", nil)
	for _, line := range regexp.MustCompile(`(?m)^`+name+`(?:\{[^}]*\})? (\S+)$`).FindAllSubmatch(a.raw, -1) {
		n, err := strconv.ParseFloat(string(line[1]), 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	return sum
}

// A genuine verdict names two organisations that have just signed it. A recall that
// is deleted from the database does not turn it green: an alarm sounds and both
// sides are kept.
func TestADeletedRecallIsNoGenuine(t *testing.T) {
	lot := fmt.Sprint("SIGNED", time.Now().Unix()%1000)
	gtin := newBatch(t, lot, 20)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 20))
	label := units(t, gtin, lot, 3, 1)[0].uri
	v := verdict(t, label)
	if v["verdict"] != "genuine" || len(signers(v)) < 2 {
		t.Fatalf("%v, signed by %v: %v", v["verdict"], signers(v), failing(v))
	}
	recall := touchstone.as("producer").
		must(t, http.StatusCreated, "/api/v1/recalls", object{
			"gtin":  gtin,
			"lots":  []string{lot},
			"class": "I",
			"reason": object{
				"zh-CN": "异物",
				"en":    "Foreign matter",
			},
			"instruction": object{"zh-CN": "停用", "en": "Stop using it"},
		})
	if v := verdict(t, label); v["verdict"] != "stop" {
		t.Fatalf("recalled: %v", v["verdict"])
	}
	before := number(t, "touchstone_disputed_facts_total")
	db := touchstone.database(t)
	if _, err := db.Exec(`delete from ledger.recall_scope where gtin = $1 and lot = $2`, gtin, lot); err != nil {
		t.Fatal(err)
	}
	unavailable := func() bool {
		return request(t, http.MethodGet, page(label), "", nil, "Accept", "application/json").body["verdict"] == "unavailable"
	}
	if !eventually(2*time.Second, unavailable) { // what was signed just before the recall serves for a second
		t.Error("still genuine two seconds after the recall was deleted")
	}
	for range 3 {
		a := request(t, http.MethodGet, page(label), "", nil, "Accept", "application/json")
		if a.body["verdict"] != "unavailable" || !slices.Contains(failing(a.body), "RECORDS_DIFFER") {
			t.Errorf("with the recall of %v deleted: %v %v", recall["id"], a.body["verdict"], failing(a.body))
		}
	}
	if number(t, "touchstone_disputed_facts_total") == before {
		t.Error("no alarm")
	}
	var ours, theirs string
	if !eventually(settleTime, func() bool {
		return db.QueryRow(`select records -> 'recalls', ledger #>> '{recalls,0,gtin}' from scan.disputed_facts where lot = $1`, lot).
			Scan(&ours, &theirs) ==
			nil
	}) {
		t.Fatal("both sides are not kept")
	}
	if ours != "[]" || theirs != gtin {
		t.Errorf("kept: records %s, ledger %s", ours, theirs)
	}
	if _, err := db.Exec(
		`insert into ledger.recall_scope (recall_id, gtin, lot, start, stop) select $1, $2, $3, 0, 20`,
		recall["id"],
		gtin,
		lot,
	); err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, label); v["verdict"] != "stop" {
		t.Errorf("put back: %v", v["verdict"])
	}
}

// With the peers of one organisation frozen, the two others sign. With those of two,
// nothing is genuine, and what stands against a unit is told all the same.
func TestVerdictsWhilePeersHang(t *testing.T) {
	lot := fmt.Sprint("HANGS", time.Now().Unix()%1000)
	gtin := newBatch(t, lot, 20)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 10))
	good, atHome := units(t, gtin, lot, 3, 1)[0].uri, units(t, gtin, lot, 15, 1)[0].uri
	if v := verdict(t, good); v["verdict"] != "genuine" {
		t.Fatal(v["verdict"], failing(v))
	}
	freeze := func(name string) (thaw func()) {
		pid := touchstone.status(t)[name]
		if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		return func() { _ = syscall.Kill(pid, syscall.SIGCONT) }
	}
	ask := func(uri string) object {
		return request(t, http.MethodGet, page(uri), "", nil, "Accept", "application/json").body
	}
	thaw := freeze("peer-auditor")
	defer func() { thaw() }()
	if !eventually(settleTime, func() bool {
		v := ask(good)
		return v["verdict"] == "genuine" && !slices.Contains(signers(v), "AuditorMSP")
	}) {
		t.Errorf("without the auditor's peer: %v %v", ask(good)["verdict"], failing(ask(good)))
	}
	thawToo := freeze("peer-producer")
	defer func() { thawToo() }()
	for range 5 {
		if v := ask(good); v["verdict"] != "unavailable" && time.Since(signedAt(v)) > time.Second {
			t.Errorf("without two: %v, signed at %v", v["verdict"], signedAt(v))
		}
		if v := ask(atHome); v["verdict"] != "caution" && v["verdict"] != "unavailable" {
			t.Errorf("a unit that was not shipped: %v", v["verdict"])
		}
	}
	thaw()
	thawToo()
	if !eventually(time.Minute, func() bool { return ask(good)["verdict"] == "genuine" }) {
		t.Errorf("with all back: %v %v", ask(good)["verdict"], failing(ask(good)))
	}
}

func signedAt(v object) time.Time {
	signed, _ := v["signed"].(object)
	text, _ := signed["at"].(string)
	at, _ := time.Parse(time.RFC3339, text)
	return at
}
