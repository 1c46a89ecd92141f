package networktest

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// Invoke submits a transaction as an organisation's administrator, endorsed by
// the peers of the named organisations only, and returns after it was committed.
// The error of one that was refused carries the validation code.
func (n *Network) Invoke(by string, endorsers []string, args ...string) error {
	n.t.Helper()
	var orgs []topology.Org
	for _, name := range endorsers {
		orgs = append(orgs, n.Org(name))
	}
	command := append(n.chaincode("invoke", args), "--waitForEvent")
	command = append(command, n.Fabric.ToPeers(orgs...)...)
	_, err := n.peer(by, append(command, n.Fabric.ToOrderer()...))
	return err
}

// Query evaluates a transaction on an organisation's own peer.
func (n *Network) Query(by string, args ...string) (string, error) {
	n.t.Helper()
	out, err := n.peer(by, n.chaincode("query", args))
	return strings.TrimSpace(string(out)), err
}

func (n *Network) chaincode(command string, args []string) []string {
	n.t.Helper()
	input, err := json.Marshal(map[string][]string{"Args": args})
	if err != nil {
		n.t.Fatal(err)
	}
	return []string{
		"chaincode",
		command,
		"-C",
		n.Topology.Channel,
		"-n",
		n.Topology.Chaincode.Name,
		"-c",
		string(input),
	}
}

func (n *Network) peer(by string, args []string) ([]byte, error) {
	n.t.Helper()
	ctx, cancel := context.WithTimeout(n.t.Context(), limit)
	defer cancel()
	return n.Fabric.Peer(ctx, n.Org(by), args...)
}
