// Package content is what merchants and creators say about goods: a product's
// story, pictures and links, creators' endorsements, and badges that a shop puts
// on its own pages. It holds the rules that each must satisfy on its own.
//
// Everything in it is somebody's claim, and none of it touches a verdict. It
// knows nothing of SQL or HTTP, and never opens an address that it is given.
package content

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Bounds of a presentation: of texts in characters, of lists in entries.
const (
	MaxPictures = 6
	MaxVideos   = 4
	MaxBuy      = 5
	maxStory    = 2000
	maxLabel    = 60
	maxAlt      = 120
)

// Presentation is how a brand presents one product. Story is plain text, its
// paragraphs divided by empty lines; where it is written at all it is written in
// Chinese. Draft keeps a saved version from being shown.
type Presentation struct {
	Story    trace.Text `json:"story"`
	Pictures []Picture  `json:"pictures"`
	Videos   []Video    `json:"videos"`
	Buy      []BuyLink  `json:"buy"`
	Draft    bool       `json:"draft,omitempty"`
	// After, in a request, is the newest version that its author has seen, 0 for
	// whichever there is.
	After int `json:"after,omitempty"`
}

// Picture is a picture that the brand has uploaded: the SHA-256 of its file in
// hex, and what it shows, for those who do not see it.
type Picture struct {
	ID  string     `json:"id"`
	Alt trace.Text `json:"alt"`
}

// Video leads to a video, or to a live stream that starts at StartsAt.
type Video struct {
	Title    trace.Text `json:"title"`
	URL      string     `json:"url"`
	Live     bool       `json:"live,omitempty"`
	StartsAt time.Time  `json:"startsAt,omitzero"`
}

// BuyLink leads to where the product is sold. Seller is the party that sells
// there: the brand itself where it is empty.
type BuyLink struct {
	Seller string     `json:"seller,omitempty"`
	Label  trace.Text `json:"label"`
	URL    string     `json:"url"`
}

// Clean checks a presentation and gives it as it is kept: texts without what
// surrounds them, addresses in the one form that a browser would open.
func (p Presentation) Clean() (Presentation, error) {
	var err error
	if p.Story, err = paragraphs("story", p.Story, maxStory); err != nil {
		return p, err
	}
	for _, list := range []struct {
		name  string
		n, to int
	}{{"pictures", len(p.Pictures), MaxPictures}, {"videos", len(p.Videos), MaxVideos}, {"buy", len(p.Buy), MaxBuy}} {
		if list.n > list.to {
			return p, trace.Refuse(trace.FieldInvalid, list.name, "too_many", "n", list.n, "most", list.to)
		}
	}
	if p.Pictures, err = each(p.Pictures, cleanPicture); err != nil {
		return p, err
	}
	if p.Videos, err = each(p.Videos, cleanVideo); err != nil {
		return p, err
	}
	p.Buy, err = CleanBuy(p.Buy)
	return p, err
}

// CleanBuy does for links on their own what Clean does for a whole presentation.
func CleanBuy(links []BuyLink) ([]BuyLink, error) {
	if len(links) > MaxBuy {
		return nil, trace.Refuse(trace.FieldInvalid, "buy", "too_many", "n", len(links), "most", MaxBuy)
	}
	return each(links, cleanBuy)
}

// each gives every entry of a list as it is kept, and an empty list for none.
func each[T any](list []T, clean func(i int, v T) (T, error)) ([]T, error) {
	kept := make([]T, len(list))
	for i, v := range list {
		var err error
		if kept[i], err = clean(i, v); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

func cleanPicture(i int, p Picture) (Picture, error) {
	if !IsPictureID(p.ID) {
		return p, refuse(trace.FieldInvalid, fmt.Sprintf("pictures[%d].id", i), "picture")
	}
	var err error
	p.Alt, err = line(fmt.Sprintf("pictures[%d].alt", i), p.Alt, maxAlt)
	return p, err
}

func cleanVideo(i int, v Video) (Video, error) {
	at, err := fmt.Sprintf("videos[%d]", i), error(nil)
	if v.Title, err = line(at+".title", v.Title, maxLabel); err != nil {
		return v, err
	}
	if !v.Live && !v.StartsAt.IsZero() {
		return v, refuse(trace.FieldInvalid, at+".startsAt", "live")
	}
	v.StartsAt = v.StartsAt.UTC()
	v.URL, err = Link(at+".url", v.URL)
	return v, err
}

func cleanBuy(i int, b BuyLink) (BuyLink, error) {
	at, err := fmt.Sprintf("buy[%d]", i), error(nil)
	if b.Label, err = line(at+".label", b.Label, maxLabel); err != nil {
		return b, err
	}
	b.URL, err = Link(at+".url", b.URL)
	return b, err
}

// IsPictureID reports whether a text can name a picture.
func IsPictureID(id string) bool {
	return len(id) == 64 && strings.Trim(id, "0123456789abcdef") == ""
}

// line checks a text of one line, which needs its Chinese.
func line(field string, t trace.Text, max int) (trace.Text, error) {
	if strings.TrimSpace(t.ZhCN) == "" {
		return t, trace.Refuse(trace.FieldInvalid, field+".zh-CN", "missing")
	}
	if strings.ContainsAny(t.ZhCN+t.En, "\n\t") {
		return t, refuse(trace.FieldInvalid, field, "one_line")
	}
	return paragraphs(field, t, max)
}

// paragraphs checks a text in both languages. English needs its Chinese.
func paragraphs(field string, t trace.Text, max int) (trace.Text, error) {
	var err error
	if t.ZhCN, err = plain(field+".zh-CN", t.ZhCN, max); err != nil {
		return t, err
	}
	if t.En, err = plain(field+".en", t.En, max); err != nil {
		return t, err
	}
	if t.ZhCN == "" && t.En != "" {
		return t, refuse(trace.FieldInvalid, field+".zh-CN", "chinese_first")
	}
	return t, nil
}

// plain gives a text without what surrounds it. Characters that steer how the
// text around them is shown are refused: they can make it read as another.
func plain(field, s string, max int) (string, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	if !utf8.ValidString(s) || strings.ContainsFunc(s, steering) {
		return "", refuse(trace.FieldInvalid, field, "plain")
	}
	if n := utf8.RuneCountInString(s); n > max {
		return "", trace.Refuse(trace.FieldInvalid, field, "too_long", "n", n, "most", max)
	}
	return s, nil
}

// steering characters are controls and the marks that turn the direction of
// writing (Unicode UAX #9, explicit formatting).
func steering(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff'
}
