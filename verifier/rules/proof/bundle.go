package proof

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// The formats of bundles: without facts, and with them.
const (
	Version      = "touchstone/proof/v1"
	VersionFacts = "touchstone/proof/v2"
)

// Bundle is everything that the proof of one unit needs besides trust. Its JSON has exactly these fields, in this
// order; byte strings are base64 (RFC 4648 section 4), hashes lower-case hex. Without Facts it proves the
// registration only.
type Bundle struct {
	Version string  `json:"version"`
	Unit    Unit    `json:"unit"`
	Block   Block   `json:"block"`
	Facts   *Packed `json:"facts,omitempty"`
}

// Unit is a leaf of its batch's tree and the RFC 6962 path from it to the root.
type Unit struct {
	UnitID
	Index      int64  `json:"index"`
	Quantity   int64  `json:"quantity"` // of the batch
	Commitment Hash   `json:"pinCommitment"`
	Path       []Hash `json:"path"` // from the leaf upwards
}

// Block is the ledger's block that holds the registering transaction. The data hash covers the envelopes of all its
// transactions, so all are here.
type Block struct {
	Number       uint64   `json:"number"`
	PreviousHash Hash     `json:"previousHash"`
	DataHash     Hash     `json:"dataHash"`
	Envelopes    [][]byte `json:"envelopes"`
	Position     int      `json:"position"`   // of the registering one among the envelopes, from 0
	Validation   int      `json:"validation"` // its code in the peer's transactions filter; 0 is VALID
	// SignedValue is what the orderers signed besides the header: the value of the block's SIGNATURES metadata.
	SignedValue []byte              `json:"signedValue"`
	Signatures  []OrderingSignature `json:"signatures"`
}

// OrderingSignature is one orderer's. With Raft it names its signer by the signature header; with SmartBFT by the
// identifier header, which holds the number of a consenter. Exactly one is given.
type OrderingSignature struct {
	SignatureHeader  []byte `json:"signatureHeader,omitempty"`
	IdentifierHeader []byte `json:"identifierHeader,omitempty"`
	Signature        []byte `json:"signature"`
}

// Hash is a SHA-256 value.
type Hash [32]byte

// MarshalText gives lower-case hex.
func (h Hash) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, h[:]), nil }

// UnmarshalText reads 64 hex digits.
func (h *Hash) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(h)) {
		return errors.New("a hash has 64 hexadecimal digits")
	}
	_, err := hex.Decode(h[:], text)
	return err
}

// read decodes the bundle. Only the one form that Bundle encodes to is taken, so that nothing in the file can change
// without the proof failing; white space between tokens is free.
func (v *verification) read(data []byte, unit UnitID) error {
	if err := trace.Unmarshal(data, &v.bundle); err != nil {
		return ReasonNotABundle
	}
	canonical, err := trace.Marshal(v.bundle)
	if err != nil {
		return err
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, data); err != nil || !bytes.Equal(compact.Bytes(), canonical) {
		return ReasonNotCanonical
	}
	if version := map[bool]string{false: Version, true: VersionFacts}[v.bundle.Facts != nil]; v.bundle.Version != version {
		return ReasonUnknownVersion
	}
	v.report.Unit = v.bundle.Unit.UnitID
	if unit != (UnitID{}) && unit != v.bundle.Unit.UnitID {
		return ReasonOtherUnit
	}
	if v.bundle.Facts == nil {
		return nil
	}
	v.answer, err = v.bundle.unpack()
	return err
}
