package imports

import (
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/wording/wordingtest"
)

// Whoever refuses does so by a sentence that there is, about the facts that it quotes.
func TestEveryRefusalIsASentence(t *testing.T) { wordingtest.Refusals(t, texts, "refuse", ".") }

// Every text of the catalogue is one that the program says. One that it lacks stops the program before any test runs.
func TestNoTextIsUnused(t *testing.T) {
	if unused := texts.Unused(); len(unused) > 0 {
		t.Errorf("nobody says %q", unused)
	}
}
