package e2e

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// alarm is how many alarms of a kind stand with the auditor's monitor.
func alarm(t *testing.T, kind string) string {
	t.Helper()
	a := request(t, http.MethodGet, touchstone.env["TOUCHSTONE_MONITOR_METRICS"], "", nil)
	found := regexp.MustCompile(`(?m)^touchstone_monitor_alarms\{kind="` + kind + `"\} (\S+)$`).FindSubmatch(a.raw)
	if found == nil {
		t.Fatalf("the monitor gives no number for %s", kind)
	}
	return string(found[1])
}

// reconcile runs the auditor's command as the auditor, who has what his own folder says and no more.
func reconcile(t *testing.T) (string, error) {
	t.Helper()
	file, err := os.Open(filepath.Join(touchstone.state, "auditor", "auditor.env"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	cmd := exec.CommandContext(t.Context(), filepath.Join(touchstone.state, "bin", "auditor"), "reconcile")
	cmd.Env = []string{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, value, is := strings.Cut(lines.Text(), "="); is {
			cmd.Env = append(cmd.Env, name+"="+strings.Trim(value, "'"))
		}
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// Of an honest system the auditor finds nothing, neither all the time nor by hand. A recall's scope that is deleted from
// the database alarms within ten seconds, and is named with the transaction that decided it; put back, it is quiet again.
func TestTheAuditorFindsWhatWasChanged(t *testing.T) {
	lot := fmt.Sprint("AUDIT", time.Now().Unix()%1000)
	gtin := newBatch(t, lot, 20)
	recall := touchstone.as("producer").must(t, http.StatusCreated, "/api/v1/recalls", object{
		"gtin": gtin, "lots": []string{lot}, "class": "I",
		"reason":      object{"zh-CN": "异物", "en": "Foreign matter"},
		"instruction": object{"zh-CN": "停用", "en": "Stop using it"},
	})
	for _, kind := range []string{"rolled_back", "forked", "peers_disagree", "unsound", "anchor_rewritten", "model_differs"} {
		if n := alarm(t, kind); n != "0" {
			t.Errorf("%s: %s", kind, n)
		}
	}
	published := request(t, http.MethodGet, touchstone.env["TOUCHSTONE_VERIFIER"]+"/anchors/checkpoint", "", nil)
	if published.status != http.StatusOK || !strings.Contains(string(published.raw), "/anchors\n") {
		t.Errorf("the anchors are not published: %d %s", published.status, published.raw)
	}
	out, err := reconcile(t)
	if err != nil || !strings.Contains(out, "walked: ") ||
		!strings.Contains(out, " 0 not to be judged") {
		t.Fatalf("of an honest system: %v\n%s", err, out)
	}
	db := touchstone.database(t)
	var kept string
	if err := db.QueryRow(`with gone as (delete from ledger.recall_scope where gtin = $1 and lot = $2 returning *)
		select jsonb_agg(to_jsonb(gone)) from gone`, gtin, lot).Scan(&kept); err != nil {
		t.Fatal(err)
	}
	if !eventually(10*time.Second, func() bool { return alarm(t, "model_differs") == "1" }) {
		t.Error("no alarm within ten seconds")
	}
	out, err = reconcile(t)
	var txID string
	if err := db.QueryRow(`select tx_id from ledger.recall where id = $1`, recall["id"]).Scan(&txID); err != nil {
		t.Fatal(err)
	}
	if err == nil || !strings.Contains(out, "ledger.recall_scope row") || !strings.Contains(out, txID) {
		t.Errorf("of a deleted recall: %v\n%s", err, out)
	}
	if _, err := db.Exec(
		`insert into ledger.recall_scope select * from jsonb_populate_recordset(null::ledger.recall_scope, $1)`,
		kept,
	); err != nil {
		t.Fatal(err)
	}
	if !eventually(20*time.Second, func() bool { return alarm(t, "model_differs") == "0" }) {
		t.Error("the alarm stands though all is as it was")
	}
	if out, err := reconcile(t); err != nil {
		t.Errorf("put back: %v\n%s", err, out)
	}
}
