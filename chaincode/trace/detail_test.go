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
		for _, m := range regexp.MustCompile(`\{(\d+)\}`).FindAllStringSubmatch(d.Chinese, -1) {
			if n, _ := strconv.Atoi(m[1]); n < 1 || n > arguments {
				t.Errorf("%q has no argument %s", d.In, m[1])
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
		{*Errorf(NotHolder, "lines", "units %d to %d of lot %s are not all %s with %s", 0, 9, "{1}", "held", "shop"), "批号 {1} 的第 0 至 9 件并不都在 shop 手中（状态 held）"},
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
