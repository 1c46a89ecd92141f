package trace

import "testing"

func TestFill(t *testing.T) {
	facts := map[string]string{"one": "1", "many": "31", "none": "0", "who": "澄岩"}
	for text, want := range map[string]string{
		"":                                  "",
		"nothing to say":                    "nothing to say",
		"by {who} on {who}.":                "by 澄岩 on 澄岩.",
		"{one|time|times}":                  "1 time",
		"in {many|city|cities} far apart":   "in 31 cities far apart",
		"{none|unit was|units were} lost":   "0 units were lost",
		"{one|unit was|units were} sampled": "1 unit was sampled",
		"{unknown}, {not closed":            ", ",
	} {
		if got := Fill(text, func(name string) string { return facts[name] }); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
