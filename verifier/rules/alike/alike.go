// Package alike finds reviews that say the same in nearly the same words, the
// mark of texts that were bought or copied. It is pure and knows nothing of
// who wrote them or about what.
//
// Two texts are alike where the sets of three-character pieces of their letters
// and digits overlap by 70 % or more (Jaccard similarity). That is independent
// of language and of where words end, survives punctuation, emoji, case, width
// and a changed word in a sentence, and does not take a text for another that
// shares its topic. Texts of fewer than eight letters or digits ("很好",
// "good") are never alike: honest people say such things in the same words.
package alike

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	piece     = 3
	tooShort  = 8
	threshold = 0.7
)

// Text is a text as it is compared.
type Text map[string]struct{}

// Of prepares a text. A text that is too short to be compared has no pieces.
func Of(text string) Text {
	var letters []rune
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters = append(letters, r)
		}
	}
	if len(letters) < tooShort {
		return nil
	}
	pieces := Text{}
	for i := range len(letters) - piece + 1 {
		pieces[string(letters[i:i+piece])] = struct{}{}
	}
	return pieces
}

// Like reports whether two texts say the same in nearly the same words.
func (t Text) Like(other Text) bool {
	shared := 0
	for p := range t {
		if _, ok := other[p]; ok {
			shared++
		}
	}
	all := len(t) + len(other) - shared
	return all > 0 && float64(shared)/float64(all) >= threshold
}
