// Package freeports gives each test network its own range of ports, so that
// tests of several packages, and several runs on one machine, stand side by
// side.
package freeports

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/touchstone-trace/touchstone/network/preflight"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// Base ports for tests lie below the range from which the kernel takes ports
// for outgoing connections.
const (
	lowestBase  = 12000
	highestBase = 32000
)

// Claim chooses topology.PortSpan free ports in a row and answers the first.
// Nobody else who asks is given them, in whatever process, before release or
// this process's end.
func Claim() (base int, release func(), err error) {
	const tries = 100
	for range tries {
		base := lowestBase + topology.PortSpan*rand.IntN((highestBase-lowestBase)/topology.PortSpan)
		release, err := lock(base)
		if err != nil {
			return 0, nil, err
		}
		if release == nil {
			continue
		}
		if allFree(base) {
			return base, release, nil
		}
		release()
	}
	return 0, nil, fmt.Errorf("no %d free ports in a row between %d and %d", topology.PortSpan, lowestBase, highestBase)
}

// lock takes the ports for this process; release is nil where another one has
// them.
func lock(base int) (release func(), err error) {
	dir := filepath.Join(os.TempDir(), "touchstone-ports")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, strconv.Itoa(base)), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		return nil, f.Close()
	}
	return func() { _ = f.Close() }, nil
}

func allFree(base int) bool {
	for port := base; port < base+topology.PortSpan; port++ {
		if preflight.Ports(topology.Listener{Port: port}) != nil {
			return false
		}
	}
	return true
}
