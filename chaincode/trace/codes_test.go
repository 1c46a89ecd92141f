package trace

import (
	"os"
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
