// Command replay reads a scan log on stdin (CSV with the heading
// time,gtin,lot,serial,event,city,lat,lon,device, in time order) and writes one
// JSON line per line: the unit's risk after that event, the verdict and its
// reasons. It ends with 1 where a line was malformed, and that line's answer
// says why; with 2 where the log could not be read at all.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/touchstone-trace/touchstone/verifier/scanrisk/replay"
)

func main() {
	err := replay.Run(os.Stdin, os.Stdout)
	switch {
	case err == nil:
	case errors.Is(err, replay.ErrRows):
		fmt.Fprintln(os.Stderr, "replay:", err)
		os.Exit(1)
	default:
		fmt.Fprintln(os.Stderr, "replay:", err)
		os.Exit(2)
	}
}
