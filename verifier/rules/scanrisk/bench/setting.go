package bench

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/simulate"
)

// Setting is how common clones are and how many scans are missing from the log.
type Setting struct {
	Prevalence, Loss float64
}

func (s Setting) String() string {
	return fmt.Sprintf("%.3g %% clones, %.0f %% of scans missing", 100*s.Prevalence, 100*s.Loss)
}

// What the benchmark is asked for.
var (
	prevalences = []float64{0.00005, 0.001, 0.01}
	losses      = []float64{0, 0.1, 0.2, 0.3}
	rates       = []float64{0.0002, 0.00005} // of falsely flagged genuine units
)

// Run measures every regime in a setting, with as many units each, and gives
// the outcomes by regime. Where clones are rare it repeats with new seeds, up
// to repeats times, until there are enough clones for a figure to rest on.
func (s Setting) Run(regimes []simulate.Regime, units, repeats int, seed uint64) [][]Outcome {
	const enough = 150
	all := make([][]Outcome, len(regimes))
	for range repeats {
		parallel(len(regimes), func(i int) {
			r := regimes[i]
			r.Clones, r.Loss = s.Prevalence, s.Loss
			all[i] = append(all[i], Measure(simulate.Run(r.Sized(units), seed+uint64(i)))...)
		})
		seed += uint64(len(regimes))
		if _, wanted := count(pooled(all)); wanted >= enough {
			break
		}
	}
	return all
}

func pooled(regimes [][]Outcome) []Outcome {
	var all []Outcome
	for _, outcomes := range regimes {
		all = append(all, outcomes...)
	}
	return all
}

// parallel does n things, as many at a time as there are processors.
func parallel(n int, do func(i int)) {
	next := make(chan int)
	var busy sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		busy.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	busy.Wait()
}
