// Package scanmap draws where the code of one unit was scanned, and in which
// order, as an SVG that stands by itself: no tiles, no fonts, no scripts, and
// nothing asked of anybody. It knows points and names of cities, and nothing of
// units, devices or HTTP.
package scanmap

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
	"time"
)

// Scan is one scan in a city. Where the point is not known both coordinates are 0.
type Scan struct {
	At       time.Time
	City     string
	Lat, Lon float64 // degrees
}

// The picture's size and margins, in pixels.
const (
	width, height = 720.0, 520.0
	margin        = 48.0
	top           = 64.0
)

// Draw gives the picture, with a heading over it. Scans of one place are one
// dot with their number; a line leads from each scan to the next one elsewhere.
func Draw(heading string, scans []Scan) []byte {
	scans = slices.SortedStableFunc(slices.Values(scans), func(a, b Scan) int { return a.At.Compare(b.At) })
	places, way, nowhere := gather(scans)
	f := frameOf(places)
	var b bytes.Buffer
	fmt.Fprintf(
		&b,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" role="img" aria-label="%s" font-family="PingFang SC, HarmonyOS Sans, Noto Sans CJK SC, Microsoft YaHei, system-ui, sans-serif" font-size="13">`+"\n",
		width,
		height,
		html.EscapeString(heading),
	)
	fmt.Fprintf(&b, `<rect width="%g" height="%g" fill="#FBFAF7"/>`+"\n", width, height)
	fmt.Fprintf(
		&b,
		`<text x="%g" y="32" font-size="16" font-weight="600" fill="#1B1F23">%s</text>`+"\n",
		margin/2,
		html.EscapeString(heading),
	)
	f.grid(&b)
	for i := 1; i < len(way); i++ {
		f.line(&b, places[way[i-1]], places[way[i]])
	}
	f.dots(&b, places)
	f.labels(&b, places)
	if len(nowhere) > 0 {
		fmt.Fprintf(
			&b,
			`<text x="%g" y="%g" fill="#5F6B76">%s</text>`+"\n",
			margin/2,
			height-14,
			html.EscapeString("未标出 not on the map: "+strings.Join(nowhere, "、")),
		)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// place is a city on the map, with its scans.
type place struct {
	city     string
	lat, lon float64
	first    time.Time
	count    int
}

// gather joins scans by place. way is the places in the order of the scans,
// nowhere the cities whose points are not known.
func gather(scans []Scan) (places []place, way []int, nowhere []string) {
	unplaced := map[string]int{}
	for _, s := range scans {
		if s.Lat == 0 && s.Lon == 0 {
			unplaced[cmp.Or(s.City, "?")]++
			continue
		}
		i := slices.IndexFunc(
			places, func(p place) bool { return p.city == s.City && p.lat == s.Lat && p.lon == s.Lon },
		)
		if i < 0 {
			i = len(places)
			places = append(places, place{city: s.City, lat: s.Lat, lon: s.Lon, first: s.At})
		}
		places[i].count++
		if n := len(way); n == 0 || way[n-1] != i {
			way = append(way, i)
		}
	}
	for city, n := range unplaced {
		nowhere = append(nowhere, fmt.Sprintf("%s ×%d", city, n))
	}
	slices.Sort(nowhere)
	return places, way, nowhere
}

// frame is the part of the globe in the picture: an equirectangular map, true
// to scale at its middle latitude.
type frame struct {
	west, north float64 // degrees at the edges of the drawing
	scale       float64 // pixels for a degree of latitude
	squeeze     float64 // of a degree of longitude, as against one of latitude
	east, south float64
}

// leastSpan keeps one city from filling the picture, in degrees.
const leastSpan = 6.0

func frameOf(places []place) frame {
	west, east, south, north := 100.0, 110.0, 30.0, 36.0
	for i, p := range places {
		if i == 0 {
			west, east, south, north = p.lon, p.lon, p.lat, p.lat
		}
		west, east, south, north = min(west, p.lon), max(east, p.lon), min(south, p.lat), max(north, p.lat)
	}
	squeeze := max(math.Cos((south+north)/2*math.Pi/180), 0.2)
	spanLat, spanLon := max(north-south, leastSpan)*1.15, max(east-west, leastSpan)*1.15
	scale := min((height-top-margin)/spanLat, (width-2*margin)/(spanLon*squeeze))
	f := frame{scale: scale, squeeze: squeeze}
	halfLat, halfLon := (height-top-margin)/scale/2, (width-2*margin)/scale/squeeze/2
	f.north, f.south = (south+north)/2+halfLat, (south+north)/2-halfLat
	f.west, f.east = (west+east)/2-halfLon, (west+east)/2+halfLon
	return f
}

func (f frame) x(lon float64) float64 { return margin + (lon-f.west)*f.scale*f.squeeze }
func (f frame) y(lat float64) float64 { return top + (f.north-lat)*f.scale }

// grid draws the meridians and parallels with their degrees.
func (f frame) grid(b *bytes.Buffer) {
	right, bottom := width-margin, height-margin
	fmt.Fprintf(b, `<g stroke="#D9D6CE" fill="#5F6B76" font-size="11">`+"\n")
	lines := func(from, to float64, draw func(v float64)) {
		step := niceStep(to - from)
		for v := math.Ceil(from/step) * step; v <= to; v += step {
			draw(v)
		}
	}
	lines(f.west, f.east, func(lon float64) {
		fmt.Fprintf(
			b,
			`<line x1="%.1f" y1="%g" x2="%.1f" y2="%g"/><text x="%.1f" y="%g" text-anchor="middle" stroke="none">%s</text>`+"\n",
			f.x(lon),
			top,
			f.x(lon),
			bottom,
			f.x(lon),
			bottom+14,
			angle(lon, "E", "W"),
		)
	})
	lines(f.south, f.north, func(lat float64) {
		fmt.Fprintf(
			b,
			`<line x1="%g" y1="%.1f" x2="%g" y2="%.1f"/><text x="%g" y="%.1f" text-anchor="end" stroke="none">%s</text>`+"\n",
			margin,
			f.y(lat),
			right,
			f.y(lat),
			margin-4,
			f.y(lat)+4,
			angle(lat, "N", "S"),
		)
	})
	b.WriteString("</g>\n")
}

// niceStep gives a round number of degrees, four to eight of which fill the span.
func niceStep(span float64) float64 {
	for _, step := range []float64{1, 2, 5, 10, 20} {
		if span/step <= 8 {
			return step
		}
	}
	return 60
}

func angle(v float64, plus, minus string) string {
	switch {
	case v == 0:
		return "0°"
	case v < 0:
		return fmt.Sprintf("%g°%s", -v, minus)
	}
	return fmt.Sprintf("%g°%s", v, plus)
}

func (f frame) line(b *bytes.Buffer, from, to place) {
	fmt.Fprintf(
		b,
		`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#A86400" stroke-opacity="0.5" stroke-width="1.5"/>`+"\n",
		f.x(from.lon),
		f.y(from.lat),
		f.x(to.lon),
		f.y(to.lat),
	)
}

// radius grows with the number of scans, and not for ever.
func radius(count int) float64 { return min(4+2*math.Log2(float64(count)), 14) }

func (f frame) dots(b *bytes.Buffer, places []place) {
	for _, p := range places {
		fmt.Fprintf(
			b,
			`<circle cx="%.1f" cy="%.1f" r="%.1f" fill="#A86400" stroke="#FBFAF7" stroke-width="1.5"/>`+"\n",
			f.x(p.lon),
			f.y(p.lat),
			radius(p.count),
		)
	}
}
