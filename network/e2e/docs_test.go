package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the documents tell a reader to type into a terminal, he can: each
// document's commands run in order, in one shell, and none fails. want is what
// the last lines of the output must hold.
func TestCommandsOfTheDocuments(t *testing.T) {
	for _, program := range []string{"bash", "curl", "jq"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed", program)
		}
	}
	for _, c := range []struct{ file, want string }{
		{"README.md", `"lot":`},
		{"docs/README.zh-CN.md", `"lot":`},
		{"docs/tour.md", `(?s)\ngenuine\n.*\nstop\n.*"holdings"`},
		{"docs/season.md", `xiaohe-store`},
	} {
		t.Run(c.file, func(t *testing.T) {
			out, err := commandsOf(t, c.file).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if !regexp.MustCompile(c.want).Match(out) {
				t.Errorf("the output has no %s:\n%s", c.want, out)
			}
		})
	}
}

// commandsOf is a shell that types what stands indented in a document. make and
// what it starts are running already.
func commandsOf(t *testing.T, file string) *exec.Cmd {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(), file))
	if err != nil {
		t.Fatal(err)
	}
	prose := regexp.MustCompile("(?s)```.*?```").ReplaceAllString(string(text), "") // fences hold pictures
	lines := []string{"set -eu -o pipefail"}
	for line := range strings.Lines(prose) {
		typed, indented := strings.CutPrefix(line, "    ")
		if indented && !strings.HasPrefix(typed, "make ") {
			lines = append(lines, strings.TrimRight(typed, "\n"))
		}
	}
	script := strings.ReplaceAll(
		strings.Join(lines, "\n"), ".touchstone/demo.env", filepath.Join(touchstone.state, "demo.env"),
	)
	script = strings.ReplaceAll(script, "labels.pdf", filepath.Join(t.TempDir(), "labels.pdf"))
	cmd := exec.Command("bash", "-c", script)
	cmd.Dir = root()
	return cmd
}
