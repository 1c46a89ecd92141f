package labels

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is text that has been given a size, in millimetres.
type line struct {
	runs []run
	size float64
	tail bool // the last characters of a unit's serial follow
}

func (l line) width() float64 { return widthOf(l.runs) * l.size }

// longestText bounds what is laid out; no label has room for more.
const longestText = 300

// fit sets text within a width in at most so many lines. It makes the text smaller, down to a part of its size, before it
// cuts it off with an ellipsis. Text without anything to print gives no lines.
func fit(latin *face, text string, size, smallest, width float64, maxLines int) []line {
	lines, _ := fitWhole(latin, text, size, smallest, width, maxLines)
	return lines
}

// fitWhole is fit, and tells whether the whole text is in the lines.
func fitWhole(latin *face, text string, size, smallest, width float64, maxLines int) ([]line, bool) {
	words := split(text)
	if len(words) == 0 {
		return nil, true
	}
	for {
		lines, whole := wrap(latin, words, width/size, maxLines)
		if whole || size <= smallest {
			return sized(latin, lines, size), whole
		}
		size = max(size*0.96, smallest)
	}
}

func sized(latin *face, texts []string, size float64) []line {
	lines := make([]line, len(texts))
	for i, text := range texts {
		lines[i] = line{runs: set(latin, text), size: size}
	}
	return lines
}

// wrap breaks words into lines of so many ems. It tells whether the whole text is in them; if not, an ellipsis is.
func wrap(latin *face, words []string, width float64, maxLines int) (lines []string, whole bool) {
	current, whole := "", true
	for i, word := range words {
		if current == "" || ems(latin, current+word) <= width {
			current += word
			continue
		}
		if len(lines) == maxLines-1 {
			current += strings.Join(words[i:], "")
			break
		}
		lines, current = append(lines, current), word
	}
	lines = append(lines, current)
	for i, text := range lines {
		if ems(latin, text) > width {
			lines[i], whole = ellipsis(latin, text, width), false
		}
	}
	return lines, whole
}

// ems is the width of a text without the space at its end.
func ems(latin *face, text string) float64 { return widthOf(set(latin, strings.TrimRight(text, " "))) }

// ellipsis cuts text until it fits with an ellipsis behind it.
func ellipsis(latin *face, text string, width float64) string {
	for text != "" && ems(latin, text+"…") > width {
		_, n := utf8.DecodeLastRuneInString(text)
		text = strings.TrimRight(text[:len(text)-n], " ")
	}
	return text + "…"
}

// split cuts text where a line may end: after a space, a hyphen or a dot, and around an ideograph. Punctuation that
// closes stays with what is before it, and punctuation that opens with what follows (GB/T 15834).
func split(text string) []string {
	var words []string
	breakable := true
	for i, r := range []rune(strings.TrimSpace(strings.Map(printable, text))) {
		if i == longestText {
			break
		}
		if breakable && !strings.ContainsRune("，。、；：！？）》」』”’,.;:!?)]}% …", r) || isIdeograph(r) && !endsOpen(words) {
			words = append(words, "")
		}
		if len(words) == 0 {
			words = []string{""}
		}
		words[len(words)-1] += string(r)
		breakable = r == ' ' || r == '.' || r == '-' || isIdeograph(r) || strings.ContainsRune("，。、；：！？）》」』", r)
	}
	return words
}

func isIdeograph(r rune) bool { return unicode.Is(unicode.Han, r) }

func endsOpen(words []string) bool {
	if len(words) == 0 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(words[len(words)-1])
	return strings.ContainsRune("（《「『“‘([{", last)
}
