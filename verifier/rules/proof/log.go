package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
)

// Entry is one entry of an anchored log with the proof that it is under the
// anchor's root: entry Seq of the anchor's entries From to To (exclusive). All
// hashes are lower-case hex. Salt and Text are given where the entry is public
// or the reader has them; without them the proof is about Digest alone. A root
// does not fix how many entries are under it: compare From and To with the ledger too.
type Entry struct {
	Log    string   `json:"log"`
	Seq    int64    `json:"seq"`
	Digest string   `json:"digest"`
	Salt   string   `json:"salt,omitempty"`
	Text   string   `json:"text,omitempty"`
	From   int64    `json:"from"`
	To     int64    `json:"to"`
	Path   []string `json:"path"`
	Root   string   `json:"root"`
	TxID   string   `json:"txId"`
	Block  int64    `json:"block"`
}

const domainLog = "touchstone/log/v1"

// LogDigest is SHA-256 over "touchstone/log/v1", 32 bytes of salt and the
// entry's text. The salt keeps an entry of few possible texts from being guessed.
func LogDigest(salt []byte, text string) [32]byte {
	h := sha256.New()
	h.Write([]byte(domainLog))
	h.Write(salt)
	h.Write([]byte(text))
	return [32]byte(h.Sum(nil))
}

// ErrMismatch means that the entry is not the one that was anchored.
var ErrMismatch = errors.New("the entry is not the one that was anchored")

// Check verifies the entry against its root (RFC 6962). That the root is on the
// ledger is for the reader to look up, by TxID.
func (e Entry) Check() error {
	digest, err := hex.DecodeString(e.Digest)
	if err != nil || len(digest) != sha256.Size || e.Seq < e.From || e.Seq >= e.To {
		return fmt.Errorf("%w: malformed", ErrMismatch)
	}
	if e.Text != "" {
		salt, err := hex.DecodeString(e.Salt)
		if want := LogDigest(salt, e.Text); err != nil || [32]byte(digest) != want {
			return fmt.Errorf("%w: its text has another digest", ErrMismatch)
		}
	}
	root, err := hex.DecodeString(e.Root)
	if err != nil {
		return fmt.Errorf("%w: malformed", ErrMismatch)
	}
	path := make([][]byte, len(e.Path))
	for i, p := range e.Path {
		if path[i], err = hex.DecodeString(p); err != nil {
			return fmt.Errorf("%w: malformed", ErrMismatch)
		}
	}
	leaf := rfc6962.DefaultHasher.HashLeaf(digest)
	if err := proof.VerifyInclusion(
		rfc6962.DefaultHasher, uint64(e.Seq-e.From), uint64(e.To-e.From), leaf, path, root,
	); err != nil {
		return fmt.Errorf("%w: %w", ErrMismatch, err)
	}
	return nil
}

// Path gives the inclusion path of the digest at index, hex, from the leaf up.
func Path(digests [][]byte, index int) []string {
	if len(digests) < 2 {
		return []string{}
	}
	half := 1 << (bits.Len(uint(len(digests)-1)) - 1) // the largest power of two below the number of leaves
	if index < half {
		return append(Path(digests[:half], index), hex.EncodeToString(Root(digests[half:])))
	}
	return append(Path(digests[half:], index-half), hex.EncodeToString(Root(digests[:half])))
}

// Root is the RFC 6962 root over one digest or more.
func Root(digests [][]byte) []byte {
	if len(digests) == 1 {
		return rfc6962.DefaultHasher.HashLeaf(digests[0])
	}
	half := 1 << (bits.Len(uint(len(digests)-1)) - 1)
	return rfc6962.DefaultHasher.HashChildren(Root(digests[:half]), Root(digests[half:]))
}
