package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"hash"
	"slices"
	"sync"

	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

const (
	tagChars   = 12
	indexChars = 8
	tagShift   = 64 - 5*tagChars   // drops what is below the first 60 bits of 8 bytes
	indexShift = 64 - 5*indexChars // drops what is below the first 40 bits of 8 bytes
)

// Unit is what follows from a unit's index.
type Unit struct {
	Index  int64
	Serial string   // 20 characters, printed in the QR code
	PIN    string   // 8 characters, printed under the scratch field
	Salt   [16]byte // opens the PIN commitment; revealed at activation only
	closed [32]byte // the PIN commitment, where PIN and salt are not known
}

// Commitment is the PIN commitment in the unit's leaf.
func (u Unit) Commitment() [32]byte {
	if u.PIN == "" {
		return u.closed
	}
	return trace.PINCommitment(u.Salt, u.PIN)
}

// Batch holds the keys of one batch. It is safe for concurrent use.
type Batch struct {
	gtin    gs1.GTIN
	lot     string
	minters *sync.Pool // of *minter; one goroutine uses one at a time
	listed  []string   // the serials of units from first on, where they are listed and not derived
	first   int64
	split   bool   // whether PINs have a key of their own
	closed  bool   // whether that key is not here
	given   []byte // then: the PIN commitments of units from givenAt on, as WithCommitments has them
	givenAt int64
}

// minter is the four keyed hashes of a batch and room to work in.
type minter struct {
	tag, mask, pin, salt hash.Hash
	in                   [9]byte
	lettered             bool // of the epoch
	out                  [sha256.Size]byte
}

// expand derives keys of a batch. That cannot fail: the lengths are constants within HKDF's bounds.
func expand(prk []byte, label string, count int) [][]byte {
	keys, err := hkdf.Expand(sha256.New, prk, label, count*keySize)
	if err != nil {
		panic("seal: HKDF: " + err.Error())
	}
	return slices.Collect(slices.Chunk(keys, keySize))
}

// batchKeys gives k1 to k4 of a batch; only k1 and k2 where the key of PINs is not here.
func batchKeys(e expandable, gtin gs1.GTIN, lot string) [][]byte {
	serials := info(expandLabel, e.number, gtin, lot)
	switch {
	case e.checking:
		return expand(e.prk, serials, 2)
	case e.pins != nil:
		return append(expand(e.prk, serials, 2), expand(e.pins, info(pinLabel, e.number, gtin, lot), 2)...)
	}
	return expand(e.prk, serials, 4)
}

// newChecker derives no more than checking a tag needs.
func newChecker(e expandable, gtin gs1.GTIN, lot string) *Batch {
	keys := expand(e.prk, info(expandLabel, e.number, gtin, lot), 2)
	return &Batch{minters: minters(keys, e.lettered)}
}

// minters makes the keyed hashes of k1 and k2, and of k3 and k4 where they are given.
func minters(keys [][]byte, lettered bool) *sync.Pool {
	return &sync.Pool{New: func() any {
		m := &minter{lettered: lettered}
		for i, h := range []*hash.Hash{&m.tag, &m.mask, &m.pin, &m.salt}[:len(keys)] {
			*h = hmac.New(sha256.New, keys[i])
		}
		return m
	}}
}

// newBatch derives all keys.
func newBatch(e expandable, gtin gs1.GTIN, lot string) *Batch {
	return &Batch{gtin: gtin, lot: lot, minters: minters(batchKeys(e, gtin, lot), e.lettered),
		split: e.checking || e.pins != nil, closed: e.checking}
}

// mac answers the keyed hash of a number written in 8 bytes, and of the draw where that is not the
// first. The result is valid until the next call.
func (m *minter) mac(h hash.Hash, v uint64, draw byte) []byte {
	in := binary.BigEndian.AppendUint64(m.in[:0], v)
	if draw > 0 {
		in = append(in, draw)
	}
	h.Reset()
	h.Write(in)
	return h.Sum(m.out[:0])
}

func (m *minter) tagOf(index uint64) uint64 {
	for draw := byte(0); ; draw++ {
		tag := binary.BigEndian.Uint64(m.mac(m.tag, index, draw)) >> tagShift
		if !m.lettered || lettered(tag, tagChars) || draw == lastDraw {
			return tag
		}
	}
}

func (m *minter) maskOf(tag uint64) uint64 {
	return binary.BigEndian.Uint64(m.mac(m.mask, tag, 0)) >> indexShift
}

func (m *minter) pinOf(index uint64) (pin [PINLength]byte) {
	for draw := byte(0); ; draw++ {
		bits := binary.BigEndian.Uint64(m.mac(m.pin, index, draw)) >> indexShift
		putBase32(pin[:], bits)
		if !m.lettered || lettered(bits, PINLength) && !dated(pin) || draw == lastDraw {
			return pin
		}
	}
}

func (m *minter) unit(index int64) Unit {
	i := uint64(index)
	tag := m.tagOf(i)
	var serial [SerialLength]byte
	putBase32(serial[:tagChars], tag)
	putBase32(serial[tagChars:], i^m.maskOf(tag))
	u := Unit{Index: index, Serial: string(serial[:])}
	if m.pin != nil {
		pin := m.pinOf(i)
		u.PIN, u.Salt = string(pin[:]), [16]byte(m.mac(m.salt, i, 0)[:16])
	}
	return u
}

// WithSerials gives the batch with serials that its factory printed before, those of the units from first on. PINs and
// salts are derived as ever, and the tree is the same: only where a unit's serial comes from differs. Units whose
// serials are not among them cannot be asked for.
func (b *Batch) WithSerials(first int64, serials []string) *Batch {
	with := *b
	with.listed, with.first = serials, first
	return &with
}

// Closed tells whether the key of the batch's PINs is not here. Then units cannot be asked for but with their
// commitments, and have no PIN.
func (b *Batch) Closed() bool { return b.closed }

// WithCommitments gives a batch whose PINs cannot be made here with the PIN commitments of the units from first on,
// 32 bytes each, as whoever has the key kept them (see Commitments).
func (b *Batch) WithCommitments(first int64, commitments []byte) *Batch {
	with := *b
	with.given, with.givenAt = commitments, first
	return &with
}

// has says whether the unit's serial and its commitment are known.
func (b *Batch) has(index int64) bool {
	listed := b.listed == nil || index >= b.first && index < b.first+int64(len(b.listed))
	return listed && (!b.closed || index >= b.givenAt && index < b.givenAt+int64(len(b.given)/sha256.Size))
}

// unit makes a unit that the batch has.
func (b *Batch) unit(m *minter, index int64) Unit {
	u := m.unit(index)
	if b.listed != nil {
		u.Serial = b.listed[index-b.first]
	}
	if b.closed {
		u.closed = [sha256.Size]byte(b.given[sha256.Size*(index-b.givenAt):])
	}
	return u
}

// Unit answers the unit with an index from 0 to MaxUnits-1.
func (b *Batch) Unit(index int64) (Unit, error) {
	if index < 0 || index >= MaxUnits || !b.has(index) {
		return Unit{}, ErrIndex
	}
	m := b.minters.Get().(*minter)
	defer b.minters.Put(m)
	return b.unit(m, index), nil
}

// index undoes the mask and checks the tag.
func (b *Batch) index(tag, masked uint64) (int64, bool) {
	m := b.minters.Get().(*minter)
	defer b.minters.Put(m)
	index := masked ^ m.maskOf(tag)
	var want, got [8]byte
	binary.BigEndian.PutUint64(want[:], m.tagOf(index))
	binary.BigEndian.PutUint64(got[:], tag)
	return int64(index), subtle.ConstantTimeCompare(want[:], got[:]) == 1
}

// LeafHash is the RFC 6962 hash of the unit's leaf in its batch's tree.
func (b *Batch) LeafHash(u Unit) [32]byte {
	leaf := trace.UnitLeaf(string(b.gtin), b.lot, u.Serial, u.Commitment())
	return [32]byte(rfc6962.DefaultHasher.HashLeaf(leaf))
}
