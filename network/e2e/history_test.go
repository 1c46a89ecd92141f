package e2e

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// wantHistory has an auditor take a lot's whole history along and check it offline; one that lacks an event fails.
func wantHistory(t *testing.T, check, trust, gtin, lot string) {
	t.Helper()
	path := "/api/v1/provenance/" + gtin + "/" + lot
	told := touchstone.as("auditor").get(t, path).body["events"].([]any)
	whole := touchstone.as("auditor").get(t, path+"/history?proof=full&from=1")
	if whole.status != http.StatusOK {
		t.Fatalf("%d %s", whole.status, whole.raw)
	}
	if a := touchstone.as("producer").get(t, path+"/history?proof=full"); a.status != http.StatusForbidden {
		t.Errorf("a producer is answered %d", a.status)
	}
	file := filepath.Join(t.TempDir(), "history.jsonl")
	verify := func(want int, content []byte) string {
		t.Helper()
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		run := exec.Command(
			check, "history", file, "--trust", trust, "--lot", gtin+"/"+lot, "--max-age", "10m", "--events",
		)
		run.Env = append(os.Environ(), "LC_ALL=en_US.UTF-8")
		out, _ := run.CombinedOutput()
		if run.ProcessState.ExitCode() != want {
			t.Errorf("exit code %d, want %d:\n%s", run.ProcessState.ExitCode(), want, out)
		}
		return string(out)
	}
	said := verify(0, whole.raw)
	for _, e := range told {
		if id, _ := e.(object)["txId"].(string); !strings.Contains(said, id) {
			t.Errorf("%s is not proved:\n%s", id, said)
		}
	}
	if !strings.Contains(said, "Proved: ") || strings.Contains(said, "skip") {
		t.Error(said)
	}
	lines := bytes.SplitAfter(whole.raw, []byte("\n"))
	for i, l := range lines {
		if bytes.HasPrefix(l, []byte(`{"block":`)) {
			verify(1, bytes.Join(append(append([][]byte{}, lines[:i]...), lines[i+1:]...), nil))
		}
	}
}
