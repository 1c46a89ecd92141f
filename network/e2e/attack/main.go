// Command attack does to a running copy of Touchstone what strangers and other
// tenants may do to it, and tells what came of it: figures, and whether they are
// within their bounds. It ends with an error where one is not.
//
//	. .touchstone/demo.env && go run ./network/e2e/attack
//
// Attack copies of your own only. Each attack is bounded in time and memory and
// stands in a file of its own; attacks.go lists them.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"text/tabwriter"
	"time"

	"github.com/alecthomas/kong"
)

// target is the copy that is attacked.
type target struct {
	Gateway         string        `help:"The gateway's address."                                        env:"TOUCHSTONE_GATEWAY"          default:"http://localhost:8080"`
	Verifier        string        `help:"The verifier's address."                                       env:"TOUCHSTONE_VERIFIER"         default:"http://localhost:8090"`
	GatewayMetrics  string        `help:"The gateway's metrics."                                        env:"TOUCHSTONE_GATEWAY_METRICS"  default:"http://127.0.0.1:8081/metrics"`
	VerifierMetrics string        `help:"The verifier's metrics."                                       env:"TOUCHSTONE_VERIFIER_METRICS" default:"http://127.0.0.1:8091/metrics"`
	Key             string        `help:"API key of a producer."                                        env:"TOUCHSTONE_KEY_PRODUCER"`
	Other           string        `help:"API key of another producer, whom the first must not hold up." env:"TOUCHSTONE_KEY_OTHER"`
	Longest         time.Duration `help:"How long one attack may take."                                                                   default:"2m"`
	Only            string        `help:"The one attack to run."`

	client *http.Client
}

// attack is one way to harm. Run answers what it measured; a figure beyond its
// bound says that the harm was done.
type attack struct {
	name string
	run  func(ctx context.Context, t *target) ([]figure, error)
}

// figure is something measured, and how much of it may be.
type figure struct {
	what  string
	is    float64
	most  float64
	about string // the unit
}

func (f figure) String() string {
	return fmt.Sprintf("%s\t%.6g %s\tat most %.6g", f.what, f.is, f.about, f.most)
}

func main() {
	t := target{client: &http.Client{Timeout: time.Minute}}
	kong.Parse(&t, kong.Description("Attack a running copy of Touchstone and tell what came of it."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if !t.run(ctx) {
		os.Exit(1)
	}
}

// run runs the attacks one after the other and reports whether all were withstood.
func (t *target) run(ctx context.Context) bool {
	withstood := true
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, a := range attacks {
		if t.Only != "" && t.Only != a.name {
			continue
		}
		limited, cancel := context.WithTimeout(ctx, t.Longest)
		figures, err := a.run(limited, t)
		cancel()
		if err != nil {
			withstood = false
			fmt.Fprintf(table, "%s\tFAILED\t%v\n", a.name, err)
		}
		for _, f := range figures {
			word := "ok"
			if f.is > f.most {
				word, withstood = "HARMED", false
			}
			fmt.Fprintf(table, "%s\t%s\t%s\n", a.name, word, f)
		}
		_ = table.Flush()
	}
	return withstood
}
