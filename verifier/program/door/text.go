package door

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// IsText reports whether something is text: UTF-8 without NUL, which no database
// keeps as text.
func IsText(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

var plainName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,39}$`)

// IsPlainName reports whether a parameter's name can be given back in an answer.
func IsPlainName(name string) bool { return plainName.MatchString(name) }

// NotText names what of a request's query or headers of ours is no text, "" where
// all is. What has no plain name is "query".
func NotText(r *http.Request) string {
	if !IsText(r.Header.Get("Idempotency-Key")) {
		return "Idempotency-Key"
	}
	for pair := range strings.SplitSeq(r.URL.RawQuery, "&") {
		name, value, _ := strings.Cut(pair, "=")
		plain, wrongName := url.QueryUnescape(name)
		text, wrong := url.QueryUnescape(value)
		switch {
		case wrongName == nil && !IsText(plain):
			return "query"
		case wrong == nil && !IsText(text) && IsPlainName(plain):
			return plain
		case wrong == nil && !IsText(text):
			return "query"
		}
	}
	return ""
}
