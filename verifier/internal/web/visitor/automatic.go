package visitor

import (
	"net/http"
	"regexp"
	"strings"
)

// program matches the names that crawlers, link previews and browsers without a
// person give themselves. Apps that people look through (MicroMessenger, Weibo,
// FBAN, Line) are not among them; Cubot is a make of phones.
var program = regexp.MustCompile(
	`(?i)(?:^|[^u])bot\b|[^u]bot[/_;-]|spider|crawl|slurp|preview|headless|lighthouse|phantomjs|` +
		`facebookexternalhit|facebookcatalog|meta-externalagent|^whatsapp/|slack-imgproxy|embedly|iframely|vkshare|pinterest/0|` +
		`google-inspectiontool|googleother|google-read-aloud|mediapartners|apis-google|feedfetcher|^scrapy`,
)

// IsProgram reports whether who asks says itself that it is no person. What
// lies about itself is held to the nonce and the limits like everybody.
func IsProgram(r *http.Request) bool { return program.MatchString(r.UserAgent()) }

// IsAhead reports whether a browser fetches a page before anybody asked to see
// it. The page may be shown later, and then confirms its scan like any other.
func IsAhead(r *http.Request) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		purpose := strings.ToLower(r.Header.Get(name))
		if strings.Contains(purpose, "prefetch") || strings.Contains(purpose, "prerender") ||
			strings.Contains(purpose, "preview") {
			return true
		}
	}
	return false
}
