// Package simulate makes up scan logs whose truth is known: genuine units with
// every innocent cause we can think of, and copied ones. It is for tests and
// benchmarks only; nothing that runs in earnest may import it. The same regime
// and seed give the same log.
package simulate

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

// Truth is what a unit really is.
type Truth struct {
	Cause  string // the innocent cause or the fraud; "" for an ordinary unit
	Clone  bool   // copies of its code are about
	Fraud  bool   // not copied, but not innocent either: refilled or diverted
	Copies int    // of these, asked about at least once in the log
}

// Record is one line of a log.
type Record struct {
	Kind   scanrisk.Kind
	At     int64   // Unix seconds
	Unit   int32   // index into Truths; the batch is Unit / BatchSize
	City   int16   // nowhere where not recorded
	Lat    float32 // 0 where not recorded, like Lon
	Lon    float32
	Device uint32 // 0 where not recorded
}

const nowhere = -1

// Log is a simulated log in time order.
type Log struct {
	Regime  Regime
	Records []Record
	Truths  []Truth
	cities  []City
}

// start is when the first batch is sold.
var start = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC).Unix()

const day = 24 * 60 * 60

// world makes one log.
type world struct {
	Regime
	rng     *rand.Rand
	market  *market
	log     *Log
	devices uint32

	batch    *batch
	unit     int32
	couriers []uint32
}

type batch struct {
	home    int
	start   float64 // days
	custody bool
	seller  *person // scans his stock; nil where none does
	stock   int     // units he still scans
}

// person is a device with a home.
type person struct {
	device uint32
	city   int
}

// Run simulates a regime.
func Run(r Regime, seed uint64) *Log {
	rng := rand.New(rand.NewPCG(seed, 0x73696d))
	w := &world{Regime: r, rng: rng, market: newMarket(rng, r.Cities, r.Zipf)}
	w.log = &Log{Regime: r, Truths: make([]Truth, r.Batches*r.BatchSize)}
	w.log.cities = append(w.market.cities, cities[len(cities)-abroad:]...)
	for range 30 {
		w.couriers = append(w.couriers, w.device())
	}
	for b := range r.Batches {
		w.newBatch()
		for i := range r.BatchSize {
			w.unit = int32(b*r.BatchSize + i)
			w.live(&w.log.Truths[w.unit])
		}
	}
	slices.SortStableFunc(w.log.Records, func(a, b Record) int { return cmp.Compare(a.At, b.At) })
	return w.log
}

func (w *world) newBatch() {
	w.batch = &batch{home: w.market.pick(w.rng), start: w.rng.Float64() * 60, custody: chance(w.rng, w.CustodyEvents)}
	if chance(w.rng, w.SellerScans) {
		w.batch.seller = &person{w.device(), w.batch.home}
		w.batch.stock = 1 + int(w.rng.ExpFloat64()*float64(w.StockScans))
	}
}

func (w *world) device() uint32 {
	w.devices++
	return w.devices
}

func (w *world) buyer() person {
	city := w.market.pick(w.rng)
	if chance(w.rng, w.Regional) {
		city = w.market.around(w.rng, w.batch.home)
	}
	return person{w.device(), city}
}

// scan records one scan at a time in days, unless it is lost. The person may
// be located wrongly. It says whether it was recorded.
func (w *world) scan(p person, at float64) bool { return w.ask(scanrisk.Scan, p, at) }

func (w *world) ask(kind scanrisk.Kind, p person, at float64) bool {
	if chance(w.rng, w.Loss) {
		return false
	}
	if chance(w.rng, w.GeoWrong) {
		p.city = w.anywhere()
	}
	if w.Rotates {
		p.device ^= uint32(at/30) * 0x9E3779B1
	}
	if chance(w.rng, w.NoDevice) {
		p.device = 0
	}
	w.record(kind, p, at)
	return true
}

// anywhere is a city at home or, for one in ten, abroad.
func (w *world) anywhere() int {
	if chance(w.rng, 0.1) {
		return len(w.market.cities) + w.rng.IntN(abroad)
	}
	return w.market.pick(w.rng)
}

func (w *world) record(kind scanrisk.Kind, p person, at float64) {
	rec := Record{Kind: kind, At: start + int64(at*day), Unit: w.unit, City: int16(p.city), Device: p.device}
	if w.NoPlace > 0 && chance(w.rng, w.NoPlace) {
		rec.City = nowhere
	} else if chance(w.rng, w.Points) {
		c := w.log.cities[p.city]
		rec.Lat = float32(c.Lat + w.rng.NormFloat64()*w.JitterKM/111)
		rec.Lon = float32(c.Lon + w.rng.NormFloat64()*w.JitterKM/100)
	}
	w.log.Records = append(w.log.Records, rec)
}

func (w *world) exp(mean float64) float64 { return w.rng.ExpFloat64() * mean }

// more gives a geometric number with the mean.
func (w *world) more(mean float64) int {
	n := 0
	for w.rng.Float64() > 1/(1+mean) {
		n++
	}
	return n
}
