package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

var documents = map[string]problem.Program{
	"../gateway/api/openapi.yaml":           problem.Gateway,
	"../verifier/internal/web/openapi.yaml": problem.Verifier,
}

// answered is how documents say what a refusal is answered with: "(403, OWNER_UNPROVED" or "409, LOG_ENTRY_CHANGED".
var answered = regexp.MustCompile(`\b([45][0-9]{2}),? ([A-Z]+(?:_[A-Z]+)+)\b`)

// What the programs' OpenAPI documents say of refusals is what the table of problem codes says; so
// none of them says of a code what the other denies.
func TestProblemsOfOpenAPI(t *testing.T) {
	said := 0
	for file, program := range documents {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range answered.FindAllStringSubmatch(string(content), -1) {
			said++
			if status := strconv.Itoa(problem.Status(trace.Code(m[2]))); status != m[1] ||
				!program.Answers(trace.Code(m[2])) {
				t.Errorf(
					"%s: %s; the table says %s, and that it answers with it: %v",
					file,
					m[0],
					status,
					program.Answers(trace.Code(m[2])),
				)
			}
		}
		spec, err := openapi3.NewLoader().LoadFromData(content)
		if err != nil {
			t.Fatal(err)
		}
		statuses := map[string]bool{}
		for _, code := range program.Codes() {
			statuses[strconv.Itoa(problem.Status(code))] = true
		}
		for path, item := range spec.Paths.Map() {
			for method, operation := range item.Operations() {
				for status, response := range operation.Responses.Map() {
					if strings.HasSuffix(response.Ref, "/Problem") && status != "default" && !statuses[status] {
						t.Errorf("%s: %s %s is refused with %s, which no code is", file, method, path, status)
					}
				}
			}
		}
	}
	if said == 0 {
		t.Error("no document says of a code what it is answered with")
	}
}

// Both documents list the codes of their program, and none has two statuses.
func TestProblemsDescribed(t *testing.T) {
	at := map[trace.Code]string{}
	for file, program := range documents {
		spec, err := openapi3.NewLoader().LoadFromFile(file)
		if err != nil {
			t.Fatal(err)
		}
		program.Describe(spec)
		byStatus, _ := spec.Components.Schemas["Problem"].Value.Extensions["x-codes"].(map[string][]trace.Code)
		for status, codes := range byStatus {
			for _, code := range codes {
				if at[code] != "" && at[code] != status {
					t.Errorf("%s is answered with %s and %s", code, status, at[code])
				}
				at[code] = status
			}
		}
	}
	if at[trace.BatchUnknown] != "404" || at[problem.CreatorKeyUnknown] != "401" {
		t.Errorf("%v", at)
	}
}

// Every code that a program declares is declared once, and has its row in the table.
func TestCodesAreDeclaredOnce(t *testing.T) {
	declared := map[trace.Code]string{}
	for _, folder := range []string{"../chaincode/trace", "../gateway", "../verifier/program", "../verifier/internal"} {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			for _, code := range codesIn(t, path) {
				if declared[code] != "" {
					t.Errorf("%s is declared in %s and in %s", code, declared[code], path)
				}
				declared[code] = path
				if !problem.Gateway.Answers(code) && !problem.Verifier.Answers(code) {
					t.Errorf("%s of %s has no row", code, path)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, program := range documents {
		for _, code := range program.Codes() {
			if declared[code] == "" {
				t.Errorf("%s has a row, and nobody declares it", code)
			}
		}
	}
}

// codesIn gives the constants of type trace.Code that a file declares.
func codesIn(t *testing.T, path string) (codes []trace.Code) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, is := n.(*ast.ValueSpec)
		if !is || len(spec.Values) != 1 {
			return true
		}
		literal, is := spec.Values[0].(*ast.BasicLit)
		if !is || !isCode(spec.Type) {
			return true
		}
		name, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, trace.Code(name))
		return true
	})
	return codes
}

func isCode(declared ast.Expr) bool {
	switch d := declared.(type) {
	case *ast.Ident:
		return d.Name == "Code"
	case *ast.SelectorExpr:
		return d.Sel.Name == "Code"
	}
	return false
}
