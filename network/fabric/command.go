package fabric

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// Peer runs the peer command as an organisation's administrator, towards the
// organisation's own peer, and answers what it printed.
func (n *Network) Peer(ctx context.Context, o topology.Org, args ...string) ([]byte, error) {
	env := n.environment(
		"FABRIC_CFG_PATH="+n.Folder.Node(o.Peer()),
		"FABRIC_LOGGING_SPEC=error",
		"CORE_PEER_MSPCONFIGPATH="+filepath.Join(n.Folder.Admin(o), "msp"),
		"CORE_PEER_CLIENT_CONNTIMEOUT=10s",
	)
	return n.output(ctx, "peer", env, args...)
}

// command runs one of Fabric's commands to its end.
func (n *Network) command(ctx context.Context, name string, args ...string) error {
	_, err := n.output(ctx, name, n.environment(), args...)
	return err
}

// output runs one of Fabric's commands and answers what it printed.
func (n *Network) output(ctx context.Context, name string, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, n.Bin[name], args...)
	cmd.Dir, cmd.Env = string(n.Folder), env
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return nil, fmt.Errorf("%s: %w", name, context.Cause(ctx))
	}
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		return nil, &commandError{Command: name, Said: exit.Stderr}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

// commandError is a Fabric command that failed.
type commandError struct {
	Command string
	Said    []byte
}

func (e *commandError) Error() string {
	lines := strings.Split(strings.TrimSpace(string(e.Said)), "\n")
	return fmt.Sprintf("%s: %s", e.Command, lines[len(lines)-1])
}

func (e *commandError) mentions(what string) bool { return bytes.Contains(e.Said, []byte(what)) }
