package render

import "github.com/touchstone-trace/touchstone/network/topology"

// view is what the templates see: the topology and where its files are.
type view struct {
	topology.Topology
	Folder
}

func (v view) Profile() string       { return Profile }
func (v view) OrdererOrgDir() string { return v.OrdererOrgCrypto(v.OrdererOrg) }
func (v view) OrgDir(o topology.Org) string {
	return v.OrgCrypto(o)
}

// OrdererCrypto is an orderer's folder of certificates and keys.
func (v view) OrdererCrypto(o topology.Orderer) string {
	return v.Folder.OrdererCrypto(v.OrdererOrg, v.OrdererHost(o))
}

// OrdererType is the consensus in configtxgen's words.
func (v view) OrdererType() string {
	if v.Consensus == topology.BFT {
		return "BFT"
	}
	return "etcdraft"
}

type ordererView struct {
	topology.Topology
	Orderer      topology.Orderer
	Crypto, Data string
}

func (v view) orderer(o topology.Orderer) ordererView {
	return ordererView{v.Topology, o, v.OrdererCrypto(o), v.Data(o.Name)}
}

type peerView struct {
	topology.Topology
	Org                   topology.Org
	Crypto, Data, Builder string
}

func (v view) peer(o topology.Org) peerView {
	return peerView{v.Topology, o, v.PeerCrypto(o), v.Data(o.Peer()), v.Builder()}
}

type caView struct {
	topology.Topology
	Org    topology.Org
	OrgDir string
	Secret string
	Others []string // configurations of the other organisations' CAs
}

// ca is an organisation's CA; the first organisation's is the server's own
// configuration and names the others.
func (v view) ca(o topology.Org, secret string) caView {
	c := caView{Topology: v.Topology, Org: o, OrgDir: v.OrgCrypto(o), Secret: secret}
	if o == v.Orgs[0] {
		for _, other := range v.Orgs[1:] {
			c.Others = append(c.Others, v.CAConfig(other))
		}
	}
	return c
}
