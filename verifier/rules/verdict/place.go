package verdict

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxCity bounds a city's name, in characters.
const maxCity = 40

// CityName takes a city's name that somebody else gives, or nothing where it is
// not a name.
func CityName(s string) string {
	s = strings.TrimSpace(s)
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > maxCity || strings.ContainsFunc(s, unicode.IsControl) {
		return ""
	}
	return s
}

// PointAt rounds a point in degrees to a tenth, which is what a city's name says anyway.
func PointAt(lat, lon float64) Point { return Point{Lat: tenth(lat), Lon: tenth(lon)} }

func tenth(v float64) float64 { return math.Round(10*v)/10 + 0 } // never -0
