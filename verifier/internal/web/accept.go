package web

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
)

// What GET of a unit's URI can be answered as, the preferred one first.
const (
	typeHTML    = "text/html"
	typeJSON    = "application/json"
	typeLinkset = "application/linkset+json"
)

var offered = []string{typeHTML, typeJSON, typeLinkset}

// negotiate picks the offered type that an Accept header likes best (RFC 9110
// section 12.5.1). Whoever accepts nothing of it gets the page.
func negotiate(accept string) string {
	best, bestQuality := typeHTML, 0.0
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

// The reader's languages, see wording.Choose.
const (
	chinese = wording.Chinese
	english = wording.English
)

// languageOf gives the language to answer in: the one that ?lang= asks for,
// else the one that Accept-Language likes best.
func languageOf(r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); slices.Contains(texts.Languages(), lang) {
		return lang
	}
	return texts.Choose(r.Header.Get("Accept-Language"))
}
