package page_test

import (
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/wording/wordingtest"
	_ "github.com/touchstone-trace/touchstone/verifier/internal/web" // whose rooms say the texts that several of them have
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
)

// Every text of the catalogue is one that a page says. One that it lacks stops the program before any test runs.
func TestNoTextIsUnused(t *testing.T) {
	if unused := page.Texts.Unused(); len(unused) > 0 {
		t.Errorf("nobody says %q", unused)
	}
}

// Whatever the rooms refuse is a sentence that there is in every language, about the facts that it quotes.
func TestEveryRefusalIsASentence(t *testing.T) {
	wordingtest.Refusals(t, page.Texts, "page.Refuse", "..")
}
