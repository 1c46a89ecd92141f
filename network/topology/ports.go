package topology

import (
	"fmt"
	"slices"
)

// Host is where every process listens: the network of one machine is not
// reachable from another one.
const Host = "127.0.0.1"

// DefaultBasePort and PortSpan bound the ports of one network: every port lies
// in [BasePort, BasePort+PortSpan), so two networks need two base ports that
// far apart.
const (
	DefaultBasePort = 7000
	PortSpan        = 100
)

// Offsets from the base port; an orderer adds its place, an organisation its
// index.
const (
	ordererOffset       = 10
	ordererAdminOffset  = 20
	ordererOpsOffset    = 30
	peerOffset          = 40
	peerChaincodeOffset = 50
	peerOpsOffset       = 60
	caOffset            = 70
	caOpsOffset         = 71
	chaincodeOffset     = 80
	postgresOffset      = 90
	gatewayOpsOffset    = 91
	verifierOpsOffset   = 92
	monitorOpsOffset    = 93
)

// OrdererPort serves broadcast, deliver and the orderers' own cluster.
func (t Topology) OrdererPort(o Orderer) int { return t.BasePort + ordererOffset + o.ID }

// OrdererAdminPort serves channel participation.
func (t Topology) OrdererAdminPort(o Orderer) int { return t.BasePort + ordererAdminOffset + o.ID }

// OrdererOpsPort serves health and metrics.
func (t Topology) OrdererOpsPort(o Orderer) int { return t.BasePort + ordererOpsOffset + o.ID }

// PeerPort serves the peer's gRPC services, Fabric Gateway among them.
func (t Topology) PeerPort(o Org) int { return t.BasePort + peerOffset + t.index(o) }

// PeerChaincodePort is where a peer waits for chaincode that it started
// itself; unused with chaincode as a service, but always opened.
func (t Topology) PeerChaincodePort(o Org) int { return t.BasePort + peerChaincodeOffset + t.index(o) }

// PeerOpsPort serves health and metrics.
func (t Topology) PeerOpsPort(o Org) int { return t.BasePort + peerOpsOffset + t.index(o) }

// ChaincodePort is where an organisation's chaincode waits for its peer.
func (t Topology) ChaincodePort(o Org) int { return t.BasePort + chaincodeOffset + t.index(o) }

// CAPort serves enrolment for all organisations.
func (t Topology) CAPort() int { return t.BasePort + caOffset }

// CAOpsPort serves the CA's health.
func (t Topology) CAOpsPort() int { return t.BasePort + caOpsOffset }

// PostgresPort is where the private Postgres cluster listens.
func (t Topology) PostgresPort() int { return t.BasePort + postgresOffset }

// GatewayOpsPort serves the gateway's metrics, apart from its interface.
func (t Topology) GatewayOpsPort() int { return t.BasePort + gatewayOpsOffset }

// VerifierOpsPort serves the verifier's metrics, apart from its pages.
func (t Topology) VerifierOpsPort() int { return t.BasePort + verifierOpsOffset }

// MonitorOpsPort serves the auditor's monitor's metrics.
func (t Topology) MonitorOpsPort() int { return t.BasePort + monitorOpsOffset }

// Address joins Host and a port.
func Address(port int) string { return fmt.Sprintf("%s:%d", Host, port) }

// Listener names who will listen on a port, for errors about a port in use.
type Listener struct {
	Process string
	Port    int
}

// FabricListeners is every port that the Fabric processes and the chaincode
// open.
func (t Topology) FabricListeners() []Listener {
	all := []Listener{{"ca", t.CAPort()}, {"ca", t.CAOpsPort()}}
	for _, o := range t.Orderers {
		all = append(
			all,
			Listener{o.Name, t.OrdererPort(o)},
			Listener{o.Name, t.OrdererAdminPort(o)},
			Listener{o.Name, t.OrdererOpsPort(o)},
		)
	}
	for _, o := range t.Orgs {
		all = append(all, Listener{o.Peer(), t.PeerPort(o)}, Listener{o.Peer(), t.PeerChaincodePort(o)},
			Listener{o.Peer(), t.PeerOpsPort(o)}, Listener{o.ChaincodeProcess(), t.ChaincodePort(o)})
	}
	return all
}

func (t Topology) index(o Org) int { return slices.Index(t.Orgs, o) }
