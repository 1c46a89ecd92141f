// Package preflight looks at the machine before anything is started, and says
// in one line what stands in the way and what to do about it.
package preflight

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// Free space, in bytes, that a build and a running network need at least.
const (
	BuildSpace = 3 << 30
	RunSpace   = 1 << 30
)

// Disk makes sure of free bytes on the disk that holds an existing folder.
func Disk(dir string, need uint64) error {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return fmt.Errorf("look at the disk of %s: %w", dir, err)
	}
	if free := fs.Bavail * uint64(fs.Bsize); free < need {
		return fmt.Errorf(
			"the disk of %s has %d MiB free, %d MiB are needed: free some space or use a folder on another disk (--state)",
			dir,
			free>>20,
			need>>20,
		)
	}
	return nil
}

// Ports makes sure that nothing listens yet on any of the ports.
func Ports(all ...topology.Listener) error {
	for _, l := range all {
		socket, err := net.Listen("tcp", topology.Address(l.Port))
		if err != nil {
			return fmt.Errorf(
				"port %d, which %s needs, is in use: stop what uses it, or choose other ports (--base-port, --gateway-port, --verifier-port)",
				l.Port,
				l.Process,
			)
		}
		_ = socket.Close()
	}
	return nil
}

// AptInstall installs Debian packages; it works for root on Debian's kin only.
func AptInstall(ctx context.Context, log *slog.Logger, packages ...string) error {
	apt, err := exec.LookPath("apt-get")
	if err != nil || os.Geteuid() != 0 {
		return fmt.Errorf("they cannot be installed from here: not root, or no apt-get")
	}
	log.Info("installing " + strings.Join(packages, ", "))
	for _, args := range [][]string{{"update", "-q"}, append([]string{"install", "-q", "-y", "--no-install-recommends"}, packages...)} {
		cmd := exec.CommandContext(ctx, apt, args...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := cmd.CombinedOutput(); err != nil {
			lines := strings.Split(strings.TrimSpace(string(out)), "\n")
			return fmt.Errorf("apt-get %s: %w: %s", args[0], err, lines[len(lines)-1])
		}
	}
	return nil
}
