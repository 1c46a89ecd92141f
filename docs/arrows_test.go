// Package docs holds what the documents say of the code against the code.
package docs

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/touchstone-trace/touchstone/"

// may says what a folder may import of other folders (decision 80), code and tests
// alike. The first folder that a package lies in counts.
var may = []struct {
	folder string
	of     []string
}{
	{"chaincode", nil},
	{"network", []string{"merchant-portal/console", "merchant-portal/demo"}},
	{"merchant-portal", []string{"chaincode"}},
	{"verifier/rules", []string{"chaincode", "verifier/rules", "network/trust"}},
	{"verifier/program", []string{"chaincode", "verifier/program", "network/topology"}},
	{"verifier", []string{"chaincode", "verifier", "network/topology", "network/trust"}},
	{
		"gateway",
		[]string{
			"chaincode",
			"verifier/rules",
			"verifier/program",
			"network/topology",
			"network/trust",
			"network/networktest",
		},
	},
	{"docs", []string{"chaincode/trace", "verifier/program/problem"}},
}

// allowed reports whether one package may import another.
func allowed(from, to string) bool {
	for _, m := range may {
		if within(from, m.folder) {
			top, _, _ := strings.Cut(m.folder, "/")
			return top == m.folder && within(to, top) ||
				slices.ContainsFunc(m.of, func(f string) bool { return within(to, f) })
		}
	}
	return false
}

func within(name, folder string) bool { return name == folder || strings.HasPrefix(name, folder+"/") }

// adapters are the gateway's packages that speak with the world outside, or with
// what a file or a picture is made of. None of them imports another; use cases and
// commands join them.
var adapters = []string{
	"gateway/api",
	"gateway/console",
	"gateway/documents",
	"gateway/enrol",
	"gateway/imports",
	"gateway/labels",
	"gateway/ledger",
	"gateway/projector",
	"gateway/reports",
	"gateway/scanmap",
	"gateway/store",
	"gateway/webhook",
}

// fonts is what both labels and reports draw their letters with: bytes, and no adapter.
const fonts = "gateway/labels/font"

// adapterOf gives the adapter that a package is, or is part of; empty for any other.
func adapterOf(name string) string {
	for _, a := range adapters {
		if within(name, a) && name != fonts {
			return a
		}
	}
	return ""
}

// joins reports whether an import joins two adapters.
func joins(from, to string) bool {
	a, b := adapterOf(from), adapterOf(to)
	return a != "" && b != "" && a != b
}

// No adapter imports another. Their tests may: they need a store.
func TestAdaptersImportNoAdapter(t *testing.T) {
	const each = `{{$p := .ImportPath}}{{range .Imports}}{{$p}} {{.}}{{"\n"}}{{end}}`
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", each, module+"gateway/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		from, to, _ := strings.Cut(strings.TrimSpace(line), " ")
		from, to = strings.TrimPrefix(from, module), strings.TrimPrefix(to, module)
		seen[adapterOf(from)] = true
		if joins(from, to) {
			t.Errorf("%s imports %s", from, to)
		}
	}
	for _, a := range adapters {
		if !seen[a] {
			t.Errorf("there is no %s any more", a)
		}
	}
	for from, to := range map[string]string{"gateway/api": "gateway/labels", "gateway/ledger": "gateway/store/storetest", "gateway/labels": "gateway/reports"} {
		if !joins(from, to) {
			t.Errorf("%s may import %s", from, to)
		}
	}
}

// Between folders arrows run one way.
func TestArrows(t *testing.T) {
	const each = `{{$p := .ImportPath}}{{range .Imports}}{{$p}} {{.}}{{"\n"}}{{end}}{{range .TestImports}}{{$p}} {{.}}{{"\n"}}{{end}}{{range .XTestImports}}{{$p}} {{.}}{{"\n"}}{{end}}`
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", each, module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		from, to, _ := strings.Cut(strings.TrimSpace(line), " ")
		from, _ = strings.CutPrefix(from, module)
		to, ours := strings.CutPrefix(to, module)
		if ours && !allowed(from, to) {
			t.Errorf("%s imports %s", from, to)
		}
		if ours {
			seen[strings.Split(from, "/")[0]] = true
		}
	}
	for _, folder := range []string{"chaincode", "network", "merchant-portal", "verifier", "gateway"} {
		if !seen[folder] {
			t.Errorf("nothing under %s was looked at", folder)
		}
	}
}

// The rule finds what it forbids.
func TestForbiddenArrows(t *testing.T) {
	for from, to := range map[string]string{
		"network/cmd/touchstone":         "verifier/rules/proof",
		"network/e2e":                    "gateway/store",
		"verifier/internal/verifiertest": "gateway/store/storetest",
		"verifier/cmd/verifier":          "gateway/ledger",
		"verifier/rules/verdict":         "verifier/internal/store",
		"verifier/program/door":          "verifier/rules/seal",
		"gateway/api":                    "verifier/internal/store",
		"gateway/service":                "network/local",
		"merchant-portal/cmd/merchant":   "gateway/record",
		"chaincode/trace":                "verifier/rules/seal",
	} {
		if allowed(from, to) {
			t.Errorf("%s may import %s", from, to)
		}
	}
}
