package api

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// merchant builds the command and gives a way to run it as a party: its output,
// and its errors behind it.
func (w *world) merchant(language string) func(party string, args ...string) string {
	w.t.Helper()
	program := filepath.Join(w.t.TempDir(), "merchant")
	if out, err := exec.Command("go", "build", "-o", program, "../../merchant-portal/cmd/merchant").
		CombinedOutput(); err != nil {
		w.t.Fatalf("%v: %s", err, out)
	}
	return func(party string, args ...string) string {
		run := exec.Command(program, args...)
		run.Env = append(
			os.Environ(), "TOUCHSTONE_GATEWAY="+w.url, "TOUCHSTONE_LANG="+language, "TOUCHSTONE_KEY="+w.keys[party],
		)
		out, err := run.CombinedOutput()
		if err != nil {
			return string(out) + "FAILED"
		}
		return string(out)
	}
}

// TestMerchantCommand: goods go out in parts, come in in parts, are sold, come
// back and are recalled, and each command says what it did in both languages.
func TestMerchantCommand(t *testing.T) {
	w := newWorld(t)
	w.stock(30)
	whole := func(index int) string { return "(01)" + gtin + "(10)" + lot + "(21)" + w.serial(index) }
	en, zh := w.merchant("en"), w.merchant("zh")
	says := func(out string, all ...string) string {
		t.Helper()
		for _, want := range all {
			if !strings.Contains(out, want) {
				t.Fatalf("no %q in %s", want, out)
			}
		}
		return out
	}
	batch := gtin + "/" + lot
	says(en("maker", "stock"), batch+"\t30")
	says(en("maker", "ship", "--to", "shop", "--count", "10", batch), "10 units sent")
	says(zh("maker", "ship", "--to", "shop", "--codes", whole(20), "--codes", whole(21)), "2 枚标签已发出")
	says(en("maker", "ship", "--to", "shop", "--all", batch), "name batches", "FAILED")
	says(zh("maker", "stock"), batch+"\t18")

	open := w.must("shop", 200, "GET", "/api/v1/shipments?open=true", nil).body["items"].([]any)
	id := open[1].(object)["id"].(string) // the ten
	says(en("shop", "receive", "--codes", whole(0), "--codes", whole(1), "--damaged", whole(2), id), id+" received")
	if s := w.must("shop", 200, "GET", path("/shipments/%s", id), nil).body; s["state"] != "partly_received" {
		t.Errorf("received in part: %v", s["state"])
	}
	says(zh("shop", "receive", "--codes", whole(3)), "一个发货单号", "FAILED")
	says(zh("shop", "receive", "--codes", whole(3), "--close", id), "已签收")
	says(en("shop", "receive"), "1 shipments received")
	says(en("shop", "stock"), batch+"\t5")

	says(zh("shop", "sell", whole(0), whole(20)), "已登记销售")
	says(en("shop", "sell", whole(0)), "NOT_HOLDER, case C", "FAILED")
	says(en("shop", "return", whole(0)), "Booked as returned")
	says(zh("shop", "return", "--damaged", whole(20)), "已登记退货")
	says(en("shop", "stock"), batch+"\t4")

	says(zh("maker", "recall", gtin, lot, "--reason", "抽检不合格", "--reason-en", "A sample failed"), "召回 R", "已发布")
	says(en("shop", "sell", whole(1)), "UNITS_RECALLED", "FAILED")
	says(en("shop", "inbox"), "recall")
	says(zh("shop", "inbox"), "召回")
}

// TestMerchantApplies: a stranger applies from a folder of documents, and is told
// what is wrong with one by its name.
func TestMerchantApplies(t *testing.T) {
	w := newWorld(t)
	en := w.merchant("en")
	folder := t.TempDir()
	file := filepath.Join(folder, "application.json")
	write := func(name string, content []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var asked object
	if err := json.Unmarshal([]byte(en("nobody", "apply", "--example")), &asked); err != nil {
		t.Fatal(err)
	}
	delete(asked, "authorisations")
	delete(asked, "prefixes")
	asked["licences"].([]any)[0].(object)["document"] = "licence.png"
	content, _ := json.Marshal(asked)
	write("application.json", content)
	write("licence.png", []byte("no picture"))
	out := en("nobody", "apply", file, "--party", "newstore", "--name", "新店")
	if !strings.Contains(out, "licence.png: ") || !strings.Contains(out, "FAILED") {
		t.Fatalf("%s", out)
	}
	_, key, _ := strings.Cut(out, "TOUCHSTONE_KEY=")
	w.keys["newstore"] = strings.Fields(key)[0]
	write("licence.png", photo(t))
	if out = en("newstore", "apply", file); !strings.Contains(out, "licence.png is uploaded") ||
		!strings.Contains(out, "The application is made") {
		t.Fatalf("%s", out)
	}
	waiting := fmt.Sprint(w.must("platform", 200, "GET", "/api/v1/applications", nil).body["items"])
	if !strings.Contains(waiting, "newstore") || !strings.Contains(waiting, "documentHash") {
		t.Errorf("%s", waiting)
	}
	if out = en("newstore", "apply"); !strings.Contains(out, "--example") || !strings.Contains(out, "FAILED") {
		t.Errorf("without a file: %s", out)
	}
}
