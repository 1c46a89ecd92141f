package topology

import (
	"strings"
	"testing"
)

func TestOrderers(t *testing.T) {
	for _, c := range []struct {
		orderers  int
		consensus Consensus
		want      Consensus
		refusal   string
	}{
		{orderers: 1, want: Raft},
		{orderers: 3, want: Raft},
		{orderers: 4, want: BFT},
		{orderers: 3, consensus: Raft, want: Raft},
		{orderers: 4, consensus: BFT, want: BFT},
		{orderers: 0, refusal: "--orderers 1"},
		{orderers: 2, refusal: "--orderers 1"},
		{orderers: 4, consensus: Raft, refusal: "--orderers 4 --consensus bft"},
		{orderers: 3, consensus: BFT, refusal: "--orderers 4"},
		{orderers: 1, consensus: "solo", refusal: "raft or bft"},
	} {
		got, err := Default().WithOrderers(c.orderers, c.consensus)
		if c.refusal != "" {
			if err == nil || !strings.Contains(err.Error(), c.refusal) {
				t.Errorf("%d, %q: got %v, want a word about %q", c.orderers, c.consensus, err, c.refusal)
			}
			continue
		}
		if err != nil || got.Consensus != c.want || len(got.Orderers) != c.orderers {
			t.Errorf("%d, %q: got %s with %d, %v", c.orderers, c.consensus, got.Consensus, len(got.Orderers), err)
		}
	}
}

func TestNoOrganisationEndorsesAlone(t *testing.T) {
	const want = "OutOf(2,'PlatformMSP.peer','ProducerMSP.peer','AuditorMSP.peer')"
	if got := Default().EndorsementPolicy(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestValidateNamesTheSetting(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*Topology)
		want   string
	}{
		"port too low":        {func(t *Topology) { t.BasePort = 80 }, "--base-port"},
		"port too high":       {func(t *Topology) { t.BasePort = 65500 }, "--base-port"},
		"too many endorsers":  {func(t *Topology) { t.Endorsement.Required = 4 }, "endorsement by 4"},
		"no endorser":         {func(t *Topology) { t.Endorsement.Required = 0 }, "endorsement by 0"},
		"empty blocks":        {func(t *Topology) { t.Batch.Messages = 0 }, "batch"},
		"blocks without wait": {func(t *Topology) { t.Batch.Timeout = 0 }, "batch"},
	} {
		n := Default()
		c.change(&n)
		if err := n.Validate(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want a word about %q", what, err, c.want)
		}
	}
}

// Two networks whose base ports are PortSpan apart never meet.
func TestPortsAreDistinctAndWithinTheSpan(t *testing.T) {
	for _, orderers := range []int{1, 3, 4} {
		n, err := Default().WithOrderers(orderers, "")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int]string{}
		for _, l := range append(n.FabricListeners(), Listener{"postgres", n.PostgresPort()}, Listener{"gateway", n.GatewayOpsPort()}, Listener{"verifier", n.VerifierOpsPort()}, Listener{"monitor", n.MonitorOpsPort()}) {
			if other, taken := seen[l.Port]; taken {
				t.Errorf("%s and %s share port %d", l.Process, other, l.Port)
			}
			if l.Port < n.BasePort || l.Port >= n.BasePort+PortSpan {
				t.Errorf("%s has port %d, outside of the span", l.Process, l.Port)
			}
			seen[l.Port] = l.Process
		}
	}
}

// One orderer signs a Raft block; of four that may lie, three must.
func TestBlockSigners(t *testing.T) {
	for orderers, want := range map[int]int{1: 1, 3: 1, 4: 3} {
		topology, err := Default().WithOrderers(orderers, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := topology.BlockSigners(); got != want {
			t.Errorf("%d orderers: %d signers, want %d", orderers, got, want)
		}
	}
}
