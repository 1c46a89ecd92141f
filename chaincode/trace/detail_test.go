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
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "trace/detail.go") {
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
	messages := 0
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
			if words := regexp.MustCompile(`\p{L}`); words.MatchString(verb.ReplaceAllString(format, "")) && !translated[format] {
				t.Errorf("%s: there is no Chinese for %q", file.Name, format)
			}
			messages++
			return true
		})
	}
	if messages < 400 {
		t.Errorf("only %d messages were found", messages)
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

func TestDetail(t *testing.T) {
	for _, c := range []struct {
		message Error
		chinese string
	}{
		{*Errorf(FieldInvalid, "name.zh-CN", "%d characters; at most %d", 300, 200), "有 300 个字，最多 200 个字"},
		{*Errorf(NotHolder, "lines", "units %d to %d of lot %s are not all %s with %s", 1, 10, "{1}", "held", "shop"), "批号 {1} 的第 1 至 10 件并不都是 shop 的（在库）"},
		{*Errorf(RoleMissing, "", "%s has the roles %v; this needs one of %v", "shop", []Role{RoleSeller}, []Role{RoleProducer, RoleDistributor}), "shop 的角色是卖家，这项操作需要其中之一：生产商、经销商"},
		{*Errorf(CaseConflict, "id", "%s is %s and cannot be %s", "CASE-1", CaseResolved, "answered"), "CASE-1 目前的状态是“已解决”，不能这样处理"},
		{*Errorf(ReceiverInvalid, "to", "%s cannot receive goods now (%s)", "shop", PartyLapsed), "shop 现在不能收货（" + PartyLapsed.Title().ZhCN + "）"},
		{*Errorf(AmendmentLate, "id", "the receipt of %s could be amended until %s; open a case instead", "S-1", "2026-10-02T17:30:00Z"), "货单 S-1 的签收只能在 2026-10-03 01:30 之前更改，请改为开一宗异常"},
		{*Errorf(LineOutOfRange, "lines", "lot %s has %d units; units %d to %d are not all in it", "A", 5, 5, 6), "批号 A 共 5 件，第 5 至 6 件不都在其中"},
		{*Errorf(LineOutOfRange, "from", "the batch has %d units", 5), "这一批共 5 件"},
		{*Errorf(BatchOnHold, "lot", "lot %s was put on hold by %s: %s", "A", "auditor", "复检: 批号 A"), "批号 A 已被 auditor 暂扣：复检: 批号 A"},
		{*Errorf(NotAllowed, "", "this call is for the roles %v; your account has the role %s", []Role{RolePlatform, RoleAuditor}, "seller"), "这项操作只供这些角色使用：平台、审计；您的角色是卖家"},
		{*Errorf(FieldInvalid, "brand", "missing"), "未填写"},
		{*Errorf(FieldInvalid, "brand", "missing, or so"), ""},
		{Error{Code: FieldInvalid}, ""},
	} {
		crossed, ok := ParseError(c.message.Error())
		if !ok {
			t.Fatal(c.message)
		}
		for _, e := range []*Error{&c.message, crossed} {
			if got := e.Detail(); got.ZhCN != c.chinese || got.En != e.Message {
				t.Errorf("%q is %+v", e.Message, got)
			}
		}
	}
}

// TestDetailsAreKnownAgain: a message finds its own Chinese, also where it has the form of another.
func TestDetailsAreKnownAgain(t *testing.T) {
	for _, d := range known {
		e := Error{Message: verb.ReplaceAllString(d.In, "7")}
		if got, want := e.Detail().ZhCN, place.ReplaceAllString(d.Chinese, "7"); got != want && !strings.Contains(d.Chinese, ":code}") {
			t.Errorf("%q is %q and not %q", e.Message, got, want)
		}
	}
}

// TestWordsOfTheVocabulary: what the ledger's vocabulary can put into a message has a Chinese word.
func TestWordsOfTheVocabulary(t *testing.T) {
	vocabulary := map[string][]string{
		"role": names(Roles), "party": names([]Status{StatusApplied, StatusQualified, StatusSuspended, StatusRevoked}),
		"state": names([]State{Held, InTransit, Sold, Consumed, Removed}), "condition": names([]Condition{Good, Damaged, Missing, Withheld}),
		"case": append(names([]CaseStatus{CaseOpen, CaseDisputed, CaseResolved, CaseDecided, CaseWithdrawn, CaseEscalated}),
			names([]ComplaintStatus{ComplaintOpen, ComplaintAnswered, ComplaintDecided, ComplaintAppealed, ComplaintWithdrawn, ComplaintEscalated})...),
		"cause": names(Causes), "fix": names(Fixes), "batch": names([]BatchStatus{BatchRegistered, BatchAwaitingApproval}), "outcome": names(decidable), "risk": {"low", "medium", "high"},
	}
	for kind, all := range vocabulary {
		for _, name := range all {
			if kinds[kind](name) == name {
				t.Errorf("the %s %s has no Chinese word", kind, name)
			}
		}
	}
}

func names[S ~string](all []S) []string {
	names := make([]string, len(all))
	for i, name := range all {
		names[i] = string(name)
	}
	return names
}
