// Package wording keeps what people read apart from the programs that say it: one file a language and surface, and one rule of which language to
// answer in. It knows no surface.
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

var (
	spoken  = []string{Chinese, English}
	matcher = language.NewMatcher([]language.Tag{language.SimplifiedChinese, language.English})
)

// Choose gives the language to answer in to a header Accept-Language (RFC 9110, section 12.5.4).
func Choose(accept string) string {
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 || strings.TrimSpace(accept) == "*" {
		return Chinese
	}
	_, index, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return English
	}
	return spoken[index]
}

// ChooseLocale does the same for a locale as POSIX writes it, such as ja_JP.UTF-8. C and POSIX name no language.
func ChooseLocale(locale string) string {
	name, _, _ := strings.Cut(locale, ".")
	if name, _, _ = strings.Cut(name, "@"); name == "C" || name == "POSIX" {
		return Chinese
	}
	return Choose(strings.ReplaceAll(name, "_", "-"))
}
