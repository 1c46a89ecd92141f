package local

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/touchstone-trace/touchstone/network/fabric"
	"github.com/touchstone-trace/touchstone/network/supervise"
)

// Status is how a network stands.
type Status struct {
	Running   bool                `json:"running"` // the supervisor is at work
	State     string              `json:"state"`   // folder
	Processes []supervise.Process `json:"processes"`
	Nodes     []fabric.Health     `json:"nodes"` // orderers and peers
}

// Look reports on the network of a state folder, from any process.
func Look(ctx context.Context, path string) (Status, error) {
	state, account, err := look(path)
	if err != nil {
		return Status{}, err
	}
	status := Status{State: string(state), Processes: account.Processes, Running: account.Supervisor.Alive()}
	for i, p := range status.Processes {
		if !p.Alive() && !status.Running {
			status.Processes[i].State, status.Processes[i].PID = supervise.Stopped, 0
		}
	}
	t, found, err := state.savedTopology()
	if found && status.Running {
		status.Nodes = (&fabric.Network{Topology: t}).Health(ctx)
	}
	return status, err
}

// look reads the account of a state folder without taking the folder.
func look(path string) (State, supervise.Account, error) {
	root, err := filepath.Abs(path)
	if err != nil {
		return "", supervise.Account{}, err
	}
	state := State(root)
	if !Exists(root) {
		return "", supervise.Account{}, fmt.Errorf(
			"there is no Touchstone state in %s: start it with \"make up\", or name its folder with --state", root,
		)
	}
	account, err := supervise.Load(state.Run())
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return state, account, err
}
