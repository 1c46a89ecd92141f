package scanrisk

import "math"

// Signs are the figures the risk is made of, see Terms. An owner is a device
// far from all before it, counted from 0 to 1 by how independent it seems.
type Signs struct {
	Owners       float64 // independent owners in places apart, beyond the first
	Devices      int     // distinct devices
	Returns      float64 // owners asking again after one far away has asked
	BeforeSale   float64 // owners before the item was sold
	BeforeShip   float64 // owners before the item was shipped
	PINFailures  float64 // devices with a wrong PIN, other than those that activated
	Activations  float64 // devices that activated it after another had
	Unusual      float64 // -log10 of the share of units with so many devices; 0 where all are in one place
	Local        float64 // the same, but where all are in one place
	Steady       float64 // new devices where others had been, on different days
	SteadyLocal  float64 // the same, but where all are in one place
	LastingLocal float64 // log of one and the late ones of SteadyLocal beyond what an office would show, see lasting
	Pace         float64 // owners that came days to weeks after the one before
	Settled      float64 // owners that asked again from there another day
	Wandering    float64 // devices that were in two places, up to 2, times Owners, up to 2
	Custom       float64 // Owners, up to 3, times how rare a second owner is in the batch, in nats
	Crowd        float64 // log of the busiest day's new devices, where interest lasted some days only
	Sustained    float64 // log of the days that such interest lasted, from a fortnight on
	Span         float64 // log of the days between the first owner and the last
}

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

// lasting tells copies, which are asked about for as long as they are sold, from
// an office or a family, most of whom ask in the first weeks.
func (u *Unit) lasting() float64 {
	late, early := float64(u.Late), float64(u.Steady-u.Late)
	return math.Log1p(math.Max(late-1.5*early, 0))
}

// crowd tells a photograph, which people scan for some days after it appears,
// from copies, which are scanned for as long as they are sold.
func (s *Signs) crowd(u *Unit, places int) {
	if u.Peak <= 2 || places < 3 {
		return
	}
	lasted := float64(u.Fresh) / float64(u.Peak) // days, at the height of the interest
	height := math.Log(float64(u.Peak) / 2)
	s.Crowd = height * math.Max(1-lasted/15, 0)
	s.Sustained = math.Min(height, 1) * math.Max(math.Log(lasted/15), 0)
}

// started is when the item was sold or, where that is not known, first asked about.
func (u *Unit) started() uint32 {
	if u.SoldAt != 0 || len(u.Visitors) == 0 {
		return u.SoldAt
	}
	return u.Visitors[0].First
}
