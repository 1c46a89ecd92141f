package trace

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// Domain tags separate the hashes of this project from each other and from
// everybody else's. They are part of what the ledger commits to: never change.
const (
	domainPIN   = "touchstone/pin/v1"
	domainUnit  = "touchstone/unit/v1"
	domainOwner = "touchstone/owner/v1"
)

// PINCommitment is SHA-256 over "touchstone/pin/v1", the 16 bytes of salt and
// the PIN's ASCII characters. The salt is revealed only when a unit is
// activated, so that the commitment in the leaf does not give the PIN away.
func PINCommitment(salt [16]byte, pin string) [32]byte {
	h := sha256.New()
	h.Write([]byte(domainPIN))
	h.Write(salt[:])
	h.Write([]byte(pin))
	return [32]byte(h.Sum(nil))
}

// UnitLeaf is what one unit contributes to its batch's Merkle tree: the domain
// tag, then GTIN, lot and serial each behind its length in two big-endian
// bytes, then the PIN commitment. The tree hashes it as RFC 6962 does,
// SHA-256(0x00 || leaf).
func UnitLeaf(gtin, lot, serial string, commitment [32]byte) []byte {
	b := make([]byte, 0, len(domainUnit)+6+len(gtin)+len(lot)+len(serial)+len(commitment))
	b = append(b, domainUnit...)
	for _, s := range []string{gtin, lot, serial} {
		b = binary.BigEndian.AppendUint16(b, uint16(len(s)))
		b = append(b, s...)
	}
	return append(b, commitment[:]...)
}

// UnitEventType is something that happened to one unit by itself.
type UnitEventType string

// Activated says that the first owner has claimed the unit with its PIN.
const Activated UnitEventType = "activated"

// UnitEvent is a fact about one unit.
type UnitEvent struct {
	GTIN   string        `json:"gtin"`
	Lot    string        `json:"lot"`
	Index  int64         `json:"index"`
	Serial string        `json:"serial"`
	Type   UnitEventType `json:"type"`
	At     time.Time     `json:"at"`
}
