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
	unit func(Unit) string // what follows of each unit, in mono; nil where nothing does
}

// read puts a line's text together.
func (l line) read() (s string) {
	for _, r := range l.runs {
		s += r.text
	}
	return s
}

func (l line) width() float64 { return widthOf(l.runs) * l.size }

// longestText bounds what is laid out; no label has room for more.
const longestText = 300

// word is text within which no line ends.
type word struct {
	text  string
	width float64 // ems
	space float64 // of that, what its space at the end takes, which may hang over a line's end
}

// fit sets text within a width in at most so many lines. It makes the text smaller, down to a part
// of its size, before it cuts it off with an ellipsis. Text without anything to print gives no
// lines.
func fit(latin *face, text string, size, smallest, width float64, maxLines int) []line {
	lines, _ := fitWhole(latin, text, size, smallest, width, maxLines)
	return lines
}

// fitWhole is fit, and tells whether the whole text is in the lines.
func fitWhole(latin *face, text string, size, smallest, width float64, maxLines int) ([]line, bool) {
	words := measure(latin, split(text))
	if len(words) == 0 {
		return nil, true
	}
	for {
		lines, whole := wrap(words, width/size, maxLines)
		if whole || size <= smallest {
			return sized(latin, lines, size, width), whole
		}
		size = max(size*0.96, smallest)
	}
}

func measure(latin *face, texts []string) []word {
	words := make([]word, len(texts))
	for i, text := range texts {
		words[i] = word{text: text, width: widthOf(set(latin, text))}
		if strings.HasSuffix(text, " ") {
			words[i].space = latin.advance(' ')
		}
	}
	return words
}

// wrap breaks words into lines of so many ems. It tells whether all lines are within them; a last
// line that is not holds all the rest.
func wrap(words []word, width float64, maxLines int) (lines []string, whole bool) {
	whole = true
	var current strings.Builder
	used := 0.0
	for _, w := range words {
		over := used+w.width-w.space > width
		if over && used > 0 && len(lines) < maxLines-1 {
			lines, used = append(lines, current.String()), 0
			current.Reset()
			over = w.width-w.space > width
		}
		whole = whole && !over
		current.WriteString(w.text)
		used += w.width
	}
	return append(lines, current.String()), whole
}

// sized sets lines in a size, and cuts off those that are too wide.
func sized(latin *face, texts []string, size, width float64) []line {
	lines := make([]line, len(texts))
	for i, text := range texts {
		text = strings.TrimRight(text, " ")
		lines[i] = line{runs: set(latin, text), size: size}
		if lines[i].width() > width+1e-9 {
			lines[i].runs = set(latin, ellipsis(latin, text, width/size))
		}
	}
	return lines
}

// ellipsis cuts text to what fits with an ellipsis behind it.
func ellipsis(latin *face, text string, width float64) string {
	width -= widthOf(set(latin, "…"))
	for end, r := range text {
		if width -= widthOf(set(latin, string(r))); width < 0 {
			return strings.TrimRight(text[:end], " ") + "…"
		}
	}
	return text + "…"
}

// split cuts text where a line may end: after a space, a hyphen or a dot, and around an ideograph. Punctuation that
// closes stays with what is before it, and punctuation that opens with what follows (GB/T 15834).
func split(text string) []string {
	var words []string
	breakable := true
	for i, r := range []rune(strings.TrimSpace(clean(text))) {
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
