package web

import (
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// point gives the point of the asker's city where a trusted proxy tells it.
func (h *handler) point(r *http.Request) verdict.Point { return parsePoint(h.told(r, h.PointHeader)) }

// parsePoint reads "lat,lon" in degrees. What is no point on the globe is not known.
func parsePoint(s string) verdict.Point {
	first, second, _ := strings.Cut(s, ",")
	lat, lon := degrees(first, 90), degrees(second, 180)
	if math.IsNaN(lat) || math.IsNaN(lon) {
		return verdict.Point{}
	}
	return verdict.PointAt(lat, lon)
}

// degrees reads an angle within limits; not a number where it is none.
func degrees(s string, limit float64) float64 {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || !(math.Abs(v) <= limit) {
		return math.NaN()
	}
	return v
}
