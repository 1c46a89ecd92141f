package trace

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// TestUnitHashes holds the hashes to vectors that another program (Python's
// hashlib) made. Batches on ledgers are committed to them.
func TestUnitHashes(t *testing.T) {
	salt := [16]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	commitment := PINCommitment(salt, "7K3QX2MD")
	if got, want := hex.EncodeToString(
		commitment[:],
	), "568a3315361b150db076e7e7acf8cb51619bb9690874595740086d132665f910"; got != want {
		t.Errorf("commitment %s, want %s", got, want)
	}
	leaf := UnitLeaf("06998801000012", "L2026A", "0123456789ABCDEFGHJK", commitment)
	want := "746f75636873746f6e652f756e69742f7631" + "000e3036393938383031303030303132" + "00064c3230323641" +
		"00143031323334353637383941424344454647484a4b" + "568a3315361b150db076e7e7acf8cb51619bb9690874595740086d132665f910"
	if got := hex.EncodeToString(leaf); got != want {
		t.Errorf("leaf %s, want %s", got, want)
	}
	hash := sha256.Sum256(append([]byte{0}, leaf...)) // RFC 6962, 2.1
	if got, want := hex.EncodeToString(
		hash[:],
	), "928143380286a5d4591d3e5f762775234fce667d997a5d8ef33d3bac46517cb1"; got != want {
		t.Errorf("leaf hash %s, want %s", got, want)
	}
}

// TestUnitLeafIsUnambiguous: no two units share a leaf by moving characters
// from one field to the next.
func TestUnitLeafIsUnambiguous(t *testing.T) {
	a := UnitLeaf("06998801000012", "L1", "23", [32]byte{})
	b := UnitLeaf("06998801000012", "L12", "3", [32]byte{})
	if string(a) == string(b) {
		t.Error("two units, one leaf")
	}
}
