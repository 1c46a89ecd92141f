package trace

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestDetailsAreWhatIsSaid: each form is somewhere in the source as it stands
// here, so that no translation is left behind when a message changes.
func TestDetailsAreWhatIsSaid(t *testing.T) {
	var source strings.Builder
	for _, folder := range []string{"../../chaincode", "../../gateway", "../../verifier"} {
		err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "trace/detail.go") {
				return err
			}
			content, err := os.ReadFile(path)
			source.Write(content)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range details {
		if !strings.Contains(source.String(), strconv.Quote(d.In)) && !strings.Contains(source.String(), "`"+d.In+"`") {
			t.Errorf("nobody says %q", d.In)
		}
	}
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
		"cause": names(Causes), "fix": names(Fixes), "batch": names([]BatchStatus{BatchRegistered, BatchAwaitingApproval}), "outcome": names(decidable),
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
