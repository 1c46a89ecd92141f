package bench

import (
	"fmt"
	"io"
	"math"

	"github.com/touchstone-trace/touchstone/verifier/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/scanrisk/simulate"
)

// WriteFit fits the weights on drawn regimes and writes them beside those in
// use. One unit in 700 is a clone: rare enough not to change what is usual for
// a batch, frequent enough to learn from.
func WriteFit(out io.Writer, regimes, units int, seed uint64) {
	var drawn [][]Outcome
	for i := range uint64(regimes) {
		r := simulate.Draw(seed*10000 + i).Sized(units)
		r.Clones = 0.0015
		drawn = append(drawn, Measure(simulate.Run(r, seed*20000+i)))
	}
	for i, weight := range Fit(drawn, 0.001, 200) {
		t := scanrisk.Terms[i]
		fmt.Fprintf(out, "%-12s %3g to %2g  %6.2f  fitted %6.2f\n", t.Name, t.From, t.To, t.Weight, weight)
	}
}

// sample is a unit as the fit sees it: its steps, whether it is a clone, and
// how many units it stands for.
type sample struct {
	steps  []float64
	clone  bool
	weight float64
}

// Fit finds the weights of scanrisk.Terms that make the outcomes most likely
// when one unit in 20,000 is a clone, by gradient descent on the log loss with
// a pull of the given strength towards the weights in use. A term keeps its sign.
// Each regime counts the same, however many units its log has.
func Fit(regimes [][]Outcome, pull float64, rounds int) []float64 {
	samples := samplesOf(regimes)
	weights := make([]float64, len(scanrisk.Terms))
	for i, t := range scanrisk.Terms {
		weights[i] = t.Weight
	}
	use := append([]float64(nil), weights...)
	scale := make([]float64, len(weights)) // Adagrad
	for range rounds {
		gradient := slope(samples, weights)
		for i := range weights {
			g := gradient[i] + pull*(weights[i]-use[i])
			scale[i] += g * g
			w := weights[i] - 0.1*g/math.Sqrt(scale[i]+1e-12)
			if use[i] < 0 != (w < 0) {
				w = 0
			}
			weights[i] = w
		}
	}
	return weights
}

const prevalence = 1.0 / 20000

func samplesOf(regimes [][]Outcome) []sample {
	var all []sample
	for _, regime := range regimes {
		genuine, clones := 0, 0
		for i := range regime {
			if regime[i].genuine() {
				genuine++
			} else if regime[i].wanted() {
				clones++
			}
		}
		if clones == 0 {
			continue
		}
		for i := range regime {
			o := &regime[i]
			s := sample{clone: o.wanted(), weight: (1 - prevalence) / float64(genuine)}
			if s.clone {
				s.weight = prevalence / float64(clones)
			} else if !o.genuine() {
				continue
			}
			if !s.clone && o.Scores[0] < 1e-3 { // most units; a few stand for them
				if i%20 != 0 {
					continue
				}
				s.weight *= 20
			}
			if o.Signs == nil { // it would only shift the prior
				continue
			}
			for j := range scanrisk.Terms {
				s.steps = append(s.steps, scanrisk.Terms[j].Step(o.Signs))
			}
			all = append(all, s)
		}
	}
	return all
}

func slope(samples []sample, weights []float64) []float64 {
	gradient := make([]float64, len(weights))
	for i := range samples {
		s := &samples[i]
		odds := math.Log(prevalence)
		for j, w := range weights {
			odds += w * s.steps[j]
		}
		p := 1 / (1 + math.Exp(-odds))
		if s.clone {
			p--
		}
		for j, step := range s.steps {
			gradient[j] += s.weight * p * step / prevalence
		}
	}
	return gradient
}
