package scanmap

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"slices"
	"unicode/utf8"
)

// box is where a label is, in pixels.
type box struct{ x1, y1, x2, y2 float64 }

func (a box) meets(b box) bool { return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2 }

const (
	lineHeight = 16.0
	maxLabel   = 16 // characters of a city's name
)

// labels names the places, those with most scans first, each beside its dot
// where no other name is; a name for which there is no room is left out.
func (f frame) labels(b *bytes.Buffer, places []place) {
	order := slices.SortedStableFunc(
		slices.Values(places), func(a, b place) int { return cmp.Compare(b.count, a.count) },
	)
	var taken []box
	for _, p := range order {
		text := labelOf(p)
		x, y, r, w := f.x(p.lon), f.y(p.lat), radius(p.count)+4, widthOf(text)
		for _, at := range [][2]float64{{x + r, y + 5}, {x - r - w, y + 5}, {x - w/2, y - r - 2}, {x - w/2, y + r + 12}} {
			own := box{at[0], at[1] - 13, at[0] + w, at[1] - 13 + lineHeight}
			if own.x1 < 0 || own.x2 > width || slices.ContainsFunc(taken, own.meets) {
				continue
			}
			taken = append(taken, own)
			fmt.Fprintf(
				b,
				`<text x="%.1f" y="%.1f" fill="#1B1F23" stroke="#FBFAF7" stroke-width="3" paint-order="stroke">%s</text>`+"\n",
				at[0],
				at[1],
				html.EscapeString(text),
			)
			break
		}
	}
}

// labelOf names a place, the day it was first seen, and how often since.
func labelOf(p place) string {
	name := []rune(cmp.Or(p.city, fmt.Sprintf("%.1f, %.1f", p.lat, p.lon)))
	if len(name) > maxLabel {
		name = append(name[:maxLabel-1], '…')
	}
	text := string(name) + " " + p.first.Format("01-02")
	if p.count > 1 {
		text += fmt.Sprintf(" ×%d", p.count)
	}
	return text
}

// widthOf guesses how wide a text is at 13 px: 13 for a Chinese character, 7.5 for others.
func widthOf(s string) (w float64) {
	for _, r := range s {
		if utf8.RuneLen(r) > 2 {
			w += 13
		} else {
			w += 7.5
		}
	}
	return w
}
