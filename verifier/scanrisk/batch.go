package scanrisk

import "math"

const (
	maxCities  = 256
	fewDevices = 6 // what a unit counts for at most, so that a copied one does not set the rule
)

// Batch is what is usual for a batch: how many devices ask about a unit, and
// from where. At most 6 kB. The zero Batch is new.
type Batch struct {
	Units, Devices, Squares float64 // units asked about; the sums of their device counts and of the squares
	Cities                  map[uint32]uint32
	Visits                  float64 // by city, and the sum of n log n over cities
	NLogN                   float64
}

// visited counts a new visitor of a unit that had some devices before.
func (b *Batch) visited(before int, device bool, p Place) {
	if device && before < fewDevices {
		if before == 0 {
			b.Units++
		}
		b.Devices++
		b.Squares += float64(2*before + 1)
	}
	if p.City == 0 {
		return
	}
	n, known := b.Cities[p.City]
	if !known && len(b.Cities) >= maxCities {
		return
	}
	if b.Cities == nil {
		b.Cities = make(map[uint32]uint32, 8)
	}
	b.Cities[p.City] = n + 1
	b.Visits++
	b.NLogN += nLogN(n+1) - nLogN(n)
}

func nLogN(n uint32) float64 {
	if n == 0 {
		return 0
	}
	return float64(n) * math.Log(float64(n))
}

// What a batch is taken to be like before its own units have shown it, and how
// many units that belief is worth.
const (
	priorUnits    = 40
	priorDevices  = 1.4
	priorVariance = 0.6
)

// unusual gives -log10 of the probability that a genuine unit of this batch
// has so many devices or more, by the negative binomial with the batch's mean
// and variance (Poisson where it is not over-dispersed), at most 8. The device
// that makes a unit known is not counted.
func (b *Batch) unusual(devices int) float64 {
	n := b.Units + priorUnits
	mean := (b.Devices + priorUnits*priorDevices) / n
	square := (b.Squares + priorUnits*(priorVariance+priorDevices*priorDevices)) / n
	variance := square - mean*mean
	mean = math.Max(mean-1, 0.05)
	return math.Min(-math.Log10(tail(devices-1, mean, math.Max(variance, mean*1.05))), 8)
}

// tail gives P(X >= k) of the negative binomial.
func tail(k int, mean, variance float64) float64 {
	if k <= 0 {
		return 1
	}
	p := mean / variance
	r := mean * p / (1 - p)
	term, sum := math.Pow(p, r), 0.0
	for x := 0; x < min(k, 64); x++ {
		sum += term
		term *= (r + float64(x)) / float64(x+1) * (1 - p)
	}
	return math.Max(1-sum, 1e-8)
}

// strange says by how much a city is rarer in the batch than its cities are on
// average, in nats, from 0 to 3; 0 while too little is known of the batch.
func (b *Batch) strange(p Place) float64 {
	const enough = 100
	if p.City == 0 || b.Visits < enough {
		return 0
	}
	entropy := math.Log(b.Visits) - b.NLogN/b.Visits
	rare := math.Log((b.Visits + 1) / (float64(b.Cities[p.City]) + 0.5))
	return math.Min(math.Max(rare-entropy-1, 0), 3)
}
