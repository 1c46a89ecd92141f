package fabric

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/touchstone-trace/touchstone/network/topology"
	"golang.org/x/sync/errgroup"
)

// Deploy makes the channel run the chaincode of the topology: every
// organisation installs and approves it, then one commits it for all. A
// definition with a higher sequence replaces the one that is committed.
func (n *Network) Deploy(ctx context.Context) error {
	id, err := n.packageID()
	if err != nil {
		return err
	}
	if err := n.each(func(o topology.Org) error { return n.install(ctx, o, id) }); err != nil {
		return err
	}
	committed, err := n.committed(ctx)
	if err != nil || committed >= n.Topology.Chaincode.Sequence {
		return err
	}
	approved, err := n.approvals(ctx)
	if err != nil {
		return err
	}
	err = n.each(func(o topology.Org) error {
		if approved[o.MSP] {
			return nil
		}
		return n.approve(ctx, o, id)
	})
	if err != nil {
		return err
	}
	return n.commit(ctx)
}

// each does the same for every organisation at once.
func (n *Network) each(do func(topology.Org) error) error {
	var all errgroup.Group
	for _, o := range n.Topology.Orgs {
		all.Go(func() error { return do(o) })
	}
	return all.Wait()
}

func (n *Network) install(ctx context.Context, o topology.Org, id string) error {
	var have struct {
		Installed []struct {
			ID string `json:"package_id"`
		} `json:"installed_chaincodes"`
	}
	if err := n.lifecycle(ctx, o, &have, "queryinstalled", "-O", "json"); err != nil {
		return err
	}
	for _, c := range have.Installed {
		if c.ID == id {
			return nil
		}
	}
	n.Log.Info("installing the chaincode", "peer", o.Peer())
	return n.lifecycle(ctx, o, nil, "install", n.Folder.Package())
}

// committed is the sequence of the definition that the channel runs; 0 for none.
func (n *Network) committed(ctx context.Context) (int, error) {
	var have struct{ Sequence int }
	err := n.lifecycle(
		ctx, n.Topology.Orgs[0], &have, "querycommitted", "-C", n.Topology.Channel, "-n",
		n.Topology.Chaincode.Name, "-O", "json",
	)
	if failed := new(commandError); errors.As(err, &failed) && failed.mentions("is not defined") {
		return 0, nil
	}
	return have.Sequence, err
}

// approvals says which organisations have approved the topology's definition.
func (n *Network) approvals(ctx context.Context) (map[string]bool, error) {
	var have struct{ Approvals map[string]bool }
	err := n.lifecycle(
		ctx,
		n.Topology.Orgs[0],
		&have,
		append([]string{"checkcommitreadiness", "-O", "json"}, n.definition()...)...)
	return have.Approvals, err
}

func (n *Network) approve(ctx context.Context, o topology.Org, id string) error {
	n.Log.Info("approving the chaincode", "organisation", o.MSP)
	args := append([]string{"approveformyorg", "--package-id", id}, n.definition()...)
	return n.lifecycle(ctx, o, nil, append(args, n.ToOrderer()...)...)
}

func (n *Network) commit(ctx context.Context) error {
	n.Log.Info("committing the chaincode", "channel", n.Topology.Channel, "policy", n.Topology.EndorsementPolicy())
	args := append([]string{"commit"}, n.definition()...)
	args = append(args, n.ToPeers(n.Topology.Orgs...)...)
	return n.lifecycle(ctx, n.Topology.Orgs[0], nil, append(args, n.ToOrderer()...)...)
}

// ToPeers is the peer command's arguments to have these organisations endorse.
func (n *Network) ToPeers(orgs ...topology.Org) []string {
	var args []string
	for _, o := range orgs {
		ca := filepath.Join(n.Folder.PeerCrypto(o), "tls", "ca.crt")
		args = append(args, "--peerAddresses", topology.Address(n.Topology.PeerPort(o)), "--tlsRootCertFiles", ca)
	}
	return args
}

// definition is what the organisations agree on.
func (n *Network) definition() []string {
	c := n.Topology.Chaincode
	return []string{"-C", n.Topology.Channel, "-n", c.Name, "-v", c.Version, "--sequence", strconv.Itoa(c.Sequence),
		"--signature-policy", n.Topology.EndorsementPolicy()}
}

// ToOrderer is the peer command's arguments for a command that ends in a
// transaction.
func (n *Network) ToOrderer() []string {
	first := n.Topology.Orderers[0]
	ca := filepath.Join(n.Folder.OrdererCrypto(n.Topology.OrdererOrg, n.Topology.OrdererHost(first)), "tls", "ca.crt")
	return []string{"-o", topology.Address(n.Topology.OrdererPort(first)), "--tls", "--cafile", ca}
}

// lifecycle runs a peer lifecycle command for an organisation and reads its
// JSON answer where one is wanted.
func (n *Network) lifecycle(ctx context.Context, o topology.Org, answer any, args ...string) error {
	out, err := n.Peer(ctx, o, append([]string{"lifecycle", "chaincode"}, args...)...)
	if err != nil {
		return fmt.Errorf("%s for %s: %w", args[0], o.MSP, err)
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(out, answer)
}
