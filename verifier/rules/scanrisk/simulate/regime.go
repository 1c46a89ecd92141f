package simulate

import "math/rand/v2"

// Regime is one set of habits of a market: how people scan, what goes wrong,
// and what forgers do. Probabilities are per genuine unit unless said.
type Regime struct {
	Name string

	Batches, BatchSize int
	Cities             int
	Zipf               float64 // of cities' shares; 0 for uniform
	Regional           float64 // share of buyers who live near their batch's home
	Days               float64 // over which a batch is sold

	// What is recorded.
	CustodyEvents float64 // per batch: shipped, received and sold are in the log
	NoDevice      float64 // per scan
	NoPlace       float64 // per scan: neither city nor point
	Rotates       bool    // device hashes change every 30 days
	Points        float64 // share of scans with lat and lon
	JitterKM      float64
	English       bool
	Loss          float64 // per scan: missing from the log

	// Ordinary owners.
	Scanned       float64 // asked about at all
	MeanScans     float64 // geometric number of scans beyond the first
	LaterDays     float64 // mean days between an owner's scans
	SecondDevice  float64 // another device of the household, again and again
	FarRelative   float64 // somebody far away is sent the code
	ShopLookers   float64 // people in the shop before it is sold, in one place
	Activates     float64
	MistypesPIN   float64
	GeoWrong      float64 // per scan: another city, once
	Roams         float64 // the owner travels with it, or his phone's network answers elsewhere
	VPN           float64 // the owner's device always appears elsewhere, another time at home
	Resale        float64
	Chain         float64 // share of the resold that are sold again
	Courier       float64
	CourierUnique bool    // couriers' devices are seen on one unit only
	SellerScans   float64 // per batch: a seller scans his stock, StockScans units on average
	StockScans    int
	Shared        float64 // an office or a shelf: several devices in one place
	Press         float64 // photographed
	PressScans    int
	PressDays     float64
	PressFlat     bool // evenly over PressDays, else falling

	// Forgers.
	Clones       float64 // share of units whose code is copied
	ManyCopies   float64 // share of these with a thousand rather than a few
	MeanCopies   float64 // of the few, scanned or not
	WideCopies   bool    // instead: from 3 to 300, every magnitude as often
	CopyCities   int     // copies are sold in so many cities; 0 for anywhere
	CloneDays    float64 // over which copies are sold
	CopyScans    float64 // mean scans by the owner of a copy, beyond the first
	CopyScanned  float64 // share of copies asked about
	CopyPIN      float64 // share of these whose owners try a PIN
	BeforeSale   float64 // share of clones copied before the item is sold
	CopyRegional float64 // share of copies sold near one place
	OriginalIdle float64 // share of clones whose genuine item nobody asks about
	Refilled     float64
	Diverted     float64
}

func between(rng *rand.Rand, lo, hi float64) float64 { return lo + (hi-lo)*rng.Float64() }

func chance(rng *rand.Rand, p float64) bool { return rng.Float64() < p }

func oneOf[T any](rng *rand.Rand, values ...T) T { return values[rng.IntN(len(values))] }

// Draw makes up a regime. Ranges are wide on purpose: nobody knows the habits
// of the next market, and a detector tuned here must not depend on ours.
func Draw(seed uint64) Regime {
	rng := rand.New(rand.NewPCG(seed, 0x7075636b))
	trouble := oneOf(rng, 0.05, 0.2, 0.5, 1)
	rare := func(hi float64) float64 { return oneOf(rng, 0, 1.0, 1, 1) * trouble * hi * rng.Float64() }
	r := Regime{
		Name:          "drawn",
		Cities:        oneOf(rng, 12, 30, 45, 100, 300),
		Zipf:          oneOf(rng, 0, 0.5, 0.8, 1, 1.2),
		Regional:      oneOf(rng, 0, 0, 0.4, 0.8),
		Days:          between(rng, 20, 240),
		CustodyEvents: oneOf(rng, 0, 0.5, 1),
		NoDevice:      oneOf(rng, 0, 0, 0.05, 0.3),
		Rotates:       chance(rng, 0.5),
		Points:        oneOf(rng, 0, 1, 1, 0.9),
		JitterKM:      oneOf(rng, 0, 2.0, 10, 25),
		English:       chance(rng, 0.5),
		Loss:          oneOf(rng, 0, 0, 0.1, 0.2, 0.3),
		Scanned:       between(rng, 0.1, 1),
		MeanScans:     oneOf(rng, 0.2, 0.5, 1, 2, 4),
		LaterDays:     between(rng, 0.1, 30),
		SecondDevice:  between(rng, 0, 0.4),
		FarRelative:   rare(0.03),
		ShopLookers:   rare(0.2),
		Activates:     oneOf(rng, 0, 0.1, 0.5),
		MistypesPIN:   rare(0.1),
		GeoWrong:      rare(0.05),
		Roams:         rare(0.1),
		VPN:           rare(0.05),
		Resale:        rare(0.15),
		Chain:         oneOf(rng, 0, 0.03, 0.1, 0.2),
		Courier:       rare(0.15),
		CourierUnique: chance(rng, 0.4),
		SellerScans:   rng.Float64(),
		StockScans:    oneOf(rng, 10, 100, 1000),
		Shared:        rare(0.05),
		Press:         oneOf(rng, 0, 2e-5, 1e-4, 5e-4),
		PressScans:    oneOf(rng, 20, 100, 400),
		PressDays:     oneOf(rng, 1.5, 3, 7, 10, 20),
		PressFlat:     chance(rng, 0.4),
		Clones:        oneOf(rng, 5e-4, 2e-3, 0.01),
		ManyCopies:    oneOf(rng, 0, 0.1),
		MeanCopies:    between(rng, 3, 20),
		WideCopies:    chance(rng, 0.4),
		CopyCities:    oneOf(rng, 0, 0, 0, 0, 0, 1, 2, 3),
		CloneDays:     between(rng, 15, 180),
		CopyScans:     oneOf(rng, 0, 0.3, 1, 2),
		CopyScanned:   between(rng, 0.3, 1),
		CopyPIN:       rare(0.5),
		BeforeSale:    rng.Float64(),
		CopyRegional:  oneOf(rng, 0, 0, 0.3, 0.6),
		OriginalIdle:  rng.Float64(),
		Refilled:      rare(2e-3),
		Diverted:      rare(0.01),
	}
	r.NoPlace = oneOf(rng, 0, 0, 0, 0.1)
	r.BatchSize = oneOf(rng, 100, 1000, 10000, 50000)
	r.Batches = 1
	return r
}

// Sized gives the regime with as many batches as units need.
func (r Regime) Sized(units int) Regime {
	r.BatchSize = min(r.BatchSize, units)
	r.Batches = max(units/r.BatchSize, 1)
	return r
}
