package bench

import (
	"fmt"
	"io"
	"math"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/simulate"
)

// WriteFit fits the weights on drawn regimes and writes them beside those in use.
func WriteFit(out io.Writer, regimes, units int, seed uint64) {
	drawn := make([][]Outcome, regimes)
	parallel(regimes, func(i int) {
		r := simulate.Draw(seed*10000 + uint64(i)).Sized(units)
		r.Clones = 0.003 // rare enough not to change what is usual for a batch
		drawn[i] = Measure(simulate.Run(r, seed*20000+uint64(i)))
	})
	for i, weight := range Fit(drawn, 1e-4, 400) {
		t := scanrisk.Terms[i]
		fmt.Fprintf(out, "%-12s %3g to %2g  %6.2f  fitted %6.2f\n", t.Name, t.From, t.To, t.Weight, weight)
	}
}

// prevalence in the fit is above that in life, so that the units in doubt are
// those near the thresholds that matter, where one genuine unit in 5,000 to
// 20,000 is flagged. The weights, being likelihood ratios, hold for any.
const prevalence = 3e-4

// Fit finds the weights of scanrisk.Terms that make the outcomes most likely, by
// gradient descent (Adam) on the log loss with a pull of the given strength
// towards the weights in use. A term keeps its sign. Each regime counts the
// same, however many units its log has, and has a constant of its own: what is
// fitted is how well clones stand out from the genuine units of their own market.
func Fit(outcomes [][]Outcome, pull float64, rounds int) []float64 {
	markets := marketsOf(outcomes)
	use := make([]float64, len(scanrisk.Terms))
	for i, t := range scanrisk.Terms {
		use[i] = t.Weight
	}
	weights := append([]float64(nil), use...)
	descent := newAdam(len(weights))
	gradient := make([]float64, len(weights))
	for round := range rounds {
		for i := range weights {
			gradient[i] = pull * (weights[i] - use[i])
		}
		for _, m := range markets {
			m.descend(weights, gradient, 1/float64(len(markets)))
		}
		descent.step(weights, gradient, 0.05/(1+10*float64(round)/float64(rounds)))
		for i := range weights {
			if use[i] < 0 != (weights[i] < 0) {
				weights[i] = 0
			}
		}
	}
	return weights
}

// sample is a unit as the fit sees it: its steps, whether it is a clone, and
// what part of the genuine units or the clones it stands for.
type sample struct {
	steps  []float64
	clone  bool
	weight float64
}

// market is the log of one regime.
type market struct {
	samples  []sample
	constant []float64 // one number, and how it descends
	descent  *adam
}

func marketsOf(outcomes [][]Outcome) []*market {
	var all []*market
	for _, regime := range outcomes {
		if genuine, clones := count(regime); clones >= 10 {
			m := &market{constant: []float64{math.Log(prevalence)}, descent: newAdam(1)}
			m.add(regime, float64(genuine), float64(clones))
			all = append(all, m)
		}
	}
	return all
}

// thin is how many quiet units one stands for, of which there are very many.
const thin = 30

func (m *market) add(regime []Outcome, genuine, clones float64) {
	for i := range regime {
		o := &regime[i]
		s := sample{clone: o.wanted(), weight: 1 / genuine / prevalence}
		switch {
		case s.clone:
			s.weight = 1 / clones
		case !o.genuine():
			continue
		case o.Scores[0] <= quiet:
			if i%thin != 0 {
				continue
			}
			s.weight *= thin
		}
		for j := range scanrisk.Terms {
			step := 0.0
			if o.Signs != nil {
				step = scanrisk.Terms[j].Step(o.Signs)
			}
			s.steps = append(s.steps, step)
		}
		m.samples = append(m.samples, s)
	}
}

// descend adds the market's slope to the gradient and moves its own constant.
func (m *market) descend(weights, gradient []float64, share float64) {
	slope := []float64{0}
	for i := range m.samples {
		s := &m.samples[i]
		odds := m.constant[0]
		for j, w := range weights {
			odds += w * s.steps[j]
		}
		p := 1 / (1 + math.Exp(-odds))
		if s.clone {
			p--
		}
		slope[0] += s.weight * p
		for j, step := range s.steps {
			gradient[j] += share * s.weight * p * step
		}
	}
	m.descent.step(m.constant, slope, 0.05)
}

// adam is Kingma and Ba's rule for the length of a step.
type adam struct {
	mean, square []float64
	steps        float64
}

func newAdam(n int) *adam { return &adam{mean: make([]float64, n), square: make([]float64, n)} }

func (a *adam) step(values, gradient []float64, rate float64) {
	const forget, forgetSquare = 0.9, 0.99
	a.steps++
	for i, g := range gradient {
		a.mean[i] = forget*a.mean[i] + (1-forget)*g
		a.square[i] = forgetSquare*a.square[i] + (1-forgetSquare)*g*g
		mean := a.mean[i] / (1 - math.Pow(forget, a.steps))
		square := a.square[i] / (1 - math.Pow(forgetSquare, a.steps))
		values[i] -= rate * mean / (math.Sqrt(square) + 1e-9)
	}
}
