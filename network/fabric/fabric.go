// Package fabric brings a Hyperledger Fabric network up in a folder: it makes
// what is made once (certificates, the channel's first block, the chaincode
// package), says which processes to run, and reconciles the running network
// with its topology. Every step of that looks before it acts, so that it can be
// repeated at each start. It does not run the processes and knows nothing of
// what the chaincode does.
package fabric

import (
	"context"
	"log/slog"
	"os"

	"github.com/touchstone-trace/touchstone/network/render"
	"github.com/touchstone-trace/touchstone/network/supervise"
	"github.com/touchstone-trace/touchstone/network/tools"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// Network is a network in its folder.
type Network struct {
	Topology  topology.Topology
	Folder    render.Folder
	Bin       tools.Bin
	Chaincode string // the chaincode's program
	Log       *slog.Logger
}

// Nodes is the processes that make up the network, without the chaincode.
func (n *Network) Nodes() []supervise.Spec {
	specs := []supervise.Spec{n.ca()}
	for _, o := range n.Topology.Orderers {
		specs = append(specs, n.orderer(o))
	}
	for _, o := range n.Topology.Orgs {
		specs = append(specs, n.peer(o))
	}
	return specs
}

func (n *Network) ca() supervise.Spec {
	t := n.Topology
	return supervise.Spec{
		Name:  "ca",
		Path:  n.Bin["fabric-ca-server"],
		Args:  []string{"start", "--home", n.Folder.CADir(t.Orgs[0])},
		Dir:   n.Folder.CADir(t.Orgs[0]),
		Env:   n.environment(),
		Ready: serving("http://"+topology.Address(t.CAOpsPort()), t.CAPort()),
		Live:  supervise.Answers("http://" + topology.Address(t.CAOpsPort()) + "/healthz"),
	}
}

func (n *Network) orderer(o topology.Orderer) supervise.Spec {
	return supervise.Spec{
		Name:  o.Name,
		Path:  n.Bin["orderer"],
		Dir:   n.Folder.Node(o.Name),
		Env:   n.environment("FABRIC_CFG_PATH=" + n.Folder.Node(o.Name)),
		Ready: serving(n.ordererOps(o), n.Topology.OrdererPort(o), n.Topology.OrdererAdminPort(o)),
		Live:  supervise.Answers(n.ordererOps(o) + "/healthz"),
	}
}

func (n *Network) peer(o topology.Org) supervise.Spec {
	return supervise.Spec{
		Name: o.Peer(),
		Path: n.Bin["peer"],
		Args: []string{"node", "start"},
		Dir:  n.Folder.Node(o.Peer()),
		Env: n.environment("FABRIC_CFG_PATH="+n.Folder.Node(o.Peer()),
			`CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG={"address":"`+topology.Address(n.Topology.ChaincodePort(o))+`"}`),
		Ready: serving(n.peerOps(o), n.Topology.PeerPort(o)),
		Live:  supervise.Answers(n.peerOps(o) + "/healthz"),
	}
}

// Chaincodes is one chaincode process per organisation. Prepare comes first,
// because the package's id is part of their environment.
func (n *Network) Chaincodes() ([]supervise.Spec, error) {
	id, err := n.packageID()
	if err != nil {
		return nil, err
	}
	var specs []supervise.Spec
	for _, o := range n.Topology.Orgs {
		address := topology.Address(n.Topology.ChaincodePort(o))
		specs = append(specs, supervise.Spec{
			Name:  o.ChaincodeProcess(),
			Path:  n.Chaincode,
			Dir:   string(n.Folder),
			Env:   n.environment("CHAINCODE_SERVER_ADDRESS="+address, "CHAINCODE_ID="+id),
			Ready: supervise.Listens(address),
			Live:  supervise.Speaks(address),
		})
	}
	return specs, nil
}

// serving is ready when a node says that it is healthy and its ports are open,
// which it opens in no particular order.
func serving(operations string, ports ...int) func(context.Context) error {
	probes := []func(context.Context) error{supervise.Healthy(operations + "/healthz")}
	for _, port := range ports {
		probes = append(probes, supervise.Listens(topology.Address(port)))
	}
	return supervise.All(probes...)
}

// environment is what a process of the network sees: nothing of ours but the
// search path and a place for temporary files.
func (n *Network) environment(more ...string) []string {
	return append([]string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + string(n.Folder),
		"TMPDIR=" + os.TempDir(),
		"FABRIC_LOGGING_SPEC=info:gossip=warning:grpc=error",
		"FABRIC_LOGGING_FORMAT=%{time:2006-01-02T15:04:05.000Z07:00} %{level:.4s} [%{module}] %{message}",
	}, more...)
}

func (n *Network) packageID() (string, error) {
	packaged, err := os.ReadFile(n.Folder.Package())
	if err != nil {
		return "", err
	}
	return render.PackageID(n.Topology.Chaincode, packaged), nil
}

func (n *Network) ordererOps(o topology.Orderer) string {
	return "http://" + topology.Address(n.Topology.OrdererOpsPort(o))
}

func (n *Network) peerOps(o topology.Org) string {
	return "http://" + topology.Address(n.Topology.PeerOpsPort(o))
}
