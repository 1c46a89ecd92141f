package contract

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// One counter per party would be a hot key: a producer registers hundreds of
// batches in one block. So a day's quota is split over slots, each a key of its
// own. A batch draws from the slot that its transaction id picks and from those
// after it until it has enough, so that the total is exact and two batches
// rarely meet. Half of the quota lies in a few coarse slots, for big batches,
// which would otherwise touch many keys; small batches begin in the fine ones.
// A slot remembers its day and is used again the next: the ledger does not grow.
// A quota that is lowered in the middle of a day is exact from the next day on.
const (
	coarseSlots = 32
	fineSlots   = 2016
	slots       = coarseSlots + fineSlots
)

// slot is what a party has drawn from one part of its quota, and on which day.
type slot struct {
	Day  trace.Date `json:"day"`
	Used int64      `json:"used"`
}

func slotKey(party string, i int) key { return key{"quota", party, strconv.Itoa(i)} }

// slotSize is a slot's share of a quota; all shares add up to the quota.
func slotSize(quota int64, i int) int64 {
	coarse := quota / 2
	if i < coarseSlots {
		return share(coarse, coarseSlots, i)
	}
	return share(quota-coarse, fineSlots, i-coarseSlots)
}

func share(total int64, parts, i int) int64 {
	s := total / int64(parts)
	if int64(i) < total%int64(parts) {
		s++
	}
	return s
}

// drawOrder gives the slots in the order in which a batch draws from them. Its
// transaction id shuffles them, so that batches begin in different slots, and
// do not search each other's empty ones in a row. Slots that hold nothing
// because the quota is small are left out.
func drawOrder(txID string, quota, units int64) []int {
	h := sha256.Sum256([]byte(txID))
	coarse := shuffled(0, min(coarseSlots, quota/2), h)
	fine := shuffled(coarseSlots, min(fineSlots, quota-quota/2), h)
	if units > slotSize(quota, coarseSlots) {
		return append(coarse, fine...)
	}
	return append(fine, coarse...)
}

// shuffled gives the count numbers from first on, from a start and in steps
// that the hash picks. A step without a common divisor meets every number once.
func shuffled(first int, count int64, h [sha256.Size]byte) []int {
	out := make([]int, count)
	n, step := int64(binary.BigEndian.Uint32(h[:])), int64(binary.BigEndian.Uint16(h[4:]))
	for count > 0 && gcd(step, count) != 1 {
		step++
	}
	for i := range out {
		out[i] = first + int((n+int64(i)*step)%count)
	}
	return out
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// drawQuota takes units from the acting party's quota of the day. It answers
// false, and takes nothing, where not so many are left.
func (t *transaction) drawQuota(units int64) (bool, error) {
	quota := t.by.Quota()
	if units > quota {
		return false, nil
	}
	drawn := map[int]slot{}
	order := drawOrder(t.stub.GetTxID(), quota, units)
	for n := 0; n < len(order) && units > 0; n++ {
		s, err := t.slot(order, n)
		if err != nil {
			return false, err
		}
		i := order[n]
		if take := min(slotSize(quota, i)-s.Used, units); take > 0 {
			units -= take
			drawn[i] = slot{Day: s.Day, Used: s.Used + take}
		}
	}
	if units > 0 {
		return false, nil
	}
	for i, s := range drawn {
		if err := t.put(slotKey(t.by.ID, i), s); err != nil {
			return false, err
		}
	}
	return true, nil
}

// slot reads the n-th slot of a draw. Most draws need one; those that need more
// fetch one, two, four and so on, for a slot that is read in vain is one more
// that another batch may write meanwhile. A slot of an earlier day is fresh; one
// of a later day (two clocks around midnight) counts for that day.
func (t *transaction) slot(order []int, n int) (slot, error) {
	if n > 0 && n&(n-1) == 0 {
		if err := t.prefetchSlots(order[n:min(2*n, len(order))]); err != nil {
			return slot{}, err
		}
	}
	var s slot
	if _, err := t.get(slotKey(t.by.ID, order[n]), &s); err != nil {
		return slot{}, err
	}
	if s.Day < t.today {
		s = slot{Day: t.today}
	}
	return s, nil
}

func (t *transaction) prefetchSlots(next []int) error {
	keys := make([]key, len(next))
	for n, i := range next {
		keys[n] = slotKey(t.by.ID, i)
	}
	return t.prefetch(keys)
}
