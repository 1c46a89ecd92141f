package topology

import (
	"encoding/json"
	"fmt"
	"os"
)

// Profile is what a client outside this folder needs to reach the network. It
// is written as JSON; every file name in it is absolute.
type Profile struct {
	Channel   string       `json:"channel"`
	Chaincode string       `json:"chaincode"`
	Orgs      []OrgProfile `json:"organizations"`
}

// OrgProfile is how to reach one organisation's peer and CA.
type OrgProfile struct {
	Name    string      `json:"name"` // platform, producer or auditor
	MSPID   string      `json:"mspId"`
	CertCA  string      `json:"certCaFile"` // PEM; issues the organisation's identities
	Gateway PeerProfile `json:"peer"`
	CA      CAProfile   `json:"ca"`
}

// PeerProfile is a peer's gRPC endpoint.
type PeerProfile struct {
	Address   string `json:"address"` // host:port
	TLSCAFile string `json:"tlsCaFile"`
	TLSHost   string `json:"tlsHost"` // name to expect in the peer's certificate
}

// CAProfile is a Fabric CA and its registrar. The secret stays in its own file,
// readable by the owner only.
type CAProfile struct {
	URL                 string `json:"url"`
	Name                string `json:"name"`
	TLSCAFile           string `json:"tlsCaFile"`
	Registrar           string `json:"registrar"`
	RegistrarSecretFile string `json:"registrarSecretFile"`
}

// ReadProfile reads a profile file.
func ReadProfile(file string) (p Profile, err error) {
	content, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(content, &p)
	}
	if err != nil {
		return p, fmt.Errorf("read the connection profile: %w", err)
	}
	return p, nil
}
