package proof

import (
	"bytes"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
)

// What is checked of a chain of blocks, besides what is checked of each.
const (
	CheckChain Check = "chain" // the block follows the one before it
	CheckFlag  Check = "flag"  // what the peer says of the transaction, valid or not, is what follows from the blocks
)

// Finding is something wrong with a block that follows the ones before it: with one transaction, or, where Position is
// -1, with the block. The chain can be followed further.
type Finding struct {
	Block    uint64
	Position int
	TxID     string // as the transaction claims it, bounded
	Code     string // what the peer marked it as
	Check    Check
	Reason   Reason
}

func (f Finding) String() string {
	if f.Position < 0 {
		return fmt.Sprintf("block %d: %s: %s", f.Block, f.Check, f.Reason.Error())
	}
	return fmt.Sprintf(
		"block %d, transaction %d %.64q, marked %s: %s: %s", f.Block, f.Position, f.TxID, f.Code, f.Check,
		f.Reason.Error(),
	)
}

// Chain is blocks one after another, and the state that they make, as far as validity asks for it: of each key which
// transaction wrote it last. Its memory grows by about 150 bytes for each key that the ledger holds, and by 50 for each
// transaction. It is not safe for concurrent use.
type Chain struct {
	authority *Authority
	from      uint64
	head      *Head
	versions  *versions
	ids       map[[16]byte]bool // of transactions: whether one of the id was valid
	seen      Seen
}

// Seen counts what a Chain has looked at.
type Seen struct {
	Blocks, Transactions, Valid int64
	// Unjudged are transactions whose mark rests on what the chain has not seen: reads of before its first block, and
	// ranges of which the ledger keeps a hash only.
	Unjudged       int64
	Configurations []uint64 // blocks that change the channel's configuration
}

// Chain begins with block number from. Where after is given, it is the block before, and the first block must name it.
// Only a chain from block 0 on knows all state, and judges every transaction's mark.
func (a *Authority) Chain(from uint64, after *Head) *Chain {
	return &Chain{
		authority: a,
		from:      from,
		head:      after,
		versions:  newVersions(from),
		ids:       map[[16]byte]bool{},
	}
}

// Next is the number of the block that Add expects.
func (c *Chain) Next() uint64 {
	if c.head == nil {
		return c.from
	}
	return c.head.Number + 1
}

// Head is the last block that was added; nil before the first.
func (c *Chain) Head() *Head { return c.head }

// Seen says what was looked at.
func (c *Chain) Seen() Seen { return c.seen }

// Add adds the next block. The error, a *Failure, says that it is not the next, or not one that the orderers signed:
// then it is not added, and the chain ends here. Findings are what is wrong within.
func (c *Chain) Add(j *Judged) ([]Finding, error) {
	switch {
	case j.Head.Number != c.Next():
		return nil, &Failure{CheckChain, ReasonNotNext}
	case c.head != nil && !bytes.Equal(j.previous, c.head.Hash[:]):
		return nil, &Failure{CheckChain, ReasonNotAfter}
	case j.err != nil:
		return nil, j.err
	}
	var found []Finding
	for i := range j.txs {
		t := &j.txs[i]
		if fault := c.flag(t); fault != nil {
			found = append(found, j.finding(i, fault))
		}
		if t.code == peer.TxValidationCode_VALID {
			c.seen.Valid++
			c.versions.write(t.sets, version{j.Head.Number, uint64(i)})
		}
		if t.configures() {
			c.seen.Configurations = append(c.seen.Configurations, j.Head.Number)
		}
		if id := idOf(t.id); !c.ids[id] {
			c.ids[id] = t.code == peer.TxValidationCode_VALID
		}
	}
	c.head = &j.Head
	c.seen.Blocks++
	c.seen.Transactions += int64(len(j.txs))
	return found, nil
}

// idOf shortens an id, of which 128 bits tell as surely as all.
func idOf(id string) (short [16]byte) {
	if n, err := hex.Decode(short[:], []byte(id[:min(len(id), 2*len(short))])); err != nil || n < len(short) {
		copy(short[:], id)
	}
	return short
}

// flag checks what the peer marked the transaction as. Valid means that nothing is wrong with it; anything else must
// have a ground.
func (c *Chain) flag(t *judged) *Failure {
	if t.configures() {
		return nil
	}
	valid := t.code == peer.TxValidationCode_VALID
	if t.fault != nil {
		if valid {
			return t.fault
		}
		return nil
	}
	usedByValid, used := c.ids[idOf(t.id)]
	switch reads := c.versions.check(t.sets); {
	case valid && used && usedByValid:
		return &Failure{CheckFlag, ReasonTxIDUsed}
	case valid && reads == stale:
		return &Failure{CheckFlag, ReasonReadOverwritten}
	case reads == unknown:
		c.seen.Unjudged++
		return nil
	case valid || used || reads == stale:
		return nil
	case !t.touches(c.authority.trust.Chaincode):
		return nil // another contract's business, which the read model is not made of
	}
	if t.check(c.authority.trust) != nil {
		return nil
	}
	if c.from > 0 && t.code == peer.TxValidationCode_DUPLICATE_TXID {
		c.seen.Unjudged++
		return nil
	}
	return &Failure{CheckFlag, ReasonNoGround}
}

// saved is a Chain in a file.
type saved struct {
	From uint64
	Head *Head
	Keys []savedKey
	IDs  map[[16]byte]bool
	Seen Seen
}

// Save writes the chain down, so that it can be followed further later. What is written must lie where only the
// auditor writes.
func (c *Chain) Save(w io.Writer) error {
	return gob.NewEncoder(w).Encode(saved{c.from, c.head, c.versions.saved(), c.ids, c.seen})
}

// Resume reads what Save wrote.
func (a *Authority) Resume(r io.Reader) (*Chain, error) {
	var s saved
	if err := gob.NewDecoder(r).Decode(&s); err != nil {
		return nil, fmt.Errorf("not a chain that was saved: %w", err)
	}
	c := a.Chain(s.From, s.Head)
	c.versions.load(s.Keys)
	c.seen = s.Seen
	if s.IDs != nil {
		c.ids = s.IDs
	}
	return c, nil
}
