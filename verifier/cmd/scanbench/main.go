// Command scanbench measures clone detection on simulated scan logs: tables on
// stdout and a picture of precision against recall.
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/bench"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/simulate"
)

type options struct {
	Units   int    `help:"Units per regime and round."                                                 default:"10000"`
	Repeats int    `help:"Rounds at most to find enough rare clones."                                  default:"12"`
	Seed    uint64 `help:"Seed of the simulations."                                                    default:"1"`
	SVG     string `help:"Where to write the picture."                                                 default:"scanbench.svg" type:"path"`
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
		bench.WriteFit(os.Stdout, o.Fit, 3*o.Units, o.Seed)
		return nil
	case o.Log != "":
		return writeLog(o)
	}
	f, err := os.Create(o.SVG)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := bench.WriteReport(
		os.Stdout, f, bench.Options{Units: o.Units, Repeats: o.Repeats, Seed: o.Seed},
	); err != nil {
		return err
	}
	fmt.Println("\npicture:", o.SVG)
	return f.Close()
}

func writeLog(o options) error {
	for _, r := range simulate.Regimes {
		if r.Name == o.Log {
			return simulate.Run(r.Sized(o.Units), o.Seed).WriteCSV(os.Stdout)
		}
	}
	return fmt.Errorf("no regime %q", o.Log)
}
