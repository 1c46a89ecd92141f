package scanrisk

import (
	"math"
	"strings"
)

// Location is where a scan seems to come from, to the city. Either part may be
// missing: City 0, or the point 0,0, which is in the sea and what geolocation
// answers when it does not know.
type Location struct {
	City     uint32
	Lat, Lon float32
}

// Distances, in kilometres. Location by address is often wrong by a suburb or
// the next town, so what is near is one place.
const (
	nearKM   = 80
	slackKM  = 150
	flightKM = 900 // an hour

	perDegree = 111.2 // of latitude
)

// PlaceOf builds a place from a city's name, in any script, and a point in degrees.
func PlaceOf(city string, lat, lon float64) Location {
	p := Location{Lat: float32(lat), Lon: float32(lon)}
	if city = strings.ToLower(strings.TrimSpace(city)); city != "" {
		p.City = uint32(max(Key(city)>>32, 1))
	}
	return p
}

func (p Location) hasPoint() bool { return p.Lat != 0 || p.Lon != 0 }

func (p Location) known() bool { return p.City != 0 || p.hasPoint() }

// apart gives the distance in kilometres where both points are known, on the
// plane that touches the globe between them: good to a few per cent, which is
// far better than the points are.
func (p Location) apart(q Location) (km float64, known bool) {
	if !p.hasPoint() || !q.hasPoint() {
		return 0, false
	}
	dLon := math.Abs(float64(p.Lon - q.Lon))
	if dLon > 180 {
		dLon = 360 - dLon
	}
	dLat := float64(p.Lat - q.Lat)
	dLon *= math.Cos(float64(p.Lat+q.Lat) / 2 * math.Pi / 180)
	return perDegree * math.Sqrt(dLat*dLat+dLon*dLon), true
}

// near is true for one city, or points close together, and where nothing
// shows that the places differ.
func (p Location) near(q Location) bool {
	if p.City != 0 && p.City == q.City {
		return true
	}
	if km, known := p.apart(q); known {
		return km <= nearKM
	}
	return p.City == 0 || q.City == 0
}

// tooFast is true where nothing travels from p to q in the time, allowing for
// points that are wrong by slackKM. Without points, an hour between two cities
// is too fast.
func (p Location) tooFast(q Location, seconds float64) bool {
	km, known := p.apart(q)
	if !known {
		return seconds < 3600
	}
	return km-slackKM > flightKM*seconds/3600
}

// Impossible is true where nothing gets from one event to the next in time.
func Impossible(from, to Event) bool {
	return !from.Place.near(to.Place) && from.Place.tooFast(to.Place, math.Abs(to.Time.Sub(from.Time).Seconds()))
}
