package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// glossaryPackages are where the glossary's names are, by what stands before the point.
var glossaryPackages = map[string]string{
	"trace":    "chaincode/trace",
	"record":   "gateway/record",
	"codes":    "verifier/internal/web/codes",
	"content":  "verifier/rules/content",
	"feedback": "verifier/rules/feedback",
	"proof":    "verifier/rules/proof",
	"scanrisk": "verifier/rules/scanrisk",
	"seal":     "verifier/rules/seal",
	"verdict":  "verifier/rules/verdict",
}

// vocabulary are the bizSteps and dispositions of CBV 2.0.
var vocabulary = strings.Fields(`
	accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting
	decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting
	installing killing loading other packing picking receiving removing repackaging repairing replacing reserving
	retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking storing transporting
	unloading unpacking void_shipping
	active available completeness_inferred completeness_verified conformant container_closed container_open damaged
	destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance
	mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed
	recalled reserved retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable unknown`)

var (
	inCode = regexp.MustCompile("`([a-z]+)\\.([A-Z][A-Za-z]*)`")
	inCBV  = regexp.MustCompile("`([a-z_]+)`")
)

// What the glossary names is in the code, and what it says in EPCIS's words is in the vocabulary.
func TestGlossary(t *testing.T) {
	content, err := os.ReadFile("glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	declared, named := map[string]map[string]string{}, map[string]bool{}
	for _, m := range inCode.FindAllStringSubmatch(text, -1) {
		folder, known := glossaryPackages[m[1]]
		if !known {
			t.Errorf("no such package: %s", m[0])
			continue
		}
		if declared[m[1]] == nil {
			declared[m[1]] = declaredIn(t, folder)
		}
		if _, is := declared[m[1]][m[2]]; !is {
			t.Errorf("%s is not in the code", m[0])
		}
		named[m[1]+"."+m[2]] = true
	}
	for name, folder := range glossaryPackages {
		if declared[name] == nil {
			t.Errorf("nothing of %s is named", folder)
		}
	}
	for _, m := range inCBV.FindAllStringSubmatch(text[strings.Index(text, "## States"):], -1) {
		if !slices.Contains(vocabulary, m[1]) {
			t.Errorf("%s is neither a bizStep nor a disposition", m[1])
		}
	}
	transactions := 0
	for name, of := range declared["trace"] {
		switch {
		case of == "Transaction" && named["trace."+name]:
			transactions++
		case of == "State" && !named["trace."+name]:
			t.Errorf("the state %s is missing", name)
		}
	}
	if transactions < 15 {
		t.Errorf("only %d transactions have a word of EPCIS", transactions)
	}
}

// declaredIn gives the types, constants and variables of a package, with the type that a
// constant says it has.
func declaredIn(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	files, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				all[n.Name.Name] = ""
			case *ast.ValueSpec:
				of, _ := n.Type.(*ast.Ident)
				for _, name := range n.Names {
					if all[name.Name] = ""; of != nil {
						all[name.Name] = of.Name
					}
				}
			}
			_, isFunc := n.(*ast.FuncDecl)
			return !isFunc
		})
	}
	return all
}
