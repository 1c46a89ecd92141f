package bench

import (
	"errors"
	"fmt"
	"io"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/simulate"
)

// Options are how much a report simulates.
type Options struct {
	Units   int // per regime and round
	Repeats int // rounds at most, where clones are rare
	Seed    uint64
}

// group is regimes that are reported together.
type group struct {
	name    string
	regimes []simulate.Regime
}

var groups = []group{
	{"plain regimes", simulate.Plain},
	{"rough regimes", simulate.Rough},
	{"hard regimes", simulate.Hard},
}

func (g group) names() []string {
	var all []string
	for _, r := range g.regimes {
		all = append(all, r.Name)
	}
	return all
}

// WriteReport runs the whole benchmark: tables of every setting over all regimes
// of a group together, of each regime alone, and the picture.
func WriteReport(out, svg io.Writer, o Options) error {
	var picture Picture
	for i, g := range groups {
		if err := g.report(out, &picture, o, o.Seed*1_000_000+uint64(i)*500_000); err != nil {
			return err
		}
	}
	return picture.WriteSVG(svg)
}

func (g group) report(out io.Writer, picture *Picture, o Options, seed uint64) error {
	for _, prevalence := range prevalences {
		alone := make([][]Outcome, len(g.regimes))
		for _, loss := range losses {
			s := Setting{prevalence, loss}
			regimes := s.Run(g.regimes, o.Units, o.Repeats, seed)
			seed += 10_000
			all := pooled(regimes)
			title := g.name + ", " + s.String()
			if err := errors.Join(
				writeDetectors(out, title, all), writeByCopies(out, all), writeReasons(out, all),
			); err != nil {
				return err
			}
			picture.add(g.name, s, all)
			for i, outcomes := range regimes {
				alone[i] = append(alone[i], outcomes...)
			}
		}
		fmt.Fprintf(
			out,
			"\n%s, %.3g %% clones, 0 to 30 %% of scans missing, each regime with its own threshold\n",
			g.name,
			100*prevalence,
		)
		if err := writeMarkets(out, g.names(), alone); err != nil {
			return err
		}
	}
	return nil
}
