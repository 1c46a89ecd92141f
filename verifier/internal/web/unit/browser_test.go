package unit_test

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
)

// In a real browser, under the real policy, the page confirms its scan; a
// download of the page does not.
func TestBrowserConfirmsTheScan(t *testing.T) {
	chromium, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("no chromium on this machine; .ci/install installs it")
	}
	w := verifiertest.New(t)
	path := w.Batch(trace.Batch{Lot: "L1"}).OnSale().Path(7)
	c := webtest.New(t, w)
	server := httptest.NewServer(c.H)
	defer server.Close()
	profile, err := os.MkdirTemp("", "touchstone-browser-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(profile)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	browser := exec.CommandContext(
		ctx, chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir="+profile, "--remote-debugging-port=0", "--user-agent="+webtest.PhoneAgent,
		"--window-size=360,740", server.URL+path,
	)
	browser.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // it ends with all its processes
	browser.Cancel = func() error { return syscall.Kill(-browser.Process.Pid, syscall.SIGKILL) }
	if err := browser.Start(); err != nil {
		t.Fatal(err)
	}
	defer browser.Wait()
	defer cancel()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if a := c.Verdict(path); a.ScanCount == 1 {
			return
		} else if time.Now().After(deadline) {
			t.Fatalf("%d scans", a.ScanCount)
		}
	}
}
