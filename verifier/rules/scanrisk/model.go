package scanrisk

import "math"

// Term is one sign's share in the risk: a step of the sign between From and To
// counts Weight for each unit of it (natural logarithm of a likelihood ratio).
type Term struct {
	Name     string
	Of       func(*Signs) float64
	From, To float64
	Weight   float64
}

// prior is the logarithm of the odds of one clone in 20,000 units, less what it
// says that a unit shows no sign at all.
var prior = math.Log(1.0/19999) - 3

// Terms are the model. Steps of one sign are separate terms, so that the first
// far owner, who may have bought it second-hand, counts otherwise than the third.
// The weights are those of bench.Fit, rounded; but a wrong PIN, which in the
// simulations few innocents enter, weighs less than there.
var Terms = []Term{
	{"owners", owners, 0, 1, 2.6},
	{"owners", owners, 1, 2, 1.8},
	{"owners", owners, 2, 3, 1.2},
	{"owners", owners, 3, 6, 1},
	{"owners", owners, 6, 20, 0.2},
	{"returns", func(s *Signs) float64 { return s.Returns }, 0, 3, 0.8},
	{"beforeShip", func(s *Signs) float64 { return s.BeforeShip }, 0, 3, 0.5},
	{"beforeSale", func(s *Signs) float64 { return s.BeforeSale }, 0, 3, 0.9},
	{"pinFailures", func(s *Signs) float64 { return s.PINFailures }, 0, 3, 2.5},
	{"activations", func(s *Signs) float64 { return s.Activations }, 0, 2, 0.5},
	{"unusual", func(s *Signs) float64 { return s.Unusual }, 0, 3, 1},
	{"local", func(s *Signs) float64 { return s.Local }, 0, 2, 0.6},
	{"local", func(s *Signs) float64 { return s.Local }, 2, 4, 0.3},
	{"steadyLocal", func(s *Signs) float64 { return s.SteadyLocal }, 0, 2, 0.6},
	{"steadyLocal", func(s *Signs) float64 { return s.SteadyLocal }, 2, 5, 0.4},
	{"steady", func(s *Signs) float64 { return s.Steady }, 5, 16, 0.4},
	{"lastingLocal", func(s *Signs) float64 { return s.LastingLocal }, 0, 3, 1.9},
	{"span", func(s *Signs) float64 { return s.Span }, 1, 5, 0.12},
	{"custom", func(s *Signs) float64 { return s.Custom }, -6, 6, 0.45},
	{"sustained", func(s *Signs) float64 { return s.Sustained }, 0, 3, 12},
	{"pace", func(s *Signs) float64 { return s.Pace }, 0, 3, 1.35},
	{"settled", func(s *Signs) float64 { return s.Settled }, 0, 1, 1},
	{"settled", func(s *Signs) float64 { return s.Settled }, 1, 3, 0.5},
	{"wandering", func(s *Signs) float64 { return s.Wandering }, 0, 4, -0.85},
	{"crowd", func(s *Signs) float64 { return s.Crowd }, 0, 6, -12},
}

func owners(s *Signs) float64 { return s.Owners }

// Step gives how far the sign has come between the term's bounds, from 0 to
// To-From; where From is negative, the sign itself within them.
func (t *Term) Step(s *Signs) float64 {
	return math.Min(math.Max(t.Of(s), t.From), t.To) - math.Max(t.From, 0)
}

// risk adds up the terms to a probability.
func (s *Signs) risk() float64 {
	odds := prior
	for i := range Terms {
		odds += Terms[i].Weight * Terms[i].Step(s)
	}
	return 1 / (1 + math.Exp(-humble(odds)))
}

// humble bounds what the model claims to know, while the order stays: odds
// above e^4 grow ever more slowly, to e^12 at most.
func humble(odds float64) float64 {
	const sure, room = 4, 8
	if odds <= sure {
		return odds
	}
	return sure + room*(1-math.Exp(-(odds-sure)/(3*room)))
}

// Points is one sign's share in a score.
type Points struct {
	Sign   string  `json:"sign"`
	Value  float64 `json:"value"`  // to three decimals, like
	Points float64 `json:"points"` // the natural logarithm of the likelihood ratio
}

// points gives each sign's share, in the order of Terms, without the zeros.
func (s *Signs) points() []Points {
	var all []Points
	for i := range Terms {
		t := &Terms[i]
		share := t.Weight * t.Step(s)
		if share == 0 {
			continue
		}
		if n := len(all); n > 0 && all[n-1].Sign == t.Name {
			all[n-1].Points += share
			continue
		}
		all = append(all, Points{t.Name, t.Of(s), share})
	}
	for i := range all {
		all[i].Value, all[i].Points = rounded(all[i].Value), rounded(all[i].Points)
	}
	return all
}

func rounded(v float64) float64 { return math.Round(1000*v) / 1000 }
