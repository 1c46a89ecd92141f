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

func TestNameOf(t *testing.T) {
	for call, want := range map[string]string{`refuse(x)`: "refuse", `trace.Refuse(x)`: "Refuse", `journal.Refuse(x)`: "", `a.b.Refuse(x)`: ""} {
		e, err := parser.ParseExpr(call)
		if err != nil {
			t.Fatal(err)
		}
		if got := nameOf(e.(*ast.CallExpr).Fun); got != want {
			t.Errorf("%s: %q", call, got)
		}
	}
}
