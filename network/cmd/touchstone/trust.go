package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/touchstone-trace/touchstone/network/local"
	configuration "github.com/touchstone-trace/touchstone/network/render"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/network/trust"
)

// writeTrust writes what a checker of proofs must believe: the organisations'
// roots and the network's policies. It holds no secret; hand it to whoever
// wants to check, by a way that he trusts.
func writeTrust(network *local.Local) error {
	believed, err := trustOf(network.Topology, network.State.Network())
	if err != nil {
		return err
	}
	content, err := json.MarshalIndent(believed, "", "  ")
	if err != nil {
		return err
	}
	file := network.State.Trust()
	content = append(content, '\n')
	if err := os.WriteFile(file+".new", content, 0o644); err != nil { //nolint:gosec // for everybody to read
		return err
	}
	return os.Rename(file+".new", file)
}

func trustOf(t topology.Topology, at configuration.Folder) (trust.Network, error) {
	believed := trust.Network{Version: trust.Version, Channel: t.Channel, Chaincode: t.Chaincode.Name,
		Endorsement: trust.Endorsement{Required: t.Endorsement.Required},
		Ordering:    trust.Ordering{Required: t.BlockSigners(), Organization: t.OrdererOrg.MSP}}
	roots := map[string]string{t.OrdererOrg.MSP: at.OrdererOrgCA(t.OrdererOrg)}
	orgs := append([]topology.Org{t.OrdererOrg}, t.Orgs...)
	for _, o := range t.Orgs {
		roots[o.MSP] = at.OrgCA(o)
		believed.Endorsement.Organizations = append(believed.Endorsement.Organizations, o.MSP)
	}
	for _, o := range orgs {
		root, err := os.ReadFile(roots[o.MSP])
		if err != nil {
			return believed, err
		}
		believed.Organizations = append(
			believed.Organizations, trust.Organization{MSP: o.MSP, Roots: []string{string(root)}},
		)
	}
	if t.Consensus != topology.BFT {
		return believed, nil
	}
	for _, o := range t.Orderers {
		host := t.OrdererHost(o)
		certificate, err := os.ReadFile(
			filepath.Join(at.OrdererCrypto(t.OrdererOrg, host), "msp", "signcerts", host+"-cert.pem"),
		)
		if err != nil {
			return believed, err
		}
		believed.Ordering.Consenters = append(
			believed.Ordering.Consenters, trust.Consenter{ID: uint32(o.ID), Certificate: string(certificate)},
		)
	}
	return believed, nil
}
