// Command scanbench measures clone detection on simulated scan logs: tables on
// stdout and a picture of precision against recall.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"github.com/touchstone-trace/touchstone/verifier/scanrisk"
	"github.com/touchstone-trace/touchstone/verifier/scanrisk/bench"
	"github.com/touchstone-trace/touchstone/verifier/scanrisk/simulate"
)

type options struct {
	Units   int    `help:"Units per regime." default:"20000"`
	Repeats int    `help:"Rounds at most to find enough rare clones." default:"8"`
	Seed    uint64 `help:"Seed of the simulations." default:"1"`
	SVG     string `help:"Where to write the picture." default:"scanbench.svg" type:"path"`
	Fit     int    `help:"Instead, fit the model's weights on this many drawn regimes and print them."`
	Log     string `help:"Instead, write one regime's log as CSV to stdout: a regime's name."`
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("scanbench"), kong.Description("Measures clone detection on simulated scan logs."))
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "scanbench:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	switch {
	case o.Fit > 0:
		fit(o)
		return nil
	case o.Log != "":
		return writeLog(o)
	}
	return measure(o)
}

func measure(o options) error {
	var panels []bench.Panel
	started := time.Now()
	for _, setting := range bench.Settings() {
		all := setting.Run(simulate.Regimes, o.Units, o.Repeats, o.Seed*1000)
		bench.WriteRecall(os.Stdout, setting.String(), all)
		bench.WriteAlerts(os.Stdout, all)
		panels = append(panels, bench.NewPanel(setting.String(), all))
	}
	for _, r := range simulate.Regimes {
		one := bench.Setting{Prevalence: 0.002}.Run([]simulate.Regime{r}, 2*o.Units, 1, o.Seed*2000)
		bench.WriteRecall(os.Stdout, "regime "+r.Name, one)
	}
	f, err := os.Create(o.SVG)
	if err != nil {
		return err
	}
	if err := bench.WriteSVG(f, panels); err != nil {
		return err
	}
	fmt.Printf("\npicture: %s; %s\n", o.SVG, time.Since(started).Round(time.Second))
	return f.Close()
}

func fit(o options) {
	var drawn [][]bench.Outcome
	for i := range o.Fit {
		r := simulate.Draw(o.Seed*10000 + uint64(i)).Sized(2 * o.Units)
		r.Clones = 0.01
		drawn = append(drawn, bench.Measure(simulate.Run(r, o.Seed*20000+uint64(i))))
	}
	for i, weight := range bench.Fit(drawn, 0.001, 200) {
		t := scanrisk.Terms[i]
		fmt.Printf("%-12s %3g to %2g  %6.2f  fitted %6.2f\n", t.Name, t.From, t.To, t.Weight, weight)
	}
}

func writeLog(o options) error {
	for _, r := range simulate.Regimes {
		if r.Name == o.Log {
			return simulate.Run(r.Sized(o.Units), o.Seed).WriteCSV(os.Stdout)
		}
	}
	return fmt.Errorf("no regime %q", o.Log)
}
