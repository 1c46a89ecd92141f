package scanrisk

import "math"

// Signs are the figures that the risk is made of, see Terms. An owner is a visitor far
// from all before him. He counts as a part of one, from 0 to 1: less where he came in a
// crowd, and less the more units his device has asked about. Where a sign counts owners
// or devices, it adds up these parts. Logarithms are natural where no base is given.
type Signs struct {
	Owners       float64 // owners in places apart, beyond the one that the item has by right
	Devices      int     // distinct devices
	Returns      float64 // owners who came while somebody far away, who was there before, still asked afterwards
	BeforeSale   float64 // owners who came before the item was sold
	BeforeShip   float64 // owners who came before the item was shipped
	PINFailures  float64 // devices that entered a wrong PIN and never activated the item
	Activations  float64 // activations by another device after the first
	Unusual      float64 // -log10 of the share of units with so many devices, times Owners up to 1
	Local        float64 // the rest of that logarithm: what it is where all devices are in one place
	Steady       float64 // new devices where others had been, one for each two days
	SteadyLocal  float64 // the same, times what Owners lacks to 1
	LastingLocal float64 // log of 1 + the lasting interest (see lasting), times what Owners lacks to 1
	Pace         float64 // owners who came days to weeks after the one before, see pace
	Settled      float64 // owners whose place asked again more than half a day later
	Wandering    float64 // devices seen in two places, up to 2, times Owners, up to 2
	Custom       float64 // Owners, up to 3, times how rare a second owner is in the batch (see Usual.custom)
	Crowd        float64 // log of half the busiest day's new devices, less the longer interest lasted, 0 from 15 days
	Sustained    float64 // log of the days that a crowd's interest lasted, in units of 15 days; 0 for fewer
	Span         float64 // log of 1 + the days between the first owner's coming and the last one's
}

// signsOf gives the signs of a unit as it stands. It changes nothing.
func signsOf(u *Unit, usual Usual, devices Devices) Signs {
	s := Signs{Owners: float64(u.PastOwners), Devices: int(u.PastDevices), Activations: float64(u.Activations)}
	shoppers := int(u.PastDevices)
	var private [maxVisitors]float64
	for i := range u.Visitors {
		v := &u.Visitors[i]
		private[i] = 0.6 // a scan without a device
		if v.Device != 0 {
			private[i] = devices.Device(v.Device).private()
			s.Devices++
			if private[i] > halfPrivate {
				shoppers++
			}
		}
		if v.Moved {
			s.Wandering += private[i]
		}
		if v.PINFailed > 0 && !v.Activated {
			s.PINFailures += private[i]
		}
	}
	s.places(u, usual, &private)
	s.Wandering = math.Min(s.Wandering, 2) * math.Min(s.Owners, 2)
	s.Unusual = math.Min(s.Owners, 1) * usual.unusual(shoppers)
	s.Local = usual.unusual(shoppers) - s.Unusual
	s.Steady = float64(u.Steady)
	alone := math.Max(1-s.Owners, 0)
	s.SteadyLocal, s.LastingLocal = s.Steady*alone, u.lasting()*alone
	return s
}

// lasting gives the logarithm of 1 + the steady visitors who came late (see Unit.Late)
// beyond one and a half times those who came early. Copies are asked about for as long
// as they are sold; in an office or a family most people ask in the first weeks.
func (u *Unit) lasting() float64 {
	late, early := float64(u.Late), float64(u.Steady-u.Late)
	return math.Log1p(math.Max(late-1.5*early, 0))
}

// crowd sets Crowd and Sustained, where at least three came within a day and from three
// places. A photograph is scanned for some days after it appears, copies for as long as
// they are sold: how long interest lasted, at the height that it had on its busiest day,
// decides how much of it counts for the one or the other.
func (s *Signs) crowd(u *Unit, places int) {
	if u.Peak <= 2 || places < 3 {
		return
	}
	lasted := float64(u.Fresh) / float64(u.Peak) // days, at the height of the interest
	height := math.Log(float64(u.Peak) / 2)
	s.Crowd = height * math.Max(1-lasted/15, 0)
	s.Sustained = math.Min(height, 1) * math.Max(math.Log(lasted/15), 0)
}

// started gives when the item was sold or, where that is not known, first asked about;
// in Unix seconds, 0 where neither is known.
func (u *Unit) started() uint32 {
	if u.SoldAt != 0 || len(u.Visitors) == 0 {
		return u.SoldAt
	}
	return u.Visitors[0].First
}
