package bench

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk"
)

func tableOn(out io.Writer) *tabwriter.Writer {
	return tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
}

// writeDetectors writes, for each detector with its best threshold at each rate
// of false flags, what share of the wanted clones it catches, how many of those
// it flags are clones, and how many scans a clone had by then.
func writeDetectors(out io.Writer, title string, all []Outcome) error {
	genuine, wanted := count(all)
	fmt.Fprintf(
		out, "\n%s: %d genuine units scanned, %d clones with 3 scanned copies or more\n", title, genuine, wanted,
	)
	w := tableOn(out)
	fmt.Fprint(w, "detector\t")
	for _, rate := range rates {
		fmt.Fprintf(w, "recall at %.3g %%\tprecision\tscans, median\tmost\t", 100*rate)
	}
	fmt.Fprintln(w)
	for d, name := range Detectors {
		curve := Curve(all, d)
		fmt.Fprintf(w, "%s\t", name)
		for _, rate := range rates {
			median, most := scansToAlert(all, d, ThresholdAt(curve, rate))
			fmt.Fprintf(w, "%.3f\t%.3f\t%s\t%s\t", RecallAt(curve, rate), precisionAt(curve, rate), median, most)
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// scansToAlert gives after how many scans half of the caught clones, and nine
// in ten, were first flagged.
func scansToAlert(all []Outcome, detector int, threshold float64) (median, most string) {
	var scans []int
	for i := range all {
		if !all[i].wanted() {
			continue
		}
		if n, ok := all[i].scansTo(detector, threshold); ok {
			scans = append(scans, n)
		}
	}
	if len(scans) == 0 {
		return "", ""
	}
	slices.Sort(scans)
	return fmt.Sprint(scans[len(scans)/2]), fmt.Sprint(scans[len(scans)*9/10])
}

// writeByCopies writes how many of the wanted clones scanrisk catches at the
// first of the rates, by how many of their copies were scanned.
func writeByCopies(out io.Writer, all []Outcome) error {
	threshold := ThresholdAt(Curve(all, 0), rates[0])
	const most = 6
	var caught, of [most + 1]int
	for i := range all {
		if o := &all[i]; o.wanted() {
			n := min(o.Truth.Copies, most)
			of[n]++
			caught[n] += one(o.Scores[0] > threshold)
		}
	}
	fmt.Fprintf(out, "caught at %.2g %% false, by copies scanned:", 100*rates[0])
	for n := 3; n <= most; n++ {
		fmt.Fprintf(out, "  %d: %d of %d", n, caught[n], of[n])
	}
	_, err := fmt.Fprintln(out, " (and more)")
	return err
}

// writeReasons writes what scanrisk itself says at its fixed thresholds: how
// many genuine units, clones and other frauds get each reason.
func writeReasons(out io.Writer, all []Outcome) error {
	var said [4][3]int
	for i := range all {
		o := &all[i]
		switch {
		case o.genuine():
			said[worse[o.Worst]][0]++
		case o.wanted():
			said[worse[o.Worst]][1]++
		case o.Truth.Fraud:
			said[worse[o.Worst]][2]++
		}
	}
	w := tableOn(out)
	fmt.Fprintln(w, "worst reason given\tgenuine\tclones\trefilled or diverted\t")
	for i, code := range []scanrisk.Code{"none", scanrisk.ScannedOften, scanrisk.ScannedFarApart, scanrisk.CloneLikely} {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t\n", code, said[i][0], said[i][1], said[i][2])
	}
	return w.Flush()
}

// writeMarkets writes each regime alone, with thresholds of its own: what
// scanrisk catches, and the best of the simple rules.
func writeMarkets(out io.Writer, names []string, regimes [][]Outcome) error {
	w := tableOn(out)
	fmt.Fprint(w, "regime\tgenuine\tclones\t")
	for _, rate := range rates {
		fmt.Fprintf(w, "scanrisk at %.3g %%\tbest rule\t\t", 100*rate)
	}
	fmt.Fprintln(w)
	for i, all := range regimes {
		genuine, wanted := count(all)
		fmt.Fprintf(w, "%s\t%d\t%d\t", names[i], genuine, wanted)
		for _, rate := range rates {
			rule, recall := bestRule(all, rate)
			fmt.Fprintf(w, "%.3f\t%.3f\t%s\t", RecallAt(Curve(all, 0), rate), recall, rule)
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

func bestRule(all []Outcome, rate float64) (name string, recall float64) {
	for d := 1; d < detectors; d++ {
		if r := RecallAt(Curve(all, d), rate); name == "" || r > recall {
			name, recall = Detectors[d], r
		}
	}
	return name, recall
}
