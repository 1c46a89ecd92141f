package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// look is a page that the browser tests open; see browser/pages.test.mjs.
type look struct {
	Name    string `json:"name"`
	URL     string `json:"url"`
	Verdict string `json:"verdict"`
	Text    object `json:"text"`
}

// Every verdict, as a phone shows it.
func TestPagesInABrowser(t *testing.T) {
	const lot = "202610A01"
	gtin := newBatch(t, lot, 30)
	all := units(t, gtin, lot, 0, 30)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 20))
	touchstone.as("seller").must(t, http.StatusCreated, "/api/v1/decommissions",
		object{"lines": []object{line(gtin, lot, 5, 1)}, "reason": "stolen"})
	touchstone.as("producer").must(t, http.StatusCreated, "/api/v1/recalls", object{
		"gtin": gtin, "lines": []object{line(gtin, lot, 10, 5)}, "class": "I",
		"reason":      object{"zh-CN": "防腐剂超标", "en": "A preservative exceeds the limit"},
		"instruction": object{"zh-CN": "请停止使用，凭此页退货", "en": "Stop using it and return it with this page"},
	})
	forged := all[0].uri[:strings.LastIndex(all[0].uri, "/")+1] + "00000000000000000000"
	runBrowser(t, []look{
		{"genuine", page(all[0].uri), "genuine", object{"zh-CN": "正品记录相符", "en": "Matches the genuine record"}},
		{"not-shipped", page(all[25].uri), "caution", object{"zh-CN": "烟酰胺精华液", "en": "Niacinamide serum"}},
		{"recalled", page(all[10].uri), "stop", object{"zh-CN": "防腐剂超标", "en": "A preservative exceeds the limit"}},
		{"stolen", page(all[5].uri), "stop", object{"zh-CN": "烟酰胺精华液", "en": "Niacinamide serum"}},
		{"not-recognised", page(forged), "not_recognised", object{"zh-CN": "查不到这枚编码", "en": "We do not know this code"}},
	})
}

func runBrowser(t *testing.T, pages []look) {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil && os.Getenv("CI") == "" {
		t.Skip("no chromium on this machine; .ci/install installs it")
	}
	dir := filepath.Join(root(), "network", "e2e", "browser")
	install := exec.Command("npm", "ci", "--no-audit", "--no-fund")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	list, err := json.Marshal(pages)
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command("node", "--test", "--test-concurrency=1", "pages.test.mjs")
	run.Dir = dir
	run.Env = append(os.Environ(), "PAGES="+string(list))
	run.WaitDelay = 10 * time.Second
	if out, err := run.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
