package visitor

import (
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// ExtractIP takes the address from X-Forwarded-For only where a trusted proxy wrote it.
func ExtractIP(proxies []*net.IPNet) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		options = append(options, echo.TrustIPRange(p))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// Place gives the asker's city where a trusted proxy names it.
func (d *Desk) Place(r *http.Request) string {
	return verdict.CityName(d.told(r, d.PlaceHeader))
}

// Market gives the country that the question comes from: what a trusted proxy
// says, else what the link to the page says.
func (d *Desk) Market(r *http.Request) string {
	for _, country := range []string{d.told(r, d.MarketHeader), r.URL.Query().Get("market")} {
		if gs1.IsCountry(country) {
			return country
		}
	}
	return ""
}

// told gives a header that a trusted proxy has written.
func (d *Desk) told(r *http.Request, name string) string {
	if name == "" {
		return ""
	}
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	for _, p := range d.Proxies {
		if ip != nil && p.Contains(ip) {
			values := r.Header.Values(name) // the last one is the proxy's
			if len(values) > 0 {
				return values[len(values)-1]
			}
		}
	}
	return ""
}

// Point gives the point of the asker's city where a trusted proxy tells it.
func (d *Desk) Point(r *http.Request) verdict.Point { return parsePoint(d.told(r, d.PointHeader)) }

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
