// Package topology describes a Touchstone network: who runs what, on which
// port, and how many of whom must agree. It is plain data with its rules; it
// knows nothing of files, processes or Fabric's configuration formats.
package topology

import (
	"fmt"
	"strings"
	"time"
)

// Consensus is the way the orderers agree on the order of blocks.
type Consensus string

// Raft survives crashed orderers, BFT (SmartBFT) lying ones as well.
const (
	Raft Consensus = "raft"
	BFT  Consensus = "bft"
)

// Topology is the whole network.
type Topology struct {
	Channel     string      `json:"channel"`
	Chaincode   Chaincode   `json:"chaincode"`
	Consensus   Consensus   `json:"consensus"`
	Batch       Batch       `json:"batch"`
	OrdererOrg  Org         `json:"ordererOrg"`
	Orderers    []Orderer   `json:"orderers"`
	Orgs        []Org       `json:"orgs"`
	Endorsement Endorsement `json:"endorsement"`
	BasePort    int         `json:"basePort"`
}

// Chaincode names the contract that the channel runs.
type Chaincode struct {
	Name     string `json:"name"`
	Version  string `json:"version"`
	Sequence int    `json:"sequence"`
}

// Label is the chaincode package's label, the readable half of its package id.
func (c Chaincode) Label() string { return c.Name + "_" + c.Version }

// Batch says when an orderer cuts a block: at Messages transactions, or
// Timeout after the first one.
type Batch struct {
	Messages int           `json:"messages"`
	Timeout  time.Duration `json:"timeout"`
}

// Org is an organisation: its membership service provider and its domain.
type Org struct {
	Name   string `json:"name"` // lower case, as in process names and paths
	MSP    string `json:"msp"`
	Domain string `json:"domain"`
}

// Orderer is one ordering node of the orderer organisation.
type Orderer struct {
	Name string `json:"name"`
	ID   int    `json:"id"` // from 1; its place in the consenter list
}

// Endorsement requires the peers of Required different organisations.
type Endorsement struct {
	Required int `json:"required"`
}

const domain = "touchstone.example"

// Default is the network of one machine: one orderer and the three
// organisations of Touchstone with a peer each, of which two must endorse.
func Default() Topology {
	t := Topology{
		Channel:    "trace",
		Chaincode:  Chaincode{Name: "touchstone", Version: "1", Sequence: 1},
		Consensus:  Raft,
		Batch:      Batch{Messages: 500, Timeout: 200 * time.Millisecond},
		OrdererOrg: org("orderer", "OrdererMSP"),
		Orgs: []Org{
			org("platform", "PlatformMSP"),
			org("producer", "ProducerMSP"),
			org("auditor", "AuditorMSP"),
		},
		Endorsement: Endorsement{Required: 2},
		BasePort:    DefaultBasePort,
	}
	t.setOrderers(1)
	return t
}

func org(name, msp string) Org {
	return Org{Name: name, MSP: msp, Domain: name + "." + domain}
}

// WithOrderers answers t with n orderers. An empty consensus means Raft for 1
// and 3 orderers and SmartBFT for 4, the smallest number that survives a liar.
func (t Topology) WithOrderers(n int, c Consensus) (Topology, error) {
	if c == "" {
		c = Raft
		if n == 4 {
			c = BFT
		}
	}
	t.Consensus = c
	t.setOrderers(n)
	return t, t.Validate()
}

func (t *Topology) setOrderers(n int) {
	t.Orderers = nil
	for id := 1; id <= n; id++ {
		t.Orderers = append(t.Orderers, Orderer{Name: fmt.Sprintf("orderer%d", id), ID: id})
	}
}

// Validate reports the first rule that t breaks, naming the setting to change.
func (t Topology) Validate() error {
	n := len(t.Orderers)
	switch {
	case t.Consensus != Raft && t.Consensus != BFT:
		return fmt.Errorf("consensus %q is unknown: use raft or bft", t.Consensus)
	case t.Consensus == Raft && n != 1 && n != 3:
		return fmt.Errorf(
			"raft runs with 1 or 3 orderers, not %d: set --orderers 1, --orderers 3, or --orderers 4 --consensus bft",
			n,
		)
	case t.Consensus == BFT && n != 4:
		return fmt.Errorf("bft runs with 4 orderers, not %d: set --orderers 4", n)
	case t.Endorsement.Required < 1 || t.Endorsement.Required > len(t.Orgs):
		return fmt.Errorf(
			"endorsement by %d organisations is impossible: there are %d", t.Endorsement.Required, len(t.Orgs),
		)
	case t.Batch.Messages < 1 || t.Batch.Timeout <= 0:
		return fmt.Errorf("batch of %d messages or %s: both must be positive", t.Batch.Messages, t.Batch.Timeout)
	case t.BasePort < 1024 || t.BasePort > 65535-PortSpan:
		return fmt.Errorf(
			"base port %d is out of range: set --base-port between 1024 and %d", t.BasePort, 65535-PortSpan,
		)
	}
	return nil
}

// EndorsementPolicy is the chaincode's policy in the notation of Fabric's
// lifecycle commands, e.g. OutOf(2,'PlatformMSP.peer','ProducerMSP.peer').
func (t Topology) EndorsementPolicy() string {
	principals := make([]string, len(t.Orgs))
	for i, o := range t.Orgs {
		principals[i] = "'" + o.MSP + ".peer'"
	}
	return fmt.Sprintf("OutOf(%d,%s)", t.Endorsement.Required, strings.Join(principals, ","))
}

// BlockSigners is how many orderers must sign a block: one with Raft, with BFT
// the quorum of n that may include f = (n-1)/3 liars (Fabric, policies.ComputeBFTQuorum).
func (t Topology) BlockSigners() int {
	if t.Consensus == Raft {
		return 1
	}
	n := len(t.Orderers)
	return (n+(n-1)/3)/2 + 1
}

// Peer is the process name of an organisation's peer.
func (o Org) Peer() string { return "peer-" + o.Name }

// PeerHost is the host name in the peer's certificate.
func (o Org) PeerHost() string { return "peer0." + o.Domain }

// ChaincodeProcess is the process name of an organisation's own chaincode:
// no organisation executes a transaction with another one's program.
func (o Org) ChaincodeProcess() string { return "chaincode-" + o.Name }

// OrdererHost is the host name in the orderer's certificate.
func (t Topology) OrdererHost(o Orderer) string { return o.Name + "." + t.OrdererOrg.Domain }

// CAName is the name of an organisation's CA within the one CA server.
func (o Org) CAName() string { return "ca-" + o.Name }
