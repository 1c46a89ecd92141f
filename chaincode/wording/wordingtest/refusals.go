// Package wordingtest holds programs against their catalogues, for tests.
package wordingtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Refusals holds every call of a function such as refuse(code, field, "key", "fact", value, …) in
// the Go files under some folders against the section "why" of a catalogue: the key is one of its
// texts, the facts are those that the text quotes, and every text is said by somebody. A function that
// packages call which are not its own has the name of its package before it, "trace.Refuse".
func Refusals(t *testing.T, texts *wording.Catalogue, function string, folders ...string) {
	t.Helper()
	said := map[string]bool{}
	for _, folder := range folders {
		calls(t, folder, function, func(at token.Position, arguments []ast.Expr) {
			key, ok := literal(arguments[2])
			if !ok {
				t.Errorf("%s: the key is not written out, so that nothing holds it against the catalogue", at)
				return
			}
			said[key] = true
			quoted, known := texts.Facts("why." + key)
			if named := facts(arguments[3:]); !known || !slices.Equal(named, quoted) {
				t.Errorf("%s: %s is said of %q; the catalogue quotes %q (a text: %v)", at, key, named, quoted, known)
			}
		})
	}
	for _, key := range texts.Under("why") {
		if !said[strings.TrimPrefix(key, "why.")] {
			t.Errorf("nobody says %s", key)
		}
	}
}

// calls finds those of a function outside of tests.
func calls(t *testing.T, folder, function string, found func(token.Position, []ast.Expr)) {
	files := token.NewFileSet()
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && names(file, call.Fun, function) && len(call.Args) > 2 &&
				call.Ellipsis == token.NoPos {
				found(files.Position(call.Pos()), call.Args)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// names tells whether what a file calls is the function, which may stand there without its package's name where
// the file is of that package.
func names(file *ast.File, called ast.Expr, function string) bool {
	of, name, qualified := strings.Cut(function, ".")
	if !qualified {
		of, name = "", function
	}
	switch f := called.(type) {
	case *ast.Ident:
		return f.Name == name && (!qualified || file.Name.Name == of)
	case *ast.SelectorExpr:
		in, ok := f.X.(*ast.Ident)
		return ok && qualified && in.Name == of && f.Sel.Name == name
	}
	return false
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}

// facts gives the names of names and values in turn, in the alphabet's order; a value without its name shows as "?".
func facts(arguments []ast.Expr) []string {
	var found []string
	for i := 0; i < len(arguments); i += 2 {
		name, ok := literal(arguments[i])
		if !ok || i+1 == len(arguments) {
			name = "?"
		}
		found = append(found, name)
	}
	slices.Sort(found)
	return found
}
