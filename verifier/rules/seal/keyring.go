package seal

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

const (
	extractSalt = "touchstone/seal/v1"
	expandLabel = "touchstone/seal/batch"
	pinLabel    = "touchstone/seal/pins"
	keySize     = 32
)

// Epoch is one master key with its number.
type Epoch struct {
	Number    uint32
	MasterKey [keySize]byte
	Retired   bool // its codes are recognised, but reported as those of a retired key
	Lettered  bool // its codes are none that a spreadsheet takes for numbers or days; for keys that never were without
	// PINKey is what PINs are made of where MasterKey makes serials only; all zeros where MasterKey makes both.
	PINKey [keySize]byte
	// Checking is set where the key of PINs is elsewhere: serials are checked, and no PIN can be made.
	Checking bool
}

// Split tells whether serials and PINs have a key each.
func (e Epoch) Split() bool { return e.Checking || e.PINKey != [keySize]byte{} }

// String keeps the key out of logs and error texts.
func (e Epoch) String() string { return fmt.Sprintf("epoch %d (key hidden)", e.Number) }

// GoString keeps the key out of %#v.
func (e Epoch) GoString() string { return e.String() }

// ParseEpochs reads the configuration form of a keyring: NUMBER:KEY+PINKEY, then :lettered and :retired where they
// apply, comma-separated, where a key is 64 hexadecimal digits. NUMBER:KEY is an epoch of one key for serials and
// PINs, and NUMBER:KEY:checking what programs have that make no PINs (see CheckingForm).
func ParseEpochs(text string) ([]Epoch, error) {
	var epochs []Epoch
	for i, item := range strings.Split(text, ",") {
		e, err := parseEpoch(strings.TrimSpace(item))
		if err != nil {
			return nil, fmt.Errorf("%w: entry %d: %w", ErrKeyring, i+1, err)
		}
		epochs = append(epochs, e)
	}
	return epochs, nil
}

// parseEpoch never quotes its input: it is a secret.
func parseEpoch(item string) (Epoch, error) {
	item, retired := strings.CutSuffix(item, ":retired")
	item, lettered := strings.CutSuffix(item, ":lettered")
	item, checking := strings.CutSuffix(item, ":checking")
	parts := strings.Split(item, ":")
	if len(parts) != 2 {
		return Epoch{}, fmt.Errorf("write NUMBER:KEY+PINKEY, then :lettered and :retired where they apply")
	}
	number, err := strconv.ParseUint(parts[0], 10, 32)
	if err != nil {
		return Epoch{}, fmt.Errorf("the epoch must be a number from 0 to 4294967295")
	}
	serials, pins, split := strings.Cut(parts[1], "+")
	e := Epoch{Number: uint32(number), Retired: retired, Lettered: lettered, Checking: checking}
	if e.MasterKey, err = parseKey(serials); err != nil || !split {
		return e, err
	}
	if checking {
		return Epoch{}, fmt.Errorf("one for checking has no key of PINs")
	}
	e.PINKey, err = parseKey(pins)
	return e, err
}

func parseKey(digits string) (key [keySize]byte, err error) {
	if len(digits) != 2*keySize {
		return key, fmt.Errorf("a key must be 64 hexadecimal digits")
	}
	if _, err := hex.Decode(key[:], []byte(digits)); err != nil {
		return key, fmt.Errorf("a key must be 64 hexadecimal digits")
	}
	if key == ([keySize]byte{}) {
		return key, fmt.Errorf("a key is all zeros")
	}
	return key, nil
}

// CheckingForm gives the configuration of programs that check codes and make none: without the keys of PINs, where
// those are apart.
func CheckingForm(text string) (string, error) {
	epochs, err := ParseEpochs(text)
	if err != nil {
		return "", err
	}
	items := make([]string, len(epochs))
	for i, e := range epochs {
		items[i] = fmt.Sprintf("%d:%x", e.Number, e.MasterKey)
		for _, mark := range []struct {
			applies bool
			text    string
		}{{e.Split(), ":checking"}, {e.Lettered, ":lettered"}, {e.Retired, ":retired"}} {
			if mark.applies {
				items[i] += mark.text
			}
		}
	}
	return strings.Join(items, ","), nil
}

// Keyring holds the master keys, newest first. It is safe for concurrent use.
type Keyring struct {
	epochs []expandable
	cache  batchCache
}

type expandable struct {
	number   uint32
	prk      []byte
	pins     []byte // the key that PINs are expanded from, where that is another one
	checking bool
	retired  bool
	lettered bool
}

// ReadKeyring makes a keyring of its configuration form (see ParseEpochs).
func ReadKeyring(text string) (*Keyring, error) {
	epochs, err := ParseEpochs(text)
	if err != nil {
		return nil, err
	}
	return NewKeyring(epochs...)
}

// NewKeyring takes at least one epoch that is not retired; numbers must differ and keys must not be all zeros.
func NewKeyring(epochs ...Epoch) (*Keyring, error) {
	k := &Keyring{}
	for _, e := range epochs {
		if e.MasterKey == ([keySize]byte{}) {
			return nil, fmt.Errorf("%w: the key of epoch %d is all zeros", ErrKeyring, e.Number)
		}
		if e.MasterKey == e.PINKey {
			return nil, fmt.Errorf("%w: epoch %d has one key twice", ErrKeyring, e.Number)
		}
		made, err := extract(e)
		if err != nil {
			return nil, fmt.Errorf("%w: epoch %d: %w", ErrKeyring, e.Number, err)
		}
		k.epochs = append(k.epochs, made)
	}
	slices.SortFunc(k.epochs, func(a, b expandable) int { return int(int64(b.number) - int64(a.number)) })
	for i := 1; i < len(k.epochs); i++ {
		if k.epochs[i].number == k.epochs[i-1].number {
			return nil, fmt.Errorf("%w: epoch %d is given twice", ErrKeyring, k.epochs[i].number)
		}
	}
	if !slices.ContainsFunc(k.epochs, func(e expandable) bool { return !e.retired }) {
		return nil, fmt.Errorf("%w: it needs at least one key that is not retired", ErrKeyring)
	}
	return k, nil
}

func extract(e Epoch) (x expandable, err error) {
	x = expandable{number: e.Number, checking: e.Checking, retired: e.Retired, lettered: e.Lettered}
	if x.prk, err = hkdf.Extract(sha256.New, e.MasterKey[:], []byte(extractSalt)); err != nil || !e.Split() ||
		e.Checking {
		return x, err
	}
	x.pins, err = hkdf.Extract(sha256.New, e.PINKey[:], []byte(extractSalt))
	return x, err
}

// HasPINKeys tells whether it has keys that make PINs and nothing else, which who only checks codes does not need.
func (k *Keyring) HasPINKeys() bool {
	return slices.ContainsFunc(k.epochs, func(e expandable) bool { return e.pins != nil })
}

// Current answers the epoch for new batches: the highest that is not retired.
func (k *Keyring) Current() uint32 {
	i := slices.IndexFunc(k.epochs, func(e expandable) bool { return !e.retired })
	return k.epochs[i].number
}

// Batch answers the keys of one batch in one epoch.
func (k *Keyring) Batch(epoch uint32, gtin gs1.GTIN, lot string) (*Batch, error) {
	if len(gtin) != 14 || gs1.ValidateLot(lot) != nil {
		return nil, ErrBatch
	}
	for _, e := range k.epochs {
		if e.number == epoch {
			return k.cache.get(e, gtin, lot), nil
		}
	}
	return nil, fmt.Errorf("%w: epoch %d is not in it", ErrKeyring, epoch)
}

// Issued is what a right serial tells.
type Issued struct {
	Index   int64
	Epoch   uint32
	Retired bool
}

// Check tells whether a serial was issued for a batch, by any epoch. It takes the serial as printed; Normalise comes
// first where a person typed it. Every epoch is tried, whatever the others said, and each compares in constant time, so
// that a malformed, a forged and a right serial take the same time. The caller requires Index < quantity.
func (k *Keyring) Check(gtin gs1.GTIN, lot, serial string) (Issued, bool) {
	return k.check(gtin, lot, serial, func(e expandable) *Batch { return k.cache.get(e, gtin, lot) })
}

// CheckOnce is Check for a lot that is only tried, because a code may have been respelt on its way: its keys are not
// remembered, so that forged codes do not make the cache forget lots that exist.
func (k *Keyring) CheckOnce(gtin gs1.GTIN, lot, serial string) (Issued, bool) {
	return k.check(gtin, lot, serial, func(e expandable) *Batch { return newChecker(e, gtin, lot) })
}

func (k *Keyring) check(gtin gs1.GTIN, lot, serial string, keys func(expandable) *Batch) (Issued, bool) {
	if len(gtin) != 14 || gs1.ValidateLot(lot) != nil {
		return Issued{}, false
	}
	tag, masked, wellFormed := splitSerial(serial)
	var found Issued
	var issued bool
	for _, e := range k.epochs {
		if index, ok := keys(e).index(tag, masked); ok && !issued {
			found, issued = Issued{index, e.number, e.retired}, true
		}
	}
	if !wellFormed || !issued {
		return Issued{}, false
	}
	return found, true
}

// splitSerial takes a serial apart. A malformed one gives zeros.
func splitSerial(serial string) (tag, masked uint64, ok bool) {
	if len(serial) != SerialLength {
		return 0, 0, false
	}
	tag, ok1 := base32(serial[:tagChars])
	masked, ok2 := base32(serial[tagChars:])
	return tag, masked, ok1 && ok2
}

// info is the HKDF info of a batch, as the package comment writes it.
func info(label string, epoch uint32, gtin gs1.GTIN, lot string) string {
	b := binary.BigEndian.AppendUint32([]byte(label), epoch)
	for _, s := range []string{string(gtin), lot} {
		b = binary.BigEndian.AppendUint16(b, uint16(len(s)))
		b = append(b, s...)
	}
	return string(b)
}
