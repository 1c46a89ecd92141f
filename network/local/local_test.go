package local

import (
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/network/tools"
	"github.com/touchstone-trace/touchstone/network/topology"
)

var quiet = slog.New(slog.DiscardHandler)

func open(t *testing.T, o Options) (*Local, error) {
	t.Helper()
	l, err := Open(o, quiet)
	if err == nil {
		t.Cleanup(func() { l.Close() })
	}
	return l, err
}

func refused(t *testing.T, o Options, words ...string) {
	t.Helper()
	l, err := Open(o, quiet)
	if err == nil {
		l.Close()
		t.Fatal("it was taken")
	}
	oneLine(t, err, words...)
}

func oneLine(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("%q is more than one line", err)
	}
}

func TestStateOfAnotherLayoutIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "layout"), []byte("0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, Options{State: dir}, dir, "layout 0", "make clean")
}

// Clean removes the whole state folder, so it must not be somebody's own.
func TestFolderWithOtherThingsIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, Options{State: dir}, "thesis.txt", "--state")
}

func TestFolderWithACommaIsRefused(t *testing.T) {
	refused(t, Options{State: filepath.Join(t.TempDir(), "a,b")}, "comma", "--state")
}

func TestStateInUseIsRefused(t *testing.T) {
	dir := t.TempDir()
	if _, err := open(t, Options{State: dir}); err != nil {
		t.Fatal(err)
	}
	refused(t, Options{State: dir}, dir, "touchstone stop")
}

// The ports and the orderers are part of the channel's first block.
func TestOptionsMustNotContradictTheState(t *testing.T) {
	dir := t.TempDir()
	made, err := open(t, Options{State: dir, BasePort: 9000, Orderers: 3})
	if err != nil {
		t.Fatal(err)
	}
	made.Close()
	refused(t, Options{State: dir, BasePort: 9100}, "--base-port 9000", "make clean")
	refused(t, Options{State: dir, Orderers: 1}, "--orderers 3")
	refused(t, Options{State: dir, Consensus: topology.BFT}, "--consensus raft")
	resumed, err := open(t, Options{State: dir})
	if err != nil || resumed.Topology.BasePort != 9000 || len(resumed.Topology.Orderers) != 3 {
		t.Errorf("resumed with %+v, %v", resumed.Topology, err)
	}
}

func TestPortInUseStopsTheStartBeforeAnyProcess(t *testing.T) {
	taken, err := net.Listen("tcp", topology.Host+":0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	base := topology.Default()
	l, err := open(t, Options{State: t.TempDir(), BasePort: port - (base.CAPort() - base.BasePort)})
	if err != nil {
		t.Fatal(err)
	}
	oneLine(t, l.StartFabric(t.Context(), tools.Bin{}, ""), "ca", "--base-port")
	if running := l.Super.Processes(); len(running) != 0 {
		t.Errorf("started %+v", running)
	}
}

func TestLookAndStopWithoutAState(t *testing.T) {
	dir := t.TempDir()
	_, err := Look(t.Context(), dir)
	oneLine(t, err, dir, "make up")
	oneLine(t, Stop(t.Context(), dir, quiet), dir, "make up")
}
