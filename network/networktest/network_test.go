package networktest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/network/local"
	"github.com/touchstone-trace/touchstone/network/topology"
)

const register = "./network/networktest/testdata/register"

var twoOrgs = []string{"platform", "producer"}

// Every number of orderers reaches health, commits, and survives what it is
// there to survive.
func TestNetworkCommitsWith(t *testing.T) {
	for _, c := range []struct {
		orderers  int
		consensus topology.Consensus
		lose      bool // goes on without its leader
	}{
		{orderers: 1, consensus: topology.Raft},
		{orderers: 3, consensus: topology.Raft, lose: true},
		{orderers: 4, consensus: topology.BFT, lose: true},
	} {
		t.Run(fmt.Sprintf("%d orderers, %s", c.orderers, c.consensus), func(t *testing.T) {
			n := Start(t, Options{Orderers: c.orderers, Chaincode: register})
			if n.Topology.Consensus != c.consensus {
				t.Errorf("consensus is %s", n.Topology.Consensus)
			}
			n.mustPut("colour", "red")
			n.waitForHeight(4) // first block, one approval block or more, commit, put
			if c.lose {
				n.Kill(n.Leader())
				n.mustPut("colour", "blue")
			}
		})
	}
}

func TestOneEndorsementIsNotEnough(t *testing.T) {
	n := Start(t, Options{Chaincode: register})
	for _, org := range n.Topology.Orgs {
		err := n.Invoke(org.Name, []string{org.Name}, "put", "colour", "forged")
		if err == nil || !strings.Contains(err.Error(), "ENDORSEMENT_POLICY_FAILURE") {
			t.Errorf("%s alone: got %v, want ENDORSEMENT_POLICY_FAILURE", org.MSP, err)
		}
	}
	if value, err := n.Query("auditor", "get", "colour"); err != nil || value != "" {
		t.Errorf("the ledger holds %q (%v), want nothing", value, err)
	}
}

func TestEveryKilledProcessComesBack(t *testing.T) {
	n := Start(t, Options{Chaincode: register, Postgres: true})
	n.mustPut("colour", "red")
	for _, p := range n.Super.Processes() {
		n.KillAndWait(p.Name)
	}
	n.mustPut("colour", "blue")
}

func TestSecondStartResumes(t *testing.T) {
	o := Options{Chaincode: register}
	n := Start(t, o)
	n.mustPut("colour", "red")
	processes := n.Super.Processes()
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	for _, p := range processes {
		if p.Alive() {
			t.Errorf("%s still runs after the stop", p.Name)
		}
	}

	n.reopen()
	began := time.Now()
	n.start(o)
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("the second start took %s", took)
	}
	if value, err := n.Query("auditor", "get", "colour"); err != nil || value != "red" {
		t.Errorf("the ledger holds %q (%v), want red", value, err)
	}
}

// mustPut writes a value and reads it back from every organisation's peer.
func (n *Network) mustPut(key, value string) {
	n.t.Helper()
	n.eventually("put "+key, func() error { return n.Invoke("producer", twoOrgs, "put", key, value) })
	for _, org := range n.Topology.Orgs {
		n.eventually("read "+key+" from "+org.Name, func() error {
			if got, err := n.Query(org.Name, "get", key); err != nil || got != value {
				return fmt.Errorf("got %q, error %w", got, err)
			}
			return nil
		})
	}
}

// eventually tries for as long as a loss of a process may reasonably be felt.
func (n *Network) eventually(what string, try func() error) {
	n.t.Helper()
	err := try()
	for deadline := time.Now().Add(time.Minute); err != nil && time.Now().Before(deadline); err = try() {
		time.Sleep(200 * time.Millisecond)
	}
	if err != nil {
		n.t.Fatalf("%s: %v", what, err)
	}
}

func (n *Network) waitForHeight(height uint64) {
	n.t.Helper()
	n.eventually("height", func() error {
		for _, h := range n.Fabric.Health(n.t.Context()) {
			if !h.Healthy || !h.Joined || h.Height < height {
				return fmt.Errorf("%+v, want height %d", h, height)
			}
		}
		return nil
	})
}

// However a bring-up is interrupted, the next one leads to a working network.
func TestInterruptedBringUpIsRecovered(t *testing.T) {
	n := open(t, Options{})
	bin, program := programs(t.Context(), t, n.State.Bin(), register)
	for _, patience := range []time.Duration{200 * time.Millisecond, 700 * time.Millisecond, 1500 * time.Millisecond, 2500 * time.Millisecond} {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		err := n.StartFabric(ctx, bin, program)
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("after earlier interruptions: %v", err)
		}
		t.Logf("after %s: %v", patience, err)
		n.reopen()
	}
	n.start(Options{Chaincode: register})
	n.mustPut("colour", "red")
}

// reopen ends everything and takes the state folder anew.
func (n *Network) reopen() {
	n.t.Helper()
	if err := n.Close(); err != nil {
		n.t.Fatal(err)
	}
	again, err := local.Open(local.Options{State: string(n.State)}, logger(n.t))
	if err != nil {
		n.t.Fatal(err)
	}
	n.Local = again
}
