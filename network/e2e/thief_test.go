package e2e

import (
	"database/sql"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// What somebody can do who reads the running verifier's settings and every file that they name (decision 94): none of
// what only a merchant, the gateway, the projector or the holder of a PIN may.
func TestAThiefOfTheVerifiersSecrets(t *testing.T) {
	lot := fmt.Sprint("THIEF", time.Now().Unix()%1000)
	gtin := newBatch(t, lot, 20)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 20))
	all := units(t, gtin, lot, 0, 2)
	loot := lootOf(t, "verifier")

	t.Run("keys", func(t *testing.T) {
		for name, content := range loot {
			if strings.Contains(name, "WALLET") || strings.Contains(name, "OWNER") ||
				strings.Contains(name, "PROJECTOR") {
				t.Errorf("it has %s", name)
			}
			if name == "TOUCHSTONE_MASTER_KEYS_FILE" &&
				(!strings.Contains(content, ":checking") || strings.Contains(content, "+")) {
				t.Error("it has keys of PINs")
			}
		}
	})
	t.Run("database", func(t *testing.T) {
		db, err := sql.Open("postgres", loot["TOUCHSTONE_DATABASE_URL"])
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		var tree int
		if err := db.QueryRow(`select count(*) from app.unit_commitment`).Scan(&tree); err != nil || tree == 0 {
			t.Errorf("what it may read: %d, %v", tree, err)
		}
		for _, statement := range []string{
			`update ledger.batch set doc = doc`, `delete from ledger.recall`, `insert into ledger.checkpoint select * from ledger.checkpoint`,
			`truncate ledger.holding`, `select * from app.identity`, `select * from app.session`,
			`select * from app.account`, `select * from app.person`, `select * from app.submission`, `select * from app.audit`,
			`update scan.scan set gtin = gtin`, `delete from scan.scan`, `delete from scan.pin_entry`, `update scan.review set gtin = gtin`,
			`update app.log_entry set seq = seq`, `delete from app.log_entry`, `update app.unit_commitment set first = first`,
			`update app.unit_tree set quantity = 1`, `set role touchstone_owner`, `create table app.mine ()`, `alter table ledger.batch disable trigger all`,
		} {
			if _, err := db.Exec(statement); err == nil || !strings.Contains(err.Error(), "permission denied") &&
				!strings.Contains(err.Error(), "must be owner") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
	t.Run("acts", func(t *testing.T) {
		write := func(transaction string, request object) answer {
			return askGateway(t, loot, "/acts", object{"transaction": transaction, "request": request})
		}
		claim := object{"gtin": gtin, "lot": lot, "index": 0, "serial": all[0].serial, "pin": all[1].pin,
			"salt": strings.Repeat("00", 16), "path": []string{}, "owner": newOwner(t).public(t)}
		for name, a := range map[string]answer{
			"a sale":                     write("Sell", object{"lines": []object{line(gtin, lot, 0, 1)}}),
			"a recall":                   write("OpenRecall", object{"gtin": gtin}),
			"a claim by another's PIN":   write("ActivateUnit", claim),
			"an act signed by no owner":  write("PassOnUnit", object{"gtin": gtin, "lot": lot, "index": 0, "signature": strings.Repeat("00", 64)}),
			"an anchor":                  write("AnchorLog", object{"log": "scans"}),
			"a party of its own":         write("RegisterParty", object{"id": "mine"}),
			"the interface of merchants": request(t, http.MethodPost, touchstone.gateway+"/api/v1/recalls", strings.TrimSpace(loot["TOUCHSTONE_ACTS_KEY_FILE"]), object{}),
		} {
			if a.status < 400 {
				t.Errorf("%s: %d %s", name, a.status, a.raw)
			}
		}
		wantVerdict(t, all[0].uri, "genuine")
	})
	t.Run("PINs", func(t *testing.T) {
		ask := func(index int, pin string) object {
			a := askGateway(t, loot, "/pins", object{"gtin": gtin, "lot": lot, "epoch": 1, "index": index, "pin": pin})
			if a.status != http.StatusOK {
				t.Fatalf("%d %s", a.status, a.raw)
			}
			return a.body
		}
		if a := ask(0, all[1].pin); a["right"] != false || a["salt"] != nil {
			t.Errorf("a wrong PIN: %v", a)
		}
		if a := ask(0, all[0].pin); a["right"] != true {
			t.Errorf("the right one, of a label that lies there: %v", a)
		}
	})
}

// askGateway asks what the verifier may ask of the gateway, with its key.
func askGateway(t *testing.T, loot map[string]string, path string, body object) answer {
	t.Helper()
	return request(
		t, http.MethodPost, loot["TOUCHSTONE_ACTS_URL"]+path,
		strings.TrimSpace(loot["TOUCHSTONE_ACTS_KEY_FILE"]), body,
	)
}

// lootOf reads a running program's settings, and the files that they name.
func lootOf(t *testing.T, process string) map[string]string {
	t.Helper()
	environment, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", touchstone.status(t)[process]))
	if err != nil {
		t.Fatal(err)
	}
	loot := map[string]string{}
	for _, setting := range strings.Split(string(environment), "\x00") {
		name, value, _ := strings.Cut(setting, "=")
		if strings.HasPrefix(name, "TOUCHSTONE_") {
			loot[name] = value
		}
		if content, err := os.ReadFile(value); strings.HasSuffix(name, "_FILE") && err == nil {
			loot[name] = string(content)
		}
	}
	if loot["TOUCHSTONE_DATABASE_URL"] == "" || loot["TOUCHSTONE_ACTS_URL"] == "" {
		t.Fatalf("it has only %d settings", len(loot))
	}
	return loot
}
