package e2e

import (
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// One command renews all certificates of a running system. Proofs from before hold
// against the trust file of after, and the other way round.
func TestProofsOutliveRenewedCertificates(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "touchstone-verify")
	build := exec.Command("go", "build", "-o", program, "./verifier/cmd/touchstone-verify")
	build.Dir = root()
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	keep := func(name string) (bundle, trust string) {
		t.Helper()
		label := units(t, newBatch(t, name, 3), name, 0, 1)[0].uri
		a := request(t, http.MethodGet, touchstone.verify+"/api/v1/proofs?uri="+url.QueryEscape(label), "", nil)
		if a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.raw)
		}
		content, err := os.ReadFile(filepath.Join(touchstone.state, "trust.json"))
		if err != nil {
			t.Fatal(err)
		}
		bundle, trust = filepath.Join(dir, name+".json"), filepath.Join(dir, name+".trust")
		for file, text := range map[string][]byte{bundle: a.raw, trust: content} {
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return bundle, trust
	}
	oldBundle, oldTrust := keep("AGED")
	if out, err := exec.Command(touchstone.program, "renew", "--state", touchstone.state).CombinedOutput(); err != nil {
		t.Fatalf("renew: %v\n%s", err, out)
	}
	if !eventually(settleTime*6, touchstone.ready) {
		t.Fatal("not ready after the renewal")
	}
	newBundle, newTrust := keep("RENEWED")
	if a, b := read(t, oldTrust), read(t, newTrust); a == b {
		t.Error("the trust file is as before")
	}
	for _, bundle := range []string{oldBundle, newBundle} {
		for _, trust := range []string{oldTrust, newTrust} {
			if out, err := exec.Command(program, bundle, "--trust", trust).CombinedOutput(); err != nil {
				t.Errorf("%s against %s: %v\n%s", filepath.Base(bundle), filepath.Base(trust), err, out)
			}
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
