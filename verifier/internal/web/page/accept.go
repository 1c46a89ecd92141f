package page

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// What GET of a unit's URI can be answered as, the preferred one first.
const (
	TypeHTML    = "text/html"
	TypeJSON    = "application/json"
	TypeLinkset = "application/linkset+json"
)

var offered = []string{TypeHTML, TypeJSON, TypeLinkset}

// Negotiate picks the offered type that an Accept header likes best (RFC 9110
// section 12.5.1). Whoever accepts nothing of it gets the page.
func Negotiate(accept string) string {
	best, bestQuality := TypeHTML, 0.0
	for _, offer := range offered {
		if q := quality(accept, offer); q > bestQuality {
			best, bestQuality = offer, q
		}
	}
	return best
}

// quality is the weight of a type in an Accept header: that of the most
// specific range that covers it.
func quality(accept, offer string) float64 {
	q, specific := 0.0, -1
	for _, item := range strings.Split(accept, ",") {
		mediaRange, params, err := mime.ParseMediaType(item)
		if err != nil {
			continue
		}
		s := specificity(mediaRange, offer)
		if s > specific {
			q, specific = weight(params["q"]), s
		}
	}
	return q
}

// specificity says how exactly a media range names the offer; -1 means not at all.
func specificity(mediaRange, offer string) int {
	kind, _, _ := strings.Cut(offer, "/")
	switch mediaRange {
	case offer:
		return 2
	case kind + "/*":
		return 1
	case "*/*":
		return 0
	}
	return -1
}

func weight(q string) float64 {
	if q == "" {
		return 1
	}
	w, err := strconv.ParseFloat(q, 64)
	if err != nil || w < 0 || w > 1 {
		return 0
	}
	return w
}

// LanguageOf gives the language to answer in: the one that ?lang= asks for,
// else the one that Accept-Language likes best.
func LanguageOf(r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); IsLanguage(lang) {
		return lang
	}
	return texts.Choose(r.Header.Get("Accept-Language"))
}

// IsLanguage reports whether pages are spoken in it.
func IsLanguage(lang string) bool { return slices.Contains(texts.Languages(), lang) }

// WantsPage tells a browser's form from a program.
func WantsPage(c echo.Context) bool {
	accept := c.Request().Header.Get("Accept")
	return strings.Contains(accept, TypeHTML) && Negotiate(accept) == TypeHTML
}

// WantsJSON tells a program from a reader, where a page is the other answer.
func WantsJSON(c echo.Context) bool {
	return Negotiate(c.Request().Header.Get("Accept")) == TypeJSON
}
