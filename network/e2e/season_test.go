package e2e

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// sharedData is a folder of spreadsheets as merchants send them, kept beside
// the repository; a user's machine does not have it.
func sharedData(t *testing.T, name string) string {
	t.Helper()
	file := filepath.Join(root(), "..", "shared", "data", name)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("no %s: %v", name, err)
	}
	return file
}

// The season of a merchant who works from spreadsheets, as docs/season.md
// tells it: 200 goods, 40 batches, each shipped to the seller.
func TestSeason(t *testing.T) {
	goods, batches := sharedData(t, "goods-utf8.csv"), sharedData(t, "batches.csv")
	season := exec.Command("go", "run", "./merchant-portal/cmd/merchant", "season",
		"--goods", goods, "--batches", batches, "--to", party(t, "seller"))
	season.Dir = root()
	season.Env = os.Environ()
	for name, value := range touchstone.env {
		season.Env = append(season.Env, name+"="+value)
	}
	out, err := season.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
	wantHeldBy(t, batches, party(t, "seller"))
}

// wantHeldBy checks that the whole of every batch in the file is with one party.
func wantHeldBy(t *testing.T, batches, holder string) {
	t.Helper()
	rows := readCSV(t, batches)
	for _, row := range rows[1:] {
		story := touchstone.as("auditor").get(t, "/api/v1/provenance/0"+row[0]+"/"+row[1])
		if story.status != http.StatusOK {
			t.Errorf("%s/%s: %d %s", row[0], row[1], story.status, story.raw)
			continue
		}
		holdings := story.body["holdings"].([]any)
		if len(holdings) != 1 || holdings[0].(object)["party"] != holder ||
			fmt.Sprint(holdings[0].(object)["count"]) == "0" {
			t.Errorf("%s/%s: holdings %v, want all with %s", row[0], row[1], holdings, holder)
		}
	}
}

// A dirty file gives exactly the outcomes that its author expects, row by row.
func TestDirtySpreadsheet(t *testing.T) {
	file := sharedData(t, "goods-dirty.csv")
	var want []struct {
		Row    int
		OK     bool
		Reason *string
	}
	expected, err := os.ReadFile(sharedData(t, "goods-dirty.expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(expected, &want); err != nil {
		t.Fatal(err)
	}
	rows := importFile(t, file, "products")
	if len(rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(rows), len(want))
	}
	for i, w := range want {
		got := rows[i].(object)
		reason := any(nil)
		if w.Reason != nil {
			reason = *w.Reason
		}
		if int(got["row"].(float64)) != w.Row || got["ok"] != w.OK || got["reason"] != reason {
			t.Errorf("row %d: %v, want ok %v, reason %v", w.Row, got, w.OK, reason)
		}
		if !w.OK && got["message"] == "" {
			t.Errorf("row %d is refused without saying what to do", w.Row)
		}
	}
}

// Every encoding in which the goods come gives the same goods.
func TestSpreadsheetEncodings(t *testing.T) {
	for _, name := range []string{"goods-excel-bom.csv", "goods-gbk.csv"} {
		t.Run(name, func(t *testing.T) {
			for _, row := range importFile(t, sharedData(t, name), "products") {
				if row.(object)["ok"] != true {
					t.Errorf("%v", row)
				}
			}
		})
	}
}

// importFile imports and waits for the end.
func importFile(t *testing.T, file, kind string) []any {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	producer := touchstone.as("producer")
	a := producer.upload(t, "/api/v1/imports", filepath.Base(file), content, "kind", kind)
	if a.status != http.StatusOK && a.status != http.StatusCreated && a.status != http.StatusAccepted {
		t.Fatalf("import: %d %s", a.status, a.raw)
	}
	id := a.body["id"].(string)
	if !eventually(2*time.Minute, func() bool {
		a = producer.get(t, "/api/v1/imports/"+id)
		return a.body["status"] == "done" || a.body["status"] == "failed"
	}) {
		t.Fatalf("still not done: %s", a.raw)
	}
	return a.body["rows"].([]any)
}

func readCSV(t *testing.T, file string) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
