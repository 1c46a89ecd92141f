// Package trust is the form of a trust file: what somebody must believe of a
// network to check its proofs. The network writes it; verifier/rules/proof reads it.
package trust

import "time"

// Version names the format of trust files.
const Version = "touchstone/trust/v1"

// Network is what a checker believes of a network before it looks at a bundle. It must come another
// way than the bundle does.
type Network struct {
	Version       string         `json:"version"`
	Channel       string         `json:"channel"`
	Chaincode     string         `json:"chaincode"`
	Endorsement   Endorsement    `json:"endorsement"`
	Ordering      Ordering       `json:"ordering"`
	Organizations []Organization `json:"organizations"` // of peers and of orderers
	// At is the moment to judge from: later transactions are refused, and revocations dated later
	// do not count. Zero is now.
	At time.Time `json:"at,omitzero"`
}

// Endorsement is the contract's policy: peers of Required different organisations out of these.
type Endorsement struct {
	Required      int      `json:"required"`
	Organizations []string `json:"organizations"` // MSP ids
}

// Ordering is the channel's block validation policy. With Raft, orderers of the organisation sign, and Consenters is
// empty. With SmartBFT the consenters are known by number, and Required is their quorum.
type Ordering struct {
	Required     int         `json:"required"`
	Organization string      `json:"organization"` // MSP id
	Consenters   []Consenter `json:"consenters,omitempty"`
}

// Consenter is an orderer of a SmartBFT cluster.
type Consenter struct {
	ID          uint32 `json:"id"`
	Certificate string `json:"certificate"` // PEM
}

// Organization is an MSP and the certificates that issue its identities, roots and intermediates alike: every one is an
// anchor of its own. Revoked holds its issuers' revocation lists.
type Organization struct {
	MSP     string   `json:"mspId"`
	Roots   []string `json:"roots"`             // PEM
	Revoked []string `json:"revoked,omitempty"` // PEM, "X509 CRL"
}
