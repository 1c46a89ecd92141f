package e2e

import "testing"

// A gateway that dies in the middle of a write and of an import, files that are
// wrong from top to bottom, and files that are far too large: shown plainly,
// nothing lost, nothing doubled.
func TestConsoleFaults(t *testing.T) {
	consoleJourney(t, "faults", object{"program": touchstone.program, "state": touchstone.state})
}
