package render

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// ConnectionProfile says how a client reaches the network.
func ConnectionProfile(t topology.Topology, at Folder) topology.Profile {
	p := topology.Profile{Channel: t.Channel, Chaincode: t.Chaincode.Name}
	for _, o := range t.Orgs {
		p.Orgs = append(p.Orgs, topology.OrgProfile{
			Name:   o.Name,
			MSPID:  o.MSP,
			CertCA: at.OrgCA(o),
			Gateway: topology.PeerProfile{
				Address:   topology.Address(t.PeerPort(o)),
				TLSCAFile: filepath.Join(at.PeerCrypto(o), "tls", "ca.crt"),
				TLSHost:   o.PeerHost(),
			},
			CA: topology.CAProfile{
				URL:                 fmt.Sprintf("https://%s", topology.Address(t.CAPort())),
				Name:                o.CAName(),
				TLSCAFile:           at.OrgCA(t.Orgs[0]), // issues the CA server's own certificate
				Registrar:           "registrar",
				RegistrarSecretFile: at.RegistrarSecret(o),
			},
		})
	}
	return p
}

// ProfileFile is the profile as the file that clients read.
func ProfileFile(t topology.Topology, at Folder) (File, error) {
	content, err := json.MarshalIndent(ConnectionProfile(t, at), "", "  ")
	return File{Path: at.Profile(), Mode: 0o600, Content: append(content, '\n')}, err
}
