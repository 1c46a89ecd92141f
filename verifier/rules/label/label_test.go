package label

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

var ownInTests = []string{"trace.example.com", "localhost:8090"}

type labelCase struct {
	Text string `json:"text"`
	Label
}

func labelCases(t testing.TB) (cases []labelCase) {
	t.Helper()
	content, err := os.ReadFile("testdata/labels.json")
	if err != nil || json.Unmarshal(content, &cases) != nil {
		t.Fatal("testdata/labels.json cannot be read", err)
	}
	return cases
}

// What labels hold is judged alike here and, by the same cases, on the phone.
func TestReadLabel(t *testing.T) {
	for _, c := range labelCases(t) {
		if diff := cmp.Diff(
			c.Label, Read(c.Text, ownInTests...), cmpopts.IgnoreFields(Label{}, "Reading", "Readings"),
		); diff != "" {
			t.Errorf("%q: %s", c.Text, diff)
		}
	}
}

// Whatever a label holds, the only path it leads to is a unit's, here.
func FuzzReadLabel(f *testing.F) {
	for _, c := range labelCases(f) {
		f.Add(c.Text)
	}
	form := regexp.MustCompile(`^/01/[0-9]{14}/10/[^/?#\s]+/21/[^/?#\s]+$`)
	f.Fuzz(func(t *testing.T, text string) {
		l := Read(text, ownInTests...)
		if (l.Kind == Unit) != (l.Path != "") || (l.Kind == Wrong) != (l.Fault != "") {
			t.Fatalf("%+v", l)
		}
		if l.Kind != Unit {
			return
		}
		if _, _, _, err := gs1.ParseUnitPath(l.Path); err != nil || !form.MatchString(l.Path) {
			t.Fatalf("%q leads to %q: %v", text, l.Path, err)
		}
	})
}
