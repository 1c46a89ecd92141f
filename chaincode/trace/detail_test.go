package trace

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// sources parses the programs that refuse things.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	var all []*ast.File
	for _, folder := range []string{"../../chaincode", "../../gateway", "../../verifier"} {
		err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
				strings.HasSuffix(path, "trace/detail.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			all = append(all, file)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// TestDetailsAreWhatIsSaid: each form is somewhere in the source as it stands
// here, so that no translation is left behind when a message changes.
func TestDetailsAreWhatIsSaid(t *testing.T) {
	said := map[string]bool{}
	for _, file := range sources(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := literal(n); ok {
				said[text] = true
			}
			return true
		})
	}
	for _, d := range details {
		if !said[d.In] {
			t.Errorf("nobody says %q", d.In)
		}
	}
}

// TestWhatIsSaidHasDetails: each message that a refusal is made with is there in Chinese, but for
// formats that only carry what somebody else says.
func TestWhatIsSaidHasDetails(t *testing.T) {
	translated := map[string]bool{}
	for _, d := range known {
		translated[d.In] = true
	}
	for _, file := range sources(t) {
		named := constants(file)
		ast.Inspect(file, func(n ast.Node) bool {
			call, is := n.(*ast.CallExpr)
			if !is || len(call.Args) < 3 || !refuses(call.Fun) {
				return true
			}
			format, ok := literal(call.Args[2])
			if name, is := call.Args[2].(*ast.Ident); is {
				format, ok = named[name.Name]
			}
			if !ok {
				t.Errorf("%s: the message of a refusal is not written where it is made", file.Name)
			}
			if words := regexp.MustCompile(
				`\p{L}`,
			); words.MatchString(verb.ReplaceAllString(format, "")) &&
				!translated[format] {
				t.Errorf("%s: there is no Chinese for %q", file.Name, format)
			}
			return true
		})
	}
}

// refuses tells Errorf of this package from others. What the verifier alone says, by problem.New, is in English still.
func refuses(f ast.Expr) bool {
	switch f := f.(type) {
	case *ast.Ident:
		return f.Name == "Errorf"
	case *ast.SelectorExpr:
		from, is := f.X.(*ast.Ident)
		return is && from.Name == "trace" && f.Sel.Name == "Errorf"
	}
	return false
}

// constants are those of a file that are a string.
func constants(file *ast.File) map[string]string {
	all := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, is := n.(*ast.ValueSpec); is && len(spec.Values) == 1 {
			if text, ok := literal(spec.Values[0]); ok {
				all[spec.Names[0].Name] = text
			}
		}
		return true
	})
	return all
}

// literal gives the text of a string.
func literal(n ast.Node) (string, bool) {
	value, is := n.(*ast.BasicLit)
	if !is || value.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(value.Value)
	return text, err == nil
}

func TestDetailsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range known {
		arguments := len(verb.FindAllString(d.In, -1))
		for _, m := range regexp.MustCompile(`\{([^:}]*):?([^}]*)\}`).FindAllStringSubmatch(d.Chinese, -1) {
			if n, _ := strconv.Atoi(m[1]); n < 1 || n > arguments {
				t.Errorf("%q has no argument %s", d.In, m[1])
			}
			if m[2] != "" && kinds[m[2]] == nil {
				t.Errorf("%q: there are no words for a %s", d.In, m[2])
			}
		}
		if seen[d.In] || !regexp.MustCompile(`\p{Han}`).MatchString(d.Chinese) {
			t.Errorf("%+v", d)
		}
		seen[d.In] = true
	}
}

// TestDetailsAreKnownAgain: a message finds its own Chinese, also where it has the form of another.
func TestDetailsAreKnownAgain(t *testing.T) {
	for _, d := range known {
		e := Error{Message: verb.ReplaceAllString(d.In, "7")}
		if got, want := e.Detail().ZhCN, place.ReplaceAllString(d.Chinese, "7"); got != want &&
			!strings.Contains(d.Chinese, ":code}") {
			t.Errorf("%q is %q and not %q", e.Message, got, want)
		}
	}
}
