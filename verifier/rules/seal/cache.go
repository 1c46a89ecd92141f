package seal

import (
	"sync"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// cacheSize bounds each of the cache's two generations: about 2 kB a batch with its keyed hashes, 8 MB in all.
const cacheSize = 2048

// batchCache remembers derived batch keys. When the young generation is full it becomes the old one, and the old one is
// dropped: bounded whatever is asked, and what is used often stays. Forged lots can only make it forget.
type batchCache struct {
	mu         sync.RWMutex
	young, old map[batchID]*Batch
}

type batchID struct {
	epoch uint32
	gtin  gs1.GTIN
	lot   string
}

func (c *batchCache) get(e expandable, gtin gs1.GTIN, lot string) *Batch {
	id := batchID{e.number, gtin, lot}
	c.mu.RLock()
	b := c.young[id]
	c.mu.RUnlock()
	if b != nil {
		return b
	}
	return c.renew(id, e)
}

// renew moves a batch into the young generation, deriving it where it is in neither.
func (c *batchCache) renew(id batchID, e expandable) *Batch {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b := c.young[id]; b != nil {
		return b
	}
	b := c.old[id]
	if b == nil {
		b = newBatch(e, id.gtin, id.lot)
	}
	if len(c.young) >= cacheSize || c.young == nil {
		c.young, c.old = map[batchID]*Batch{}, c.young
	}
	c.young[id] = b
	return b
}
