package photo

import (
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/wording/wordingtest"
)

// Whoever refuses does so by a sentence that there is, about the facts that it quotes.
func TestEveryRefusalIsASentence(t *testing.T) { wordingtest.Refusals(t, texts, "refuse", ".") }
