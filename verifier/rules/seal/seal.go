// Package seal makes and checks unit codes: the serial and the PIN that are printed on a unit, and
// the Merkle tree by which the ledger commits to all units of a batch at once. A billion units need
// no rows: everything follows from a master key.
//
// It knows nothing of databases, HTTP, clocks or the ledger, and it serves the gateway, which prints labels, as well as
// the verifier, which checks them. It never says "genuine": a right serial proves that the code was issued, no more.
//
// # The scheme, byte by byte
//
// Epoch: a numbered master key of 32 bytes. PRK = HKDF-Extract-SHA-256(salt, master key), with the ASCII salt
// "touchstone/seal/v1". A key can be retired: its codes are still recognised, as codes of a retired key.
//
// Batch keys: HKDF-Expand-SHA-256(PRK, info, 128), cut into k1, k2, k3, k4 of 32 bytes each, where info is
//
//	"touchstone/seal/batch" ‖ epoch (4 bytes) ‖ length of GTIN (2 bytes) ‖ GTIN ‖ length of lot (2 bytes) ‖ lot
//
// An epoch may have a key of its own for PINs. Then k1 and k2 are the first 64 bytes of the above, which are the same,
// and k3 and k4 are HKDF-Expand-SHA-256(PRK of the PIN key, info, 64), the info beginning with "touchstone/seal/pins".
// Programs that only check have the first key alone, and PIN commitments from those who have both.
//
// All integers are big-endian; the GTIN has its 14 ASCII digits, the lot is as on the ledger, in its case.
//
// Unit: index, counted from 0, is written in 8 bytes. It is below 2^40.
//
//	tag    = the first 60 bits of HMAC-SHA-256(k1, index)
//	mask   = the first 40 bits of HMAC-SHA-256(k2, tag), the tag being written as a number in 8 bytes
//	serial = tag (60 bits) ‖ index xor mask (40 bits): 100 bits, 20 characters of 5 bits
//	PIN    = the first 40 bits of HMAC-SHA-256(k3, index): 8 characters of 5 bits
//	salt   = the first 16 bytes of HMAC-SHA-256(k4, index)
//
// A lettered epoch draws the tag and the PIN again, with the draw's number (1, 2, ... 255) in one
// byte behind the index, until the tag's 12 characters, and the PIN's 8, have a letter other than
// E; a PIN of a month's name (JAN, FEB, MAR, APR, MAY, SEP, DEC) and digits is drawn again too. So
// no spreadsheet takes a code for a number or a day. Tags of 12 characters decide for the whole
// serial, so that it is checked as any other.
//
// "The first n bits" counts from the most significant bit of the first byte. Characters are
// Crockford's base32 alphabet, 0123456789ABCDEFGHJKMNPQRSTVWXYZ, the most significant bits first.
//
// Leaf: trace.UnitLeaf(GTIN, lot, serial, trace.PINCommitment(salt, PIN)). Tree: RFC 6962 (RFC 9162 section 2.1) over
// SHA-256, leaves in the order of the index; leaf hash = SHA-256(0x00 ‖ leaf), node = SHA-256(0x01 ‖ left ‖ right).
//
// # Checking
//
// The masked index is undone with k2 and the tag read from the serial; the tag is computed from that index with k1 and
// compared in constant time. This takes a microsecond or two and no database, so a forged code costs next to nothing.
// 60 bits of tag make a lucky guess one in 10^18. The caller still requires index < quantity.
package seal

import "errors"

// Errors of this package. None of their texts holds key material.
var (
	ErrKeyring = errors.New(
		"seal: keyring",
	) // wraps what is wrong with the configured keys
	ErrIndex = errors.New("seal: the unit index is outside the batch")     // asked for a unit that is not there
	ErrTree  = errors.New("seal: the stored tree does not match its root") // stored rows damaged, or of another batch
	ErrBatch = errors.New("seal: a batch needs a 14-digit GTIN, a lot of 1 to 20 characters and 1 to 2^40 units")
)

// Lengths in characters, and the bound on unit indices.
const (
	SerialLength = 20
	PINLength    = 8
	MaxUnits     = 1 << 40
)
