package label

import (
	"hash/maphash"
	"sync"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// maxLots bounds the lots that are remembered; each costs about 40 bytes.
const maxLots = 4 << 20

// Lots remembers the lots of batches that are not plain, so that a code whose lot
// was carried in other letters is found with a try or two, and a forged one costs
// no more. A name that only seems to be another's, which is hardly ever, costs a
// try: the tag tells. The zero Lots is ready, for many readers and one that adds.
type Lots struct {
	mu    sync.RWMutex
	seed  maphash.Seed
	first map[uint64]spelling   // by the hash of GTIN and plain lot
	more  map[uint64][]spelling // where several lots differ only in their letters
	size  int
}

// spelling says how a plain lot's characters were written, two bits for each:
// of a letter 1 where it is small; of a 0, 1 for O and 2 for o.
type spelling uint64

// Add remembers a lot; false where there are too many.
func (l *Lots) Add(gtin gs1.GTIN, lot string) bool {
	plain := PlainLot(lot)
	if lot == plain {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.first == nil {
		l.seed, l.first, l.more = maphash.MakeSeed(), map[uint64]spelling{}, map[uint64][]spelling{}
	}
	key, how := l.key(gtin, plain), spellingOf(lot)
	for _, kept := range l.kept(key) {
		if kept == how {
			return true
		}
	}
	if l.size == maxLots {
		return false
	}
	l.size++
	if _, taken := l.first[key]; taken {
		l.more[key] = append(l.more[key], how)
	} else {
		l.first[key] = how
	}
	return true
}

// Like gives the remembered lots that differ from a lot only in their letters.
func (l *Lots) Like(gtin gs1.GTIN, lot string) []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.size == 0 {
		return nil
	}
	plain := PlainLot(lot)
	var all []string
	for _, how := range l.kept(l.key(gtin, plain)) {
		all = append(all, how.of(plain))
	}
	return all
}

func (l *Lots) key(gtin gs1.GTIN, plain string) uint64 {
	return maphash.String(l.seed, string(gtin)+plain)
}

func (l *Lots) kept(key uint64) []spelling {
	how, known := l.first[key]
	if !known {
		return nil
	}
	return append([]spelling{how}, l.more[key]...)
}

func spellingOf(lot string) (how spelling) {
	for i := range len(lot) {
		switch c := lot[i]; {
		case c == 'O' || 'a' <= c && c <= 'z' && c != 'o':
			how |= 1 << (2 * i)
		case c == 'o':
			how |= 2 << (2 * i)
		}
	}
	return how
}

func (how spelling) of(plain string) string {
	lot := []byte(plain)
	for i, c := range lot {
		switch bits := how >> (2 * i) & 3; {
		case c == '0':
			lot[i] = "0Oo0"[bits]
		case bits == 1 && 'A' <= c && c <= 'Z':
			lot[i] = c | 0x20
		}
	}
	return string(lot)
}
