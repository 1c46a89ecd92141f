package docs

import (
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// named are the packages of architecture.md's table: the first column's names, of
// which those without a folder lie beside the one before.
func named(t *testing.T) []string {
	document, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile("`([a-z0-9/-]+)`")
	var all []string
	for line := range strings.Lines(string(document)) {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		folder := ""
		for _, found := range name.FindAllStringSubmatch(strings.Split(line, "|")[1], -1) {
			if !strings.Contains(found[1], "/") {
				found[1] = path.Join(folder, found[1])
			}
			folder = path.Dir(found[1])
			all = append(all, found[1])
		}
	}
	return all
}

// The table of packages in architecture.md names every package that a program is
// made of, once, and no other. Helpers of tests need no line of their own.
func TestArchitectureNamesEveryPackage(t *testing.T) {
	out, err := exec.Command("go", "list", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	listed := named(t)
	for i, name := range listed {
		if slices.Contains(listed[:i], name) {
			t.Errorf("%s stands there twice", name)
		}
	}
	for _, full := range strings.Fields(string(out)) {
		name := strings.TrimPrefix(full, module)
		i := slices.Index(listed, name)
		if i < 0 {
			if !strings.Contains(name, "test") && name != "docs" {
				t.Errorf("%s is not there", name)
			}
			continue
		}
		listed = slices.Delete(listed, i, i+1)
	}
	for _, name := range listed {
		if info, err := os.Stat(
			path.Join("..", name),
		); err != nil || !info.IsDir() ||
			!strings.HasPrefix(name, "merchant-portal/console") {
			t.Errorf("there is no package %s", name)
		}
	}
}
