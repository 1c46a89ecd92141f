package bench

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/verifier/scanrisk/simulate"
)

func outcome(score float64, clone bool) Outcome {
	o := Outcome{Truth: simulate.Truth{Clone: clone, Copies: 3}}
	o.Scores[0] = score
	return o
}

func TestCurve(t *testing.T) {
	all := []Outcome{outcome(0.9, true), outcome(0.1, false), outcome(0.5, false), outcome(0.5, true), outcome(0.1, false), outcome(0.1, false)}
	want := []Point{
		{Score: 0.9, Recall: 0.5, Caught: 1, Precision: 1},
		{Score: 0.5, Recall: 1, FalseRate: 0.25, Caught: 2, False: 1, Precision: 2.0 / 3},
		{Score: 0.1, Recall: 1, FalseRate: 1, Caught: 2, False: 4, Precision: 1.0 / 3},
	}
	curve := Curve(all, 0)
	if d := cmp.Diff(want, curve); d != "" {
		t.Fatal(d)
	}
	for rate, want := range map[float64]float64{0: 0.5, 0.125: 0.75, 0.25: 1, 0.5: 1} {
		if got := RecallAt(curve, rate); got != want {
			t.Errorf("recall at %v: %v, want %v", rate, got, want)
		}
	}
}

// scanrisk beats every simple rule in every regime, and catches most of what
// there is to catch; the benchmark gives the figures on more units.
func TestBetterThanEveryRule(t *testing.T) {
	var pool []Outcome
	for i, r := range simulate.Regimes {
		all := Setting{Prevalence: 0.004}.Run([]simulate.Regime{r}, 15_000, 1, uint64(i)*100)
		pool = append(pool, all...)
		for d := 1; d < detectors; d++ {
			if ours, theirs := RecallAt(Curve(all, 0), 2e-4), RecallAt(Curve(all, d), 2e-4); ours <= theirs {
				t.Errorf("%s: %.3f, %s has %.3f", r.Name, ours, Detectors[d], theirs)
			}
		}
	}
	if recall := RecallAt(Curve(pool, 0), 2e-4); recall < 0.75 {
		t.Errorf("recall %.3f", recall)
	}
}

func TestPicture(t *testing.T) {
	all := []Outcome{outcome(0.9, true), outcome(0.1, false)}
	var svg bytes.Buffer
	if err := WriteSVG(&svg, []Panel{NewPanel("<a> & b", all), NewPanel("c", all)}); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(&svg)
	lines := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "polyline" {
			lines++
		}
	}
	if lines != 2*detectors {
		t.Errorf("%d curves", lines)
	}
}
