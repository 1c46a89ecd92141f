package scanrisk

import "testing"

// Every sign of the model can be read out in both languages.
func TestSignsHaveWords(t *testing.T) {
	for _, term := range Terms {
		if words := signWords[term.Name]; words.ZhCN == "" || words.En == "" {
			t.Errorf("%s has no words", term.Name)
		}
	}
	if got := (Points{Sign: "new"}).Text(); got.En != "new" {
		t.Errorf("%+v", got)
	}
}
