package trace

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// Text is something a person reads, in Simplified Chinese and in English. What somebody wrote is
// that and no more; a text of ours also knows its catalogue, which may speak further languages.
type Text struct {
	ZhCN string `json:"zh-CN"`
	En   string `json:"en"`
	said *wording.Message
}

// In gives the text in Chinese where that or nothing is asked for ("zh" or anything that begins
// with it), otherwise in the language asked for as far as our catalogue has it, else in English,
// and in the other language where one is missing.
func (t Text) In(lang string) string {
	if t.said != nil {
		return t.said.In(lang)
	}
	first, second := t.ZhCN, t.En
	if lang != "" && !strings.HasPrefix(strings.ToLower(lang), "zh") {
		first, second = second, first
	}
	if first == "" {
		return second
	}
	return first
}

// Equal compares what the texts say.
func (t Text) Equal(other Text) bool { return t.ZhCN == other.ZhCN && t.En == other.En }

// Lengths, in characters.
const (
	maxName   = 200
	maxShort  = 100
	maxReason = 1000
)

// checkText refuses control characters, invalid UTF-8 and text over max
// characters. An empty text passes.
func checkText(field, s string, max int) error {
	if !utf8.ValidString(s) {
		return Refuse(FieldInvalid, field, "no_utf8")
	}
	if n := utf8.RuneCountInString(s); n > max {
		return Refuse(FieldInvalid, field, "too_long", "n", n, "most", max)
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		return Refuse(FieldInvalid, field, "control_characters")
	}
	return nil
}

func required(field, s string, max int) error {
	if strings.TrimSpace(s) == "" {
		return Refuse(FieldInvalid, field, "missing")
	}
	return checkText(field, s, max)
}

// check requires the Chinese text and bounds both.
func (t Text) check(field string, max int) error {
	return firstError(required(field+".zh-CN", t.ZhCN, max), checkText(field+".en", t.En, max))
}

// checkBoth requires both languages, for what a shopper must be able to read.
func (t Text) checkBoth(field string, max int) error {
	return firstError(t.check(field, max), required(field+".en", t.En, max))
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
