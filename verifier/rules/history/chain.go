package history

import (
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
)

// chain is headers that follow each other.
type chain struct {
	from, next uint64
	last       proof.Hash   // of the block before the next
	header     proof.Header // of that block
	heads      map[uint64]proof.Hash
	visited    int
}

// begin begins the chain of a file.
func (v *verification) begin(h Head) error {
	c := chain{from: h.From, next: h.From, last: h.Previous, heads: map[uint64]proof.Hash{}}
	for _, head := range v.options.Heads {
		if known, twice := c.heads[head.Number]; twice && known != head.Hash {
			return fail(CheckLinked, ReasonOtherHead)
		}
		c.heads[head.Number] = head.Hash
	}
	switch {
	case h.From > 0:
		v.report.First = proof.Head{Number: h.From - 1, Hash: h.Previous}
		if !c.passes(h.From-1, h.Previous) {
			return fail(CheckLinked, ReasonOtherHead)
		}
	case h.Previous != proof.Hash{}:
		return fail(CheckLinked, ReasonNotLinked)
	}
	v.chain = c
	return nil
}

// passes compares a block with the trusted one of its number.
func (c *chain) passes(number uint64, hash proof.Hash) bool {
	want, trusted := c.heads[number]
	if trusted && want == hash {
		c.visited++
	}
	return !trusted || want == hash
}

// add adds the next header.
func (c *chain) add(h proof.Header) *proof.Failure {
	if h.Number != c.next || h.Previous != c.last {
		return &proof.Failure{Check: CheckLinked, Reason: ReasonNotLinked}
	}
	c.header, c.last = h, h.Hash()
	if !c.passes(h.Number, c.last) {
		return &proof.Failure{Check: CheckLinked, Reason: ReasonOtherHead}
	}
	c.next++
	return nil
}
