// Package translog is a transparency log that outside witnesses and their tools can follow: entries that are only ever
// added, in a Merkle tree (RFC 6962) that is read as tiles (C2SP tlog-tiles) below a signed checkpoint (C2SP
// tlog-checkpoint, signed-note). It knows nothing of what the entries are, of databases or of HTTP.
package translog

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
)

// Tiles are so high: each holds up to 256 hashes, or entries.
const (
	height = 8
	width  = 1 << height
	maxAt  = 8 // levels of tiles; far more than there will be
	// MaxEntry is what an entry may have at most, in bytes: its length is told in two.
	MaxEntry = 1<<16 - 1
)

// Log is the tree and its entries. It is safe for concurrent use.
type Log struct {
	signer note.Signer
	key    string

	mu         sync.RWMutex
	entries    [][]byte
	levels     [][][]byte // of each height, the hashes of all whole subtrees
	checkpoint []byte
}

// New begins an empty log. origin names it and its key for ever; seed is the key's 32 secret bytes.
func New(origin string, seed []byte) (*Log, error) {
	if len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("the log's key has %d bytes", ed25519.SeedSize)
	}
	private := ed25519.NewKeyFromSeed(seed)
	public, err := note.NewEd25519VerifierKey(origin, private.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, fmt.Errorf("the log's origin: %w", err)
	}
	// NewSigner takes the form that the key is kept in elsewhere: name, hash of the public key, key (signed-note).
	hash := strings.Split(public, "+")[1]
	secret := base64.StdEncoding.EncodeToString(append([]byte{1}, seed...)) // 1 is Ed25519
	signer, err := note.NewSigner("PRIVATE+KEY+" + origin + "+" + hash + "+" + secret)
	if err != nil {
		return nil, fmt.Errorf("the log's origin: %w", err)
	}
	l := &Log{signer: signer, key: public}
	return l, l.sign()
}

// ReadSeed reads the key's 64 hexadecimal digits.
func ReadSeed(text string) ([]byte, error) {
	seed, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, errors.New("64 hexadecimal digits are needed")
	}
	return seed, nil
}

// Key is the public key, in the form of signed notes.
func (l *Log) Key() string { return l.key }

// Size is how many entries there are.
func (l *Log) Size() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.entries)
}

// Checkpoint is the signed note that names size and root.
func (l *Log) Checkpoint() []byte {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.checkpoint
}

// Add adds entries, and signs the tree that has them.
func (l *Log) Add(entries ...[]byte) error {
	for _, e := range entries {
		if len(e) > MaxEntry {
			return errors.New("an entry is too long")
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range entries {
		l.entries = append(l.entries, e)
		l.push(0, rfc6962.DefaultHasher.HashLeaf(e))
	}
	return l.sign()
}

// push adds the hash of a whole subtree, and that of the one above where it is whole with it.
func (l *Log) push(level int, hash []byte) {
	if level == len(l.levels) {
		l.levels = append(l.levels, nil)
	}
	l.levels[level] = append(l.levels[level], hash)
	if n := len(l.levels[level]); n%2 == 0 {
		l.push(level+1, rfc6962.DefaultHasher.HashChildren(l.levels[level][n-2], l.levels[level][n-1]))
	}
}

// root joins the whole subtrees of the tree from the right.
func (l *Log) root() []byte {
	var root []byte
	for level, hashes := range l.levels {
		switch n := len(l.entries) >> level; {
		case n%2 == 0:
		case root == nil:
			root = hashes[n-1]
		default:
			root = rfc6962.DefaultHasher.HashChildren(hashes[n-1], root)
		}
	}
	if root == nil {
		return rfc6962.DefaultHasher.EmptyRoot()
	}
	return root
}

func (l *Log) sign() error {
	text := fmt.Sprintf("%s\n%d\n%s\n", l.signer.Name(), len(l.entries), base64.StdEncoding.EncodeToString(l.root()))
	signed, err := note.Sign(&note.Note{Text: text}, l.signer)
	if err == nil {
		l.checkpoint = signed
	}
	return err
}

// Tile gives what is at a path below tile/, such as 0/x001/067 or entries/000.p/5, and whether it is whole, and so
// stays as it is for ever. Nil where there is nothing.
func (l *Log) Tile(path string) (content []byte, whole bool) {
	level, n, w, ok := parse(path)
	if !ok {
		return nil, false
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	rows := l.entries
	if level >= 0 {
		if level*height >= len(l.levels) {
			return nil, false
		}
		rows = l.levels[level*height]
	}
	if n > len(rows)/width || n*width+w > len(rows) {
		return nil, false
	}
	for _, row := range rows[n*width : n*width+w] {
		if level < 0 {
			content = binary.BigEndian.AppendUint16(content, uint16(len(row))) // Add bounds it
		}
		content = append(content, row...)
	}
	return content, w == width
}

// parse reads a tile's path: level, number and width. The level is -1 for entries.
func parse(path string) (level, n, w int, ok bool) {
	parts := strings.Split(path, "/")
	switch at, err := strconv.Atoi(parts[0]); {
	case parts[0] == "entries":
		level = -1
	case err != nil || at < 0 || at >= maxAt || strconv.Itoa(at) != parts[0]:
		return 0, 0, 0, false
	default:
		level = at
	}
	if parts, w = parts[1:], width; len(parts) > 1 && strings.HasSuffix(parts[len(parts)-2], ".p") {
		at, err := strconv.Atoi(parts[len(parts)-1])
		if err != nil || at < 1 || at >= width || strconv.Itoa(at) != parts[len(parts)-1] {
			return 0, 0, 0, false
		}
		w, parts = at, parts[:len(parts)-1]
		parts[len(parts)-1] = strings.TrimSuffix(parts[len(parts)-1], ".p")
	}
	n, ok = number(parts)
	return level, n, w, ok
}

// number reads a tile's number, three digits a part, all parts but the last with an x before them.
func number(parts []string) (n int, ok bool) {
	if len(parts) == 0 || len(parts) > 4 || len(parts) > 1 && parts[0] == "x000" {
		return 0, false
	}
	for i, p := range parts {
		if i < len(parts)-1 {
			if !strings.HasPrefix(p, "x") {
				return 0, false
			}
			p = p[1:]
		}
		digits, err := strconv.ParseUint(p, 10, 16)
		if err != nil || len(p) != 3 {
			return 0, false
		}
		n = n*1000 + int(digits)
	}
	return n, true
}
