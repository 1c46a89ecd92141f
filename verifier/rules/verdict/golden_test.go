package verdict

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// golden compares with a file of testdata; TOUCHSTONE_UPDATE=1 writes it anew.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("TOUCHSTONE_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}

// The public answers, whole: a unit on sale of which everything is known, a recalled one, and a forged code.
func TestAnswers(t *testing.T) {
	recalled := genuine()
	recalled.Records.Recalls = append(recalled.Records.Recalls, recall("II", day(20)))
	whole := genuine()
	inspected(true)(&whole)
	qualified(&whole)
	complained(complaint(7, trace.ComplaintDecided, trace.FoundGenuine))(&whole)
	for name, e := range map[string]Evidence{"genuine": whole, "recalled": recalled, "not_issued": {Now: now, Code: CodeNotIssued}} {
		b, err := json.MarshalIndent(Judge(e), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name+".json", string(b)+"\n")
	}
}

// Every text as a shopper reads it, to be read over by people of both languages.
func TestTexts(t *testing.T) {
	var b strings.Builder
	write := func(name string, e Evidence) {
		a := Judge(e)
		fmt.Fprintf(&b, "## %s: %s\n", name, a.Verdict)
		fmt.Fprintf(&b, "%s\n    %s\n", a.Headline.ZhCN, a.Message.Means.ZhCN)
		fmt.Fprintf(&b, "%s\n    %s\n\n", a.Headline.En, a.Message.Means.En)
	}
	write("first to ask", genuine())
	seen := genuine()
	seen.Records.Scans = Scans{Count: 2, First: day(10), Last: day(12)}
	write("asked before", seen)
	seen.Records.Scans.LastPlace = "杭州"
	write("asked before in a known city", seen)
	for _, c := range cases {
		e := genuine()
		c.given(&e)
		write(string(c.reason), e)
	}
	golden(t, "texts.md", b.String())
}
