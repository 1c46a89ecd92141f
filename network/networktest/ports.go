package networktest

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/touchstone-trace/touchstone/network/preflight"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// Base ports for tests lie below the range from which the kernel takes ports
// for outgoing connections.
const (
	lowestBase  = 12000
	highestBase = 32000
)

// FreePorts is a base port that no other test uses until this one ends, not
// even in another process.
func FreePorts(t testing.TB) int {
	t.Helper()
	const tries = 100
	for range tries {
		base := lowestBase + topology.PortSpan*rand.IntN((highestBase-lowestBase)/topology.PortSpan)
		if claim(t, base) && allFree(base) {
			return base
		}
	}
	t.Fatalf("no %d free ports in a row between %d and %d", topology.PortSpan, lowestBase, highestBase)
	return 0
}

// claim holds a lock on the ports for as long as the test runs.
func claim(t testing.TB, base int) bool {
	t.Helper()
	dir := filepath.Join(os.TempDir(), "touchstone-ports")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(dir, strconv.Itoa(base)), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		_ = f.Close()
		return false
	}
	t.Cleanup(func() { _ = f.Close() })
	return true
}

func allFree(base int) bool {
	for port := base; port < base+topology.PortSpan; port++ {
		if preflight.Ports(topology.Listener{Port: port}) != nil {
			return false
		}
	}
	return true
}
