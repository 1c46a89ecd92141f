package record

import "time"

// PeerHealth is how far an organisation's peer is. Height counts its blocks;
// LastHash, in hex, is its newest block's. Both are empty where it did not answer.
type PeerHealth struct {
	MSP          string `json:"msp"`
	Organization string `json:"organization"`
	Answers      bool   `json:"answers"`
	Height       uint64 `json:"height,omitempty"`
	LastHash     string `json:"lastHash,omitempty"`
	Milliseconds int64  `json:"milliseconds"`
}

// Reconciliation is one comparison of the read model with a rebuild from block
// 0. Fingerprint is the read model's (see gateway/store), Blocks how many it had.
type Reconciliation struct {
	At          time.Time `json:"at"`
	Blocks      uint64    `json:"blocks"`
	Fingerprint string    `json:"fingerprint"`
	Equal       bool      `json:"equal"`
}
