// Package networktest gives a test a Fabric network of its own: real processes
// on free ports in a temporary folder, stopped when the test ends. It is for
// tests only.
package networktest

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/network/local"
	"github.com/touchstone-trace/touchstone/network/postgres"
	"github.com/touchstone-trace/touchstone/network/supervise"
	"github.com/touchstone-trace/touchstone/network/tools"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// Options choose a network; the zero value is the default one, running
// Touchstone's contract.
type Options struct {
	Orderers  int
	Consensus topology.Consensus
	Chaincode string // package of the chaincode's program, from the root of the source
	Postgres  bool   // start a database too
}

// Network is a running network. Its Super may run further processes.
type Network struct {
	*local.Local
	DSN string // of the database, where one was asked for

	t testing.TB
}

// limit bounds every wait in this package.
const limit = 3 * time.Minute

// Start starts a network and fails the test where that does not work. Fabric's
// programs are built first if they were never built on this machine.
func Start(t testing.TB, o Options) *Network {
	t.Helper()
	n := open(t, o)
	n.start(o)
	return n
}

// open takes a new state folder and free ports; nothing runs yet.
func open(t testing.TB, o Options) *Network {
	t.Helper()
	// Not t.TempDir, whose path holds the test's name, and that may be anything.
	state, err := os.MkdirTemp("", "touchstone-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(state, 0o711); err != nil { //nolint:gosec // the postgres user passes through
		t.Fatal(err)
	}
	options := local.Options{State: state, BasePort: FreePorts(t), Orderers: o.Orderers, Consensus: o.Consensus}
	l, err := local.Open(options, logger(t))
	if err != nil {
		t.Fatal(err)
	}
	n := &Network{Local: l, t: t}
	t.Cleanup(n.end)
	return n
}

func (n *Network) start(o Options) {
	n.t.Helper()
	ctx, cancel := context.WithTimeout(n.t.Context(), limit)
	defer cancel()
	bin, program := programs(ctx, n.t, n.State.Bin(), o.Chaincode)
	if err := n.StartFabric(ctx, bin, program); err != nil {
		n.t.Fatal(err)
	}
	if o.Postgres {
		n.startPostgres(ctx)
	}
}

func (n *Network) startPostgres(ctx context.Context) {
	n.t.Helper()
	cluster, err := postgres.Prepare(ctx, n.State.Postgres(), n.Topology.PostgresPort(), logger(n.t))
	if err != nil {
		n.t.Fatal(err)
	}
	if err := n.Super.Start(ctx, cluster.Process()); err != nil {
		n.t.Fatal(err)
	}
	n.DSN = cluster.DSN()
}

// end stops everything; a test that failed shows the ends of the logs first.
func (n *Network) end() {
	if n.t.Failed() {
		n.showLogs()
	}
	if err := n.Close(); err != nil {
		n.t.Error(err)
	}
	if err := local.Remove(string(n.State)); err != nil {
		n.t.Error(err)
	}
}

func (n *Network) showLogs() {
	for _, p := range n.Super.Processes() {
		content, _ := os.ReadFile(p.Log)
		const last = 2000
		n.t.Logf("--- %s (%s, %d restarts) ---\n%s", p.Name, p.State, p.Restarts, content[max(0, len(content)-last):])
	}
}

// ProfileFile is the connection profile that a gateway reads.
func (n *Network) ProfileFile() string { return n.State.Network().Profile() }

// Org is an organisation by its name: platform, producer or auditor.
func (n *Network) Org(name string) topology.Org {
	n.t.Helper()
	for _, o := range n.Topology.Orgs {
		if o.Name == name {
			return o
		}
	}
	n.t.Fatalf("no organisation %q", name)
	return topology.Org{}
}

// Leader is the orderer that orders the blocks now, Follower one that does not.
func (n *Network) Leader() string { return n.orderer(true) }

// Follower is an orderer that follows the leader.
func (n *Network) Follower() string { return n.orderer(false) }

func (n *Network) orderer(leads bool) string {
	n.t.Helper()
	for _, h := range n.Fabric.Health(n.t.Context())[:len(n.Topology.Orderers)] {
		if h.Joined && h.Leads == leads {
			return h.Process
		}
	}
	n.t.Fatalf("no orderer says that its leading is %t", leads)
	return ""
}

// Kill ends a process at once (kill -9). The supervisor starts it again.
func (n *Network) Kill(name string) {
	n.t.Helper()
	if err := n.Super.Signal(name, syscall.SIGKILL); err != nil {
		n.t.Fatal(err)
	}
}

// KillAndWait ends a process at once and returns when it is back and ready.
func (n *Network) KillAndWait(name string) {
	n.t.Helper()
	before := n.process(name).Restarts
	n.Kill(name)
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if p := n.process(name); p.Restarts > before && p.State == supervise.Ready {
			return
		}
	}
	n.t.Fatalf("%s did not come back: %+v", name, n.process(name))
}

func (n *Network) process(name string) supervise.Process {
	n.t.Helper()
	for _, p := range n.Super.Processes() {
		if p.Name == name {
			return p
		}
	}
	n.t.Fatalf("no process %q", name)
	return supervise.Process{}
}

// programs are Fabric's and the chaincode's.
func programs(ctx context.Context, t testing.TB, into, chaincode string) (tools.Bin, string) {
	t.Helper()
	if chaincode == "" {
		chaincode = "./chaincode/cmd/chaincode"
	}
	source, err := tools.SourceRoot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	bin, err := tools.Builder{Source: source, Log: logger(t)}.Build(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := tools.Own(ctx, source, into, chaincode); err != nil {
		t.Fatal(err)
	}
	return bin, filepath.Join(into, filepath.Base(chaincode))
}

func logger(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), nil))
}
