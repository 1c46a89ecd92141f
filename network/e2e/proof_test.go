package e2e

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// A shopper's proof holds against the network's own roots, offline, and no other does.
func TestProof(t *testing.T) {
	const lot = "202611V01"
	gtin := newBatch(t, lot, 300)
	all := units(t, gtin, lot, 7, 2)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 300))
	if v := verdict(t, all[0].uri); v["verdict"] != "genuine" {
		t.Fatalf("%v", v["checks"])
	}
	check := filepath.Join(t.TempDir(), "touchstone-verify")
	build := exec.Command("go", "build", "-o", check, "./verifier/cmd/touchstone-verify")
	build.Dir = root()
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	trust := filepath.Join(touchstone.state, "trust.json")
	a := proofOf(t, all[0].uri)
	bundle := filepath.Join(t.TempDir(), "bundle.json")
	verify := func(want int, content []byte, uri string) string {
		t.Helper()
		if err := os.WriteFile(bundle, content, 0o600); err != nil {
			t.Fatal(err)
		}
		run := exec.Command(check, bundle, "--trust", trust, "--uri", uri, "--max-age", "10m")
		run.Env = append(os.Environ(), "LANG=zh_CN.UTF-8", "LC_ALL=")
		out, _ := run.CombinedOutput()
		if run.ProcessState.ExitCode() != want {
			t.Errorf("exit code %d, want %d:\n%s", run.ProcessState.ExitCode(), want, out)
		}
		return string(out)
	}
	t.Logf("the bundle has %d bytes", len(a.raw))
	if len(a.raw) > 20_000 {
		t.Error("that is too much for a phone")
	}
	if said := verify(0, a.raw, all[0].uri); !strings.Contains(said, "没有不利于这件商品的内容") ||
		strings.Count(said, "通过") != 13 {
		t.Error(said)
	}
	verify(1, a.raw, all[1].uri)
	verify(1, []byte(strings.Replace(string(a.raw), `"validation":0`, `"validation":1`, 1)), all[0].uri)

	served := request(t, http.MethodGet, touchstone.verify+"/api/v1/trust", "", nil)
	var written object
	content, err := os.ReadFile(trust)
	if err != nil || json.Unmarshal(content, &written) != nil || !reflect.DeepEqual(written, served.body) {
		t.Errorf("%v: the verifier's trust is not the network's: %s", err, served.raw)
	}
	if folder := os.Getenv("GOLDEN"); folder != "" { // a new real bundle for verifier/rules/proof/testdata
		_ = os.WriteFile(filepath.Join(folder, "bundle.json"), a.raw, 0o600)
		_ = os.WriteFile(filepath.Join(folder, "trust.json"), content, 0o600)
	}
	wantHistory(t, check, trust, gtin, lot)
	wantProvedInABrowser(t, page(all[0].uri))
}

func proofOf(t *testing.T, uri string) answer {
	t.Helper()
	a := request(t, http.MethodGet, touchstone.verify+"/api/v1/proofs?uri="+url.QueryEscape(uri), "", nil)
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	return a
}

// wantProvedInABrowser lets the shopper's own browser check it, what was signed of the unit included.
func wantProvedInABrowser(t *testing.T, address string) {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("no chromium on this machine; .ci/install installs it")
	}
	dom, err := exec.Command(chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
		"--virtual-time-budget=10000", "--dump-dom", address).
		Output()
	if err != nil || !strings.Contains(string(dom), `class="card proof stated"`) {
		t.Errorf("%v: the browser did not verify the proof", err)
	}
}
