package seal

import "iter"

// CommitmentRun is how many units' commitments Commitments gives at a time: whole blocks of the tree, 128 kB.
const CommitmentRun = 64 * blockSize

// Commitments gives the PIN commitments of a batch's units in runs, each with its first unit, 32 bytes a unit: what
// programs without the key of PINs need for proofs. It gives none where one key makes serials and PINs, for then
// whoever checks serials makes the commitments anew. What is committed to cannot be found from it: the salt has 128 bits.
func (b *Batch) Commitments(quantity int64) iter.Seq2[int64, []byte] {
	return func(yield func(int64, []byte) bool) {
		if !b.split || b.closed {
			return
		}
		m := b.minters.Get().(*minter)
		defer b.minters.Put(m)
		for first := int64(0); first < quantity; first += CommitmentRun {
			count := min(CommitmentRun, quantity-first)
			run := make([]byte, 0, 32*count)
			for i := range count {
				closed := m.unit(first + i).Commitment()
				run = append(run, closed[:]...)
			}
			if !yield(first, run) {
				return
			}
		}
	}
}
