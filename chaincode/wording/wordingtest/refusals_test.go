package wordingtest

import (
	"go/ast"
	"go/parser"
	"slices"
	"testing"
)

func TestFacts(t *testing.T) {
	for call, want := range map[string][]string{
		`refuse()`: nil, `refuse("b", 1, "a", x)`: {"a", "b"}, `refuse("a")`: {"?"}, `refuse(a, 1)`: {"?"}, `refuse("a", 1, "a", 2)`: {"a", "a"},
	} {
		e, err := parser.ParseExpr(call)
		if err != nil {
			t.Fatal(err)
		}
		if got := facts(e.(*ast.CallExpr).Args); !slices.Equal(got, want) {
			t.Errorf("%s: %q", call, got)
		}
	}
}

func TestNames(t *testing.T) {
	for _, x := range []struct {
		inPackage, call, function string
		want                      bool
	}{
		{"labels", "refuse(x)", "refuse", true},
		{"labels", "page.refuse(x)", "refuse", false},
		{"page", "Refuse(x)", "page.Refuse", true},
		{"trace", "Refuse(x)", "page.Refuse", false},
		{"shop", "page.Refuse(x)", "page.Refuse", true},
		{"shop", "trace.Refuse(x)", "page.Refuse", false},
		{"shop", "a.page.Refuse(x)", "page.Refuse", false},
	} {
		e, err := parser.ParseExpr(x.call)
		if err != nil {
			t.Fatal(err)
		}
		file := &ast.File{Name: ast.NewIdent(x.inPackage)}
		if got := names(file, e.(*ast.CallExpr).Fun, x.function); got != x.want {
			t.Errorf("%s in %s calls %s: %v", x.call, x.inPackage, x.function, got)
		}
	}
}
