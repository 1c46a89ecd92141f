package fabric

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/network/render"
	"github.com/touchstone-trace/touchstone/network/tools"
	"github.com/touchstone-trace/touchstone/network/topology"
)

const metrics = `# HELP ledger_blockchain_height Height of the chain in blocks.
# TYPE ledger_blockchain_height gauge
ledger_blockchain_height{channel="other"} 7
ledger_blockchain_height{channel="trace"} 1.234567e+06
ledger_blockchain_height{channel="tracer"} 9
consensus_BFT_is_leader{channel="trace"} 1
consensus_etcdraft_is_leader{channel="broken"} yes
`

func TestMetric(t *testing.T) {
	height := []string{"ledger_blockchain_height"}
	leads := []string{"consensus_etcdraft_is_leader", "consensus_BFT_is_leader"}
	for _, c := range []struct {
		channel string
		names   []string
		want    uint64
		found   bool
	}{
		{"trace", height, 1234567, true},
		{"other", height, 7, true},
		{"none", height, 0, false},
		{"trace", leads, 1, true},
		{"broken", leads, 0, false},
	} {
		got, found := metric([]byte(metrics), c.channel, c.names...)
		if got != c.want || found != c.found {
			t.Errorf("%s of %s: got %d, %t, want %d, %t", c.names, c.channel, got, found, c.want, c.found)
		}
	}
}

func FuzzMetric(f *testing.F) {
	f.Add([]byte(metrics), "trace")
	f.Add([]byte("ledger_blockchain_height{channel=\"(\"} NaN\n"), "(")
	f.Fuzz(func(t *testing.T, text []byte, channel string) {
		if _, found := metric(text, channel, "ledger_blockchain_height"); found &&
			!bytes.Contains(text, []byte(channel)) {
			t.Errorf("found a value of %q where it is not named", channel)
		}
	})
}

// What was not finished starts over, what was finished is never touched.
func TestOnlyAnUnfinishedNetworkStartsOver(t *testing.T) {
	n := &Network{Folder: render.Folder(filepath.Join(t.TempDir(), "network"))}
	ledger := filepath.Join(string(n.Folder), "ledger")
	for _, step := range []struct {
		what  string
		do    func() error
		fresh bool
	}{
		{"a new network", func() error { return nil }, true},
		{"an interrupted one", func() error { return os.WriteFile(ledger, nil, 0o600) }, true},
		{"a finished one", n.Finish, false},
		{"a finished one in use", func() error { return os.WriteFile(ledger, nil, 0o600) }, false},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		had := exists(ledger)
		fresh, err := n.startOver()
		if err != nil || fresh != step.fresh {
			t.Errorf("%s: starts over is %t, %v", step.what, fresh, err)
		}
		if want := had && !step.fresh; exists(ledger) != want {
			t.Errorf("%s: the ledger's being there is %t", step.what, !want)
		}
	}
}

// A command of Fabric's that fails is quoted in one line.
func TestFailedCommandIsQuoted(t *testing.T) {
	dir := t.TempDir()
	cryptogen := filepath.Join(dir, "cryptogen")
	if err := os.WriteFile(
		cryptogen, []byte("#!/bin/sh\necho first >&2\necho no entropy >&2\nexit 1\n"), 0o700,
	); err != nil {
		t.Fatal(err)
	}
	n := &Network{
		Topology: topology.Default(),
		Folder:   render.Folder(filepath.Join(dir, "network")),
		Bin:      tools.Bin{"cryptogen": cryptogen, "configtxgen": "/nowhere/configtxgen"},
		Log:      slog.New(slog.DiscardHandler),
	}
	err := n.Prepare(t.Context())
	if err == nil || !strings.Contains(err.Error(), "cryptogen: no entropy") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}
