package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/touchstone-trace/touchstone/network/local"
	configuration "github.com/touchstone-trace/touchstone/network/render"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// writeTrust writes what a checker of proofs must believe: the organisations'
// roots and the network's policies. It holds no secret; hand it to whoever
// wants to check, by a way that he trusts.
func writeTrust(network *local.Local) error {
	trust, err := trustOf(network.Topology, network.State.Network())
	if err != nil {
		return err
	}
	content, err := json.MarshalIndent(trust, "", "  ")
	if err != nil {
		return err
	}
	file := network.State.Trust()
	if err := os.WriteFile(file+".new", append(content, '\n'), 0o644); err != nil { //nolint:gosec // for everybody to read
		return err
	}
	return os.Rename(file+".new", file)
}

func trustOf(t topology.Topology, at configuration.Folder) (proof.Trust, error) {
	trust := proof.Trust{Version: proof.TrustVersion, Channel: t.Channel, Chaincode: t.Chaincode.Name,
		Endorsement: proof.Endorsement{Required: t.Endorsement.Required},
		Ordering:    proof.Ordering{Required: t.BlockSigners(), Organization: t.OrdererOrg.MSP}}
	roots := map[string]string{t.OrdererOrg.MSP: at.OrdererOrgCA(t.OrdererOrg)}
	orgs := append([]topology.Org{t.OrdererOrg}, t.Orgs...)
	for _, o := range t.Orgs {
		roots[o.MSP] = at.OrgCA(o)
		trust.Endorsement.Organizations = append(trust.Endorsement.Organizations, o.MSP)
	}
	for _, o := range orgs {
		root, err := os.ReadFile(roots[o.MSP])
		if err != nil {
			return trust, err
		}
		trust.Organizations = append(trust.Organizations, proof.Organization{MSP: o.MSP, Roots: []string{string(root)}})
	}
	if t.Consensus != topology.BFT {
		return trust, nil
	}
	for _, o := range t.Orderers {
		host := t.OrdererHost(o)
		certificate, err := os.ReadFile(filepath.Join(at.OrdererCrypto(t.OrdererOrg, host), "msp", "signcerts", host+"-cert.pem"))
		if err != nil {
			return trust, err
		}
		trust.Ordering.Consenters = append(trust.Ordering.Consenters, proof.Consenter{ID: uint32(o.ID), Certificate: string(certificate)})
	}
	return trust, nil
}
