package bench

import (
	"cmp"
	"math"
	"slices"
)

// Point is one threshold of a detector.
type Point struct {
	Score             float64
	Recall, FalseRate float64 // of the clones wanted; of the genuine units
	Caught, False     int     // as counts; Caught counts every clone, wanted or not
	Precision         float64
}

// Curve gives a detector's points from the strictest threshold to the loosest,
// one for each score that occurs.
func Curve(all []Outcome, detector int) []Point {
	order := make([]int32, len(all))
	for i := range order {
		order[i] = int32(i)
	}
	score := func(i int32) float64 { return all[i].Scores[detector] }
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(score(b), score(a)) })
	genuine, wanted := count(all)
	var curve []Point
	var sum Point
	hits := 0
	for n, i := range order {
		o := &all[i]
		sum.False += one(o.genuine())
		sum.Caught += one(o.Truth.Clone)
		hits += one(o.wanted())
		if n+1 < len(order) && score(order[n+1]) == score(i) {
			continue
		}
		sum.Score = score(i)
		sum.Recall, sum.FalseRate = part(hits, wanted), part(sum.False, genuine)
		sum.Precision = part(sum.Caught, sum.Caught+sum.False)
		curve = append(curve, sum)
	}
	return curve
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func count(all []Outcome) (genuine, wanted int) {
	for i := range all {
		genuine += one(all[i].genuine())
		wanted += one(all[i].wanted())
	}
	return genuine, wanted
}

func part(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// ThresholdAt gives the score that units must exceed so that no more than rate
// of the genuine ones are flagged.
func ThresholdAt(curve []Point, rate float64) float64 {
	for _, p := range curve {
		if p.FalseRate > rate {
			return p.Score
		}
	}
	return math.Inf(-1)
}

// precisionAt gives the share of clones among the units flagged, at the last
// threshold within the rate; of all clones, however few of their copies were scanned.
func precisionAt(curve []Point, rate float64) float64 {
	precision := 0.0
	for _, p := range curve {
		if p.FalseRate > rate {
			break
		}
		precision = p.Precision
	}
	return precision
}

// RecallAt reads a curve where the share of genuine units flagged is rate.
// Between two thresholds it takes the straight line, as if ties were broken by
// lot, which favours the rules that have few scores.
func RecallAt(curve []Point, rate float64) float64 {
	before := Point{}
	for _, p := range curve {
		if p.FalseRate > rate {
			share := (rate - before.FalseRate) / (p.FalseRate - before.FalseRate)
			return before.Recall + share*(p.Recall-before.Recall)
		}
		before = p
	}
	return before.Recall
}
