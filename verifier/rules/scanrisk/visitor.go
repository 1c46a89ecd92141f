package scanrisk

import "math"

// Visitor is one device that asked about the unit.
type Visitor struct {
	Device      uint64 // 0 where unknown: then it stands for all such scans in one city
	Places      [2]Location
	First, Last uint32 // Unix seconds
	Hot, Peak   float32
	PINFailed   uint8
	Activated   bool
	Far         bool // from everybody before it and from custody
	Moved       bool // Places[1] is used: the device was seen somewhere else
}

func (v *Visitor) see(e Event) {
	at := seconds(e.Time)
	v.First, v.Last = min(v.First, at), max(v.Last, at)
	switch {
	case !v.Places[0].known():
		v.Places[0] = e.Place
	case e.Place.known() && !v.Places[0].near(e.Place):
		v.Places[1], v.Moved = e.Place, true
	}
}

// at is true where the visitor was ever seen near the place. One whose own
// place is not known hides nobody else's.
func (v *Visitor) at(p Location) bool {
	return v.Places[0].known() && v.Places[0].near(p) || v.Moved && v.Places[1].near(p)
}

// owner says how much of an independent owner this far visitor is: 1 for one
// who comes alone, little for one of a crowd that comes within a day, as after
// a photograph in the press, or long after such a crowd.
func (v *Visitor) owner() float64 {
	if !v.Far {
		return 0
	}
	crowd := 1 + float64(v.Hot) + 0.1*math.Max(float64(v.Peak)-2, 0)
	return 1 / (crowd * math.Sqrt(crowd))
}
