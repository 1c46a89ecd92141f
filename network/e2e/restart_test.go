package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An interrupt stops everything; the next start goes on where the first one
// stopped: the same keys, the same ledger, nothing seeded twice.
func TestSecondStartResumes(t *testing.T) {
	gtin := newBatch(t, "BEFORE", 7)
	before, env := touchstone.allBatches(t), touchstone.env
	if err := touchstone.down(); err != nil {
		t.Fatal(err)
	}
	if err := touchstone.up(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(env, touchstone.env); diff != "" {
		t.Errorf("demo.env has changed:\n%s", diff)
	}
	if diff := cmp.Diff(before, touchstone.allBatches(t)); diff != "" {
		t.Errorf("the batches have changed:\n%s", diff)
	}
	wantHoldings(t, gtin, "BEFORE", map[string]int{"held": 7})
}

func (s *system) allBatches(t *testing.T) (all []any) {
	t.Helper()
	for after := ""; ; {
		a := s.as("platform").get(t, "/api/v1/batches?limit=200&after="+after)
		if a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.raw)
		}
		all = append(all, a.body["items"].([]any)...)
		next, _ := a.body["next"].(string)
		if after = next; after == "" {
			return all
		}
	}
}

// A second program does not start in the same folder, and says why in one line.
func TestTwoProgramsDoNotShareAFolder(t *testing.T) {
	out, err := exec.Command(touchstone.program, "up", "--state", touchstone.state).CombinedOutput()
	if err == nil {
		t.Fatalf("it started: %s", out)
	}
	if want := "is running in " + touchstone.state; !contains(out, want) {
		t.Errorf("it says %q, want %q in it", out, want)
	}
}

// What must stay secret is readable by its owner only, and in no log.
func TestSecretsStaySecret(t *testing.T) {
	keys, err := filepath.Glob(filepath.Join(touchstone.state, "secrets", "*"))
	if err != nil || len(keys) == 0 {
		t.Fatalf("no secrets: %v", err)
	}
	logs, err := filepath.Glob(filepath.Join(touchstone.state, "logs", "*"))
	if err != nil || len(logs) == 0 {
		t.Fatalf("no logs: %v", err)
	}
	for _, file := range append(keys, filepath.Join(touchstone.state, "demo.env")) {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v, want 0600", file, info.Mode(), err)
		}
	}
	for _, log := range append(logs, touchstone.log) {
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range keys {
			if secret := secretIn(t, file); contains(text, secret) {
				t.Errorf("%s holds the secret of %s", log, file)
			}
		}
	}
}

// secretIn gives a key file's key, without the number before it.
func secretIn(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSpace(string(content))
	return text[strings.LastIndex(text, ":")+1:]
}
