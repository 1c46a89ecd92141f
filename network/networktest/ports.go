package networktest

import (
	"testing"

	"github.com/touchstone-trace/touchstone/network/networktest/freeports"
)

// FreePorts is a base port that no other test uses until this one ends, not
// even in another process.
func FreePorts(t testing.TB) int {
	t.Helper()
	base, release, err := freeports.Claim()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	return base
}
