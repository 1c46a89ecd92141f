// Package wording keeps what people read apart from the programs that say it: one file a language
// and surface, and one rule of which language to answer in. It knows no surface.
package wording

import (
	"strings"

	"golang.org/x/text/language"
)

// The languages that every surface has. Chinese is for those who name none, English for those who read neither.
const (
	Chinese = "zh-CN"
	English = "en"
)

// chooser picks from languages, Chinese and English first.
type chooser struct {
	spoken  []string
	matcher language.Matcher
}

func chooserOf(further ...string) chooser {
	c := chooser{spoken: append([]string{Chinese, English}, further...)}
	tags := []language.Tag{language.SimplifiedChinese}
	for _, lang := range c.spoken[1:] {
		tags = append(tags, language.Make(lang))
	}
	c.matcher = language.NewMatcher(tags)
	return c
}

// Choose gives the language to answer in to a header Accept-Language (RFC 9110, section 12.5.4).
func (c chooser) Choose(accept string) string {
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 || strings.TrimSpace(accept) == "*" {
		return Chinese
	}
	_, index, confidence := c.matcher.Match(tags...)
	if confidence == language.No {
		return English
	}
	return c.spoken[index]
}

var both = chooserOf()

// Choose chooses from Chinese and English, where no catalogue does from what it has.
func Choose(accept string) string { return both.Choose(accept) }

// ChooseLocale does the same for a locale as POSIX writes it, such as ja_JP.UTF-8. C and POSIX name no language.
func ChooseLocale(locale string) string {
	name, _, _ := strings.Cut(locale, ".")
	if name, _, _ = strings.Cut(name, "@"); name == "C" || name == "POSIX" {
		return Chinese
	}
	return Choose(strings.ReplaceAll(name, "_", "-"))
}
