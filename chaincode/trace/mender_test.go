package trace

import "testing"

// TestEveryRefusalNamesWhoMendsIt, in both languages, and the table names no code that is gone.
func TestEveryRefusalNamesWhoMendsIt(t *testing.T) {
	for code := range titles {
		if text := code.Mender().Text(); text.ZhCN == "" || text.En == "" {
			t.Errorf("%s: %q has no words", code, code.Mender())
		}
	}
	for code := range menders {
		if !code.Known() {
			t.Errorf("%s is no code", code)
		}
	}
}
