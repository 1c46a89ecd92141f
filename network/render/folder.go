package render

import (
	"path/filepath"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// Folder is the absolute path of the folder that holds a network, and the one
// home of every path in it.
type Folder string

func (f Folder) join(parts ...string) string {
	return filepath.Join(append([]string{string(f)}, parts...)...)
}

// CryptoConfig is cryptogen's input, Crypto its output.
func (f Folder) CryptoConfig() string { return f.join("crypto-config.yaml") }

// Crypto holds the certificates and keys of every organisation.
func (f Folder) Crypto() string { return f.join("crypto") }

// ConfigtxDir holds configtx.yaml, Genesis is the block made from it.
func (f Folder) ConfigtxDir() string { return f.join("channel") }

// Genesis is the channel's first block.
func (f Folder) Genesis() string { return f.join("channel", "genesis.block") }

// Package is the chaincode package that the peers install.
func (f Folder) Package() string { return f.join("channel", "chaincode.tar.gz") }

// Builder is the external builder's folder.
func (f Folder) Builder() string { return f.join("builder") }

// Node holds the configuration of a peer or orderer, Data its ledger.
func (f Folder) Node(name string) string { return f.join(name) }

// Data is where a peer or orderer keeps its ledger.
func (f Folder) Data(name string) string { return f.join(name, "data") }

// CADir is the home of one organisation's CA.
func (f Folder) CADir(o topology.Org) string { return f.join(o.CAName()) }

// CAConfig is the configuration of one organisation's CA.
func (f Folder) CAConfig(o topology.Org) string {
	return filepath.Join(f.CADir(o), "fabric-ca-server-config.yaml")
}

// RegistrarSecret holds the password of one CA's registrar.
func (f Folder) RegistrarSecret(o topology.Org) string {
	return filepath.Join(f.CADir(o), "registrar.secret")
}

// Profile is the connection profile for clients.
func (f Folder) Profile() string { return f.join("gateway.json") }

// OrgCrypto is an organisation's folder in Crypto.
func (f Folder) OrgCrypto(o topology.Org) string {
	return filepath.Join(f.Crypto(), "peerOrganizations", o.Domain)
}

// OrgCA is the certificate that issues an organisation's identities.
func (f Folder) OrgCA(o topology.Org) string {
	return filepath.Join(f.OrgCrypto(o), "ca", "ca."+o.Domain+"-cert.pem")
}

// PeerCrypto is the peer's folder of certificates and keys.
func (f Folder) PeerCrypto(o topology.Org) string {
	return filepath.Join(f.OrgCrypto(o), "peers", o.PeerHost())
}

// Admin is the folder of an organisation's administrator.
func (f Folder) Admin(o topology.Org) string {
	return filepath.Join(f.OrgCrypto(o), "users", "Admin@"+o.Domain)
}

// OrdererOrgCrypto is the orderer organisation's folder in Crypto.
func (f Folder) OrdererOrgCrypto(o topology.Org) string {
	return filepath.Join(f.Crypto(), "ordererOrganizations", o.Domain)
}

// OrdererOrgCA is the certificate that issues the orderers' identities.
func (f Folder) OrdererOrgCA(o topology.Org) string {
	return filepath.Join(f.OrdererOrgCrypto(o), "ca", "ca."+o.Domain+"-cert.pem")
}

// OrdererCrypto is the folder of certificates and keys of the orderer on host.
func (f Folder) OrdererCrypto(o topology.Org, host string) string {
	return filepath.Join(f.OrdererOrgCrypto(o), "orderers", host)
}

// OrdererAdmin is the folder of the orderer organisation's administrator.
func (f Folder) OrdererAdmin(o topology.Org) string {
	return filepath.Join(f.OrdererOrgCrypto(o), "users", "Admin@"+o.Domain)
}
