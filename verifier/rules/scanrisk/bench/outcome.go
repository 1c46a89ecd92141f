// Package bench measures clone detectors on simulated logs: scanrisk and the
// simple rules it has to beat. It is for benchmarks only.
package bench

import (
	"math"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/simulate"
)

// Detectors in the order of Outcome.Scores. The first is ours.
var Detectors = []string{"scanrisk", "first scan only", "count over N", "distinct devices over N", "impossible travel"}

const detectors = 5

// Outcome is what the detectors made of one unit that occurs in a log.
type Outcome struct {
	Truth  simulate.Truth
	Scores [detectors]float64 // the highest at any time
	Last   float64            // scanrisk's risk after the last event
	Worst  scanrisk.Code      // the worst reason ever given; "" for none
	Rises  *[detectors][]Rise // how the scores came about; nil for genuine units
	Signs  *scanrisk.Signs    // when the risk was highest; nil where nothing raised it
}

// Rise is a score that is higher than all before it, and the unit's scans up to then.
type Rise struct {
	Score float64
	Scans int
}

// genuine is true for units that must not be flagged. Refilled and diverted
// goods are neither that nor clones.
func (o *Outcome) genuine() bool { return !o.Truth.Clone && !o.Truth.Fraud }

// wanted is true for units that must be caught: clones of which three copies
// or more were scanned.
func (o *Outcome) wanted() bool { return o.Truth.Clone && o.Truth.Copies >= 3 }

// Measure runs a log through all detectors.
func Measure(l *simulate.Log) []Outcome {
	history, rules := scanrisk.NewHistory(), make(map[int32]*rule)
	outcomes := make([]*Outcome, len(l.Truths))
	n := 0
	for i := range l.Records {
		r := &l.Records[i]
		o := outcomes[r.Unit]
		if o == nil {
			o = &Outcome{Truth: l.Truths[r.Unit]}
			outcomes[r.Unit] = o
			rules[r.Unit] = &rule{}
			n++
		}
		e := l.Event(r)
		score := history.Observe(uint64(l.Batch(r)), e)
		o.add(score, rules[r.Unit].add(e))
	}
	all := make([]Outcome, 0, n)
	for _, o := range outcomes {
		if o != nil {
			all = append(all, *o)
		}
	}
	return all
}

// quiet is a risk so low that what it is made of does not matter.
const quiet = 1e-5

var worse = map[scanrisk.Code]int{scanrisk.ScannedOften: 1, scanrisk.ScannedFarApart: 2, scanrisk.CloneLikely: 3}

func (o *Outcome) add(s scanrisk.Score, r *rule) {
	o.Last = s.Risk
	if s.Risk >= o.Scores[0] && s.Risk > quiet {
		o.Signs = &s.Signs
	}
	scores := [detectors]float64{
		s.Risk,
		math.Min(float64(r.scans), 2),
		float64(r.scans),
		float64(len(r.devices)),
		float64(r.impossible),
	}
	for i, v := range scores {
		if v <= o.Scores[i] {
			continue
		}
		o.Scores[i] = v
		if o.Truth.Clone {
			if o.Rises == nil {
				o.Rises = new([detectors][]Rise)
			}
			o.Rises[i] = append(o.Rises[i], Rise{v, r.scans})
		}
	}
	for _, reason := range s.Reasons {
		if worse[reason.Code] > worse[o.Worst] {
			o.Worst = reason.Code
		}
	}
}

// scansTo gives the scans up to when a detector's score first exceeded a
// threshold; false where it never did.
func (o *Outcome) scansTo(detector int, threshold float64) (int, bool) {
	if o.Rises == nil {
		return 0, false
	}
	for _, rise := range o.Rises[detector] {
		if rise.Score > threshold {
			return rise.Scans, true
		}
	}
	return 0, false
}

// rule is what the simple rules know of a unit.
type rule struct {
	scans, impossible int
	devices           map[uint64]struct{}
	last              scanrisk.Event
}

func (r *rule) add(e scanrisk.Event) *rule {
	if e.Kind != scanrisk.Scan {
		return r
	}
	if r.scans > 0 && scanrisk.Impossible(r.last, e) {
		r.impossible++
	}
	if e.Device != 0 {
		if r.devices == nil {
			r.devices = make(map[uint64]struct{}, 2)
		}
		r.devices[e.Device] = struct{}{}
	}
	r.scans++
	r.last = e
	return r
}
