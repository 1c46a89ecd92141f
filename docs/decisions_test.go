package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A decision is cited by its number, in code too: each number is one record's,
// in its name and in its heading, and every record says when it was accepted.
func TestDecisionsAreNumberedOnce(t *testing.T) {
	records, err := filepath.Glob("decisions/*.md")
	if err != nil || len(records) == 0 {
		t.Fatalf("no records of decisions: %v", err)
	}
	accepted := regexp.MustCompile(`(?m)^Accepted, \d{4}-\d{2}-\d{2}`)
	named := map[string]string{}
	for _, path := range records {
		number, _, _ := strings.Cut(filepath.Base(path), "-")
		if other, taken := named[number]; taken {
			t.Errorf("%s and %s have one number", other, path)
		}
		named[number] = path
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if heading := fmt.Sprintf("# %s. ", strings.TrimLeft(number, "0")); !strings.HasPrefix(string(text), heading) {
			t.Errorf("%s does not begin with %q", path, heading)
		}
		if !accepted.Match(text) {
			t.Errorf("%s does not say when it was accepted", path)
		}
	}
}
