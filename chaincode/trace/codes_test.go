package trace

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"unicode"
)

// TestEveryCodeHasItsTitle reads the list of constants, for Go cannot.
func TestEveryCodeHasItsTitle(t *testing.T) {
	source, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	constants := regexp.MustCompile(`(?m)Code += "([A-Z_]+)"`).FindAllSubmatch(source, -1)
	if len(constants) != len(Codes()) {
		t.Errorf("%d constants and %d titles", len(constants), len(Codes()))
	}
	for _, c := range constants {
		if code := Code(c[1]); !code.Known() {
			t.Errorf("%s has no title", code)
		}
	}
	for code, title := range Codes() {
		if title != code.Title() || title.En == "" || !regexp.MustCompile(`\p{Han}`).MatchString(title.ZhCN) {
			t.Errorf("%s: %+v", code, title)
		}
		for _, r := range title.En {
			if unicode.Is(unicode.Han, r) {
				t.Errorf("%s: Chinese in the English title %q", code, title.En)
			}
		}
	}
	if Code("GENUINE").Known() {
		t.Error("an unknown code is known")
	}
}

// TestEveryEventHasItsText: what a story tells has words.
func TestEveryEventHasItsText(t *testing.T) {
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	types := 0
	for _, name := range sources {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range regexp.MustCompile(`(?m)^\t?(?:const )?Event\w+ +EventType += "(\w+)"`).FindAllSubmatch(source, -1) {
			types++
			if text := EventType(c[1]).Text(); text.ZhCN == "" || text.En == "" {
				t.Errorf("%s has no text", c[1])
			}
		}
	}
	if types != len(happened) {
		t.Errorf("%d event types and %d texts", types, len(happened))
	}
}
