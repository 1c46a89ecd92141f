package wording

import "strings"

// beginnings are words that English writes small within a sentence, where a name would keep its capital.
var beginnings = []string{"This ", "On ", "Its ", "The ", "Somebody ", "Items ", "A "}

// inside lets a sentence go on after a colon.
func inside(sentence string) string {
	for _, word := range beginnings {
		if strings.HasPrefix(sentence, word) {
			return strings.ToLower(word) + sentence[len(word):]
		}
	}
	return sentence
}

// lower does so for a sentence that begins with no name.
func lower(sentence string) string {
	if sentence == "" {
		return ""
	}
	return strings.ToLower(sentence[:1]) + sentence[1:]
}
