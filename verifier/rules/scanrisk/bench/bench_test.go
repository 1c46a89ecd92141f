package bench

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/simulate"
)

func outcome(score float64, clone bool) Outcome {
	o := Outcome{Truth: simulate.Truth{Clone: clone, Copies: 3}}
	o.Scores[0] = score
	return o
}

func TestCurve(t *testing.T) {
	all := []Outcome{
		outcome(0.9, true),
		outcome(0.1, false),
		outcome(0.5, false),
		outcome(0.5, true),
		outcome(0.1, false),
		outcome(0.1, false),
	}
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
	for _, g := range groups {
		regimes := Setting{Prevalence: 0.004}.Run(g.regimes, 15_000, 1, 100)
		mean := 0.0
		for i, all := range regimes {
			ours := RecallAt(Curve(all, 0), 2e-4)
			mean += ours / float64(len(regimes))
			if rule, theirs := bestRule(all, 2e-4); ours <= theirs {
				t.Errorf("%s: %.3f, %s has %.3f", g.regimes[i].Name, ours, rule, theirs)
			}
		}
		if want := map[string]float64{"plain regimes": 0.92, "rough regimes": 0.8, "hard regimes": 0.75}[g.name]; mean < want {
			t.Errorf("%s: mean recall %.3f, want %.2f", g.name, mean, want)
		}
	}
}

// The fit learns that a sign only clones have speaks against a unit, and that
// one only genuine units have speaks for it; a term keeps its sign all the same.
func TestFit(t *testing.T) {
	var all []Outcome
	for i := range 2000 {
		o := Outcome{Signs: &scanrisk.Signs{Wandering: 2, Returns: 1}}
		o.Scores[0] = 0.1
		if i < 200 {
			o.Truth, o.Signs = simulate.Truth{Clone: true, Copies: 3}, &scanrisk.Signs{BeforeShip: 1}
		}
		all = append(all, o)
	}
	fitted := Fit([][]Outcome{all}, 1e-4, 200)
	for i, term := range scanrisk.Terms {
		switch w := fitted[i]; term.Name {
		case "beforeShip":
			if w < term.Weight+1 {
				t.Errorf("a sign of clones: %.2f became %.2f", term.Weight, w)
			}
		case "wandering":
			if w > term.Weight-1 {
				t.Errorf("a sign of genuine units: %.2f became %.2f", term.Weight, w)
			}
		case "returns":
			if w != 0 {
				t.Errorf("a sign of genuine units that had been one of clones: %.2f", w)
			}
		}
	}
}

func TestScansTo(t *testing.T) {
	o := Outcome{Rises: new([detectors][]Rise)}
	o.Rises[0] = []Rise{{0.1, 1}, {0.5, 4}, {0.9, 7}}
	for threshold, want := range map[float64]int{0: 1, 0.1: 4, 0.6: 7, 0.9: 0} {
		if n, _ := o.scansTo(0, threshold); n != want {
			t.Errorf("over %v: %d scans, want %d", threshold, n, want)
		}
	}
}

func TestPicture(t *testing.T) {
	all := []Outcome{outcome(0.9, true), outcome(0.1, false)}
	var svg bytes.Buffer
	var p Picture
	p.add("<a> & b", Setting{Prevalence: prevalences[1], Loss: 0.1}, all)
	p.add("c", Setting{Prevalence: prevalences[0]}, all)
	if err := p.WriteSVG(&svg); err != nil {
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
