package bench

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/touchstone-trace/touchstone/verifier/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/scanrisk/simulate"
)

// Setting is one column of the benchmark: how common clones are and how many
// scans are missing from the log.
type Setting struct {
	Prevalence, Loss float64
}

// Settings are those the benchmark is asked for.
func Settings() []Setting {
	var all []Setting
	for _, prevalence := range []float64{0.00005, 0.001, 0.01} {
		for _, loss := range []float64{0, 0.1, 0.2, 0.3} {
			all = append(all, Setting{prevalence, loss})
		}
	}
	return all
}

// Rates of falsely flagged genuine units at which recall is read.
var rates = []float64{0.0002, 0.00005}

// fewest is how many clones a figure should rest on: rare ones are simulated
// in more logs.
const fewest = 40

// Run measures every regime in a setting, with as many units each, and pools
// the outcomes. At low prevalence it repeats with new seeds, up to repeats
// times, until there are enough clones.
func (s Setting) Run(regimes []simulate.Regime, units, repeats int, seed uint64) []Outcome {
	var pool []Outcome
	for range repeats {
		for _, r := range regimes {
			r.Clones, r.Loss = s.Prevalence, s.Loss
			seed++
			pool = append(pool, Measure(simulate.Run(r.Sized(units), seed))...)
		}
		if _, wanted := count(pool); wanted >= fewest {
			break
		}
	}
	return pool
}

func (s Setting) String() string {
	return fmt.Sprintf("%.3g %% clones, %.0f %% of scans missing", 100*s.Prevalence, 100*s.Loss)
}

// WriteReport runs the whole benchmark: tables of every setting over all
// regimes together, then of every regime alone, and the picture of the former.
func WriteReport(out, svg io.Writer, units, repeats int, seed uint64) error {
	var panels []Panel
	for _, s := range Settings() {
		all := s.Run(simulate.Regimes, units, repeats, seed*1000)
		if err := errors.Join(WriteRecall(out, s.String(), all), WriteByCopies(out, all), WriteAlerts(out, all)); err != nil {
			return err
		}
		panels = append(panels, NewPanel(s.String(), all))
	}
	for _, r := range simulate.Regimes {
		s := Setting{Prevalence: 0.002}
		all := s.Run([]simulate.Regime{r}, 2*units, 1, seed*2000)
		if err := WriteRecall(out, fmt.Sprintf("regime %q, %s", r.Name, s), all); err != nil {
			return err
		}
	}
	return WriteSVG(svg, panels)
}

// WriteRecall writes what share of the wanted clones each detector catches at
// each rate of false flags.
func WriteRecall(out io.Writer, title string, all []Outcome) error {
	genuine, wanted := count(all)
	fmt.Fprintf(out, "\n%s: %d genuine units scanned, %d clones with 3 scanned copies or more\n", title, genuine, wanted)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "detector\trecall at 0.02 % false\tprecision\trecall at 0.005 % false\tprecision\t")
	for d, name := range Detectors {
		curve := Curve(all, d)
		fmt.Fprintf(w, "%s\t", name)
		for _, rate := range rates {
			fmt.Fprintf(w, "%.3f\t%.3f\t", RecallAt(curve, rate), precisionAt(curve, rate))
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// WriteByCopies writes how many of the wanted clones scanrisk catches at the
// first of the rates, by how many of their copies were scanned.
func WriteByCopies(out io.Writer, all []Outcome) error {
	threshold := 1.0
	for _, p := range Curve(all, 0) {
		if p.FalseRate > rates[0] {
			break
		}
		threshold = p.Score
	}
	const most = 6
	var caught, of [most + 1]int
	for i := range all {
		if o := &all[i]; o.wanted() {
			n := min(o.Truth.Copies, most)
			of[n]++
			caught[n] += one(o.Scores[0] >= threshold)
		}
	}
	fmt.Fprintf(out, "caught at %.2g %% false, by copies scanned:", 100*rates[0])
	for n := 3; n <= most; n++ {
		fmt.Fprintf(out, "  %d: %d of %d", n, caught[n], of[n])
	}
	_, err := fmt.Fprintln(out, " (and more)")
	return err
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

// WriteAlerts writes what scanrisk itself says at its fixed thresholds: how
// many genuine units, clones and other frauds get each reason, and how many
// scans a clone had when CLONE_LIKELY was first said.
func WriteAlerts(out io.Writer, all []Outcome) error {
	var said [4][3]int
	var alerts []int
	for i := range all {
		o := &all[i]
		switch {
		case o.genuine():
			said[worse[o.Worst]][0]++
		case o.wanted():
			said[worse[o.Worst]][1]++
			if o.Alert > 0 {
				alerts = append(alerts, o.Alert)
			}
		case o.Truth.Fraud:
			said[worse[o.Worst]][2]++
		}
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "worst reason given\tgenuine\tclones\trefilled or diverted\t")
	for i, code := range []scanrisk.Code{"none", scanrisk.ScannedOften, scanrisk.ScannedFarApart, scanrisk.CloneLikely} {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t\n", code, said[i][0], said[i][1], said[i][2])
	}
	if err := w.Flush(); err != nil || len(alerts) == 0 {
		return err
	}
	slices.Sort(alerts)
	_, err := fmt.Fprintf(out, "scans to CLONE_LIKELY: median %d, 90 %% within %d\n", alerts[len(alerts)/2], alerts[len(alerts)*9/10])
	return err
}
