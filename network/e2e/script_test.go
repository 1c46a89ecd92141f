package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// scripts is where the browser's tests are.
func scripts() string { return filepath.Join(root(), "network", "e2e", "browser") }

var installScripts = sync.OnceValue(func() error {
	install := exec.Command("npm", "ci", "--no-audit", "--no-fund")
	install.Dir = scripts()
	if out, err := install.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w\n%s", err, out)
	}
	return nil
})

// runScript runs one of the browser's tests, which finds what it is to look at
// in CASES, as JSON.
func runScript(t *testing.T, file string, cases any) {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil && os.Getenv("CI") == "" {
		t.Skip("no chromium on this machine; .ci/install installs it")
	}
	if err := installScripts(); err != nil {
		t.Fatal(err)
	}
	list, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command("node", "--test", "--test-concurrency=1", "--test-timeout=1200000", file)
	run.Dir = scripts()
	run.Env = append(os.Environ(), "CASES="+string(list))
	run.WaitDelay = 10 * time.Second
	out, err := run.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	} else if testing.Verbose() {
		t.Logf("%s", out)
	}
}
