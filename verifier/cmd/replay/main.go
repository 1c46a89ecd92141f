// Command replay reads a scan log on stdin (CSV with the heading
// time,gtin,lot,serial,event,city,lat,lon,device, in time order) and writes one
// JSON line per line: the unit's risk after that event, the verdict and its
// reasons. A malformed line is answered too, and the answer says what is wrong;
// how many there were goes to stderr, and the log counts as replayed. Where it
// could not be read or answered, replay ends with 1.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/replay"
)

func main() {
	err := replay.Run(os.Stdin, os.Stdout)
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "replay:", err)
	if !errors.Is(err, replay.ErrRows) {
		os.Exit(1)
	}
}
