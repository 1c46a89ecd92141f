package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/touchstone-trace/touchstone/network/preflight"
	"github.com/touchstone-trace/touchstone/network/render"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// layout is the version of the state folder's contents. It grows when an older
// folder can no longer be used as it is.
const layout = "1"

// State is the absolute path of the folder in which everything lives, and the
// home of the paths in it.
type State string

// Network is the folder of the Fabric network.
func (s State) Network() render.Folder { return render.Folder(s.join("network")) }

// Run holds the account of the running processes, Logs what they print.
func (s State) Run() string { return s.join("run") }

// Logs holds what the processes print.
func (s State) Logs() string { return s.join("logs") }

// Bin holds the programs that are built from Touchstone's own source.
func (s State) Bin() string { return s.join("bin") }

// Postgres is the folder of the private Postgres cluster.
func (s State) Postgres() string { return s.join("postgres") }

// Secrets holds the keys of the wallet, the unit codes and the demo accounts.
func (s State) Secrets() string { return s.join("secrets") }

// Auditor is the folder of the auditor's own: his identity, and what he has seen of the ledger.
func (s State) Auditor() string { return s.join("auditor") }

// DemoEnv is the file that tells scripts how to reach the running system.
func (s State) DemoEnv() string { return s.join("demo.env") }

// Trust is what checkers of proofs are to believe; see docs/proofs.md.
func (s State) Trust() string { return s.join("trust.json") }

// DemoLoaded marks that the demo data is complete.
func (s State) DemoLoaded() string { return s.join("demo.loaded") }

// Renewed holds what came of the last renewal of certificates that was asked for.
func (s State) Renewed() string { return s.join("renewed") }

func (s State) join(name string) string { return filepath.Join(string(s), name) }

// openState makes the folder, or makes sure that this program can use it.
func openState(path string) (State, error) {
	root, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if strings.Contains(root, ",") {
		return "", fmt.Errorf(
			"the state folder %s has a comma in its path, which Fabric CA takes for a separator: choose another one with --state",
			root,
		)
	}
	// Others may pass through, so that the postgres user reaches its data; every
	// folder below is closed on its own.
	if err := os.MkdirAll(root, 0o711); err != nil { //nolint:gosec // see above
		return "", err
	}
	if err := preflight.Disk(root, preflight.RunSpace); err != nil {
		return "", err
	}
	return State(root), State(root).checkLayout()
}

func (s State) checkLayout() error {
	have, err := os.ReadFile(s.join("layout"))
	if errors.Is(err, fs.ErrNotExist) {
		return s.claim()
	}
	if found := strings.TrimSpace(string(have)); err == nil && found != layout {
		return fmt.Errorf(
			"the state folder %s has layout %s, this version of Touchstone reads layout %s: use the version that made it, or remove it with \"make clean\"",
			s,
			found,
			layout,
		)
	}
	return err
}

// claim marks an empty folder as ours. A folder with other things in it is
// refused, because clean removes the whole folder.
func (s State) claim() error {
	entries, err := os.ReadDir(string(s))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() != "bin" { // make puts the touchstone program there
			return fmt.Errorf("%s holds %s but no Touchstone state: choose an empty folder with --state", s, e.Name())
		}
	}
	return os.WriteFile(s.join("layout"), []byte(layout+"\n"), 0o600)
}

// savedTopology is the topology that the state was made with, if any.
func (s State) savedTopology() (t topology.Topology, found bool, err error) {
	content, err := os.ReadFile(s.join("topology.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return t, false, nil
	}
	if err == nil {
		err = json.Unmarshal(content, &t)
	}
	return t, err == nil, err
}

func (s State) saveTopology(t topology.Topology) error {
	content, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return err
	}
	file := s.join("topology.json")
	if err := os.WriteFile(file+".new", append(content, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
