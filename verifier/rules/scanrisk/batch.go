package scanrisk

import "math"

const maxReached = 16

// Batch is what is usual for a batch, or for all batches together: how many
// devices ask about a unit, and from how far. 68 bytes. The zero Batch is new.
type Batch struct {
	Reached [maxReached]uint32 // units that came to 1, 2, ... devices
	Apart   uint32             // units with two owners in places apart, or more
}

// reached counts a unit that has come to n devices.
func (b *Batch) reached(n int) {
	if n <= maxReached {
		b.Reached[n-1]++
	}
}

// Usual joins what is usual for a batch with what is usual for all goods, which
// counts as much as beliefUnits units of the batch.
type Usual struct{ Batch, All *Batch }

const beliefUnits = 50

// unusual gives -log10 of the share of other units that came to so many
// devices, at most 6. Before any log is read, every further device is taken to
// be a third as common as the one before.
func (c Usual) unusual(devices int) float64 {
	n := min(max(devices, 1), maxReached)
	before := math.Pow(3, float64(1-n))
	before = c.All.share(c.All.Reached[n-1], 1, before)
	return math.Min(-math.Log10(c.Batch.share(c.Batch.Reached[n-1], 1, before)), 6)
}

// custom says how much rarer than one in twenty it is that a second owner asks
// about a unit: the logarithm, from -2 to 2. Own says that the unit in question
// is among those counted.
func (c Usual) custom(own bool) float64 {
	var mine uint32
	if own {
		mine = 1
	}
	before := c.All.share(c.All.Apart, mine, 0.05)
	return math.Min(math.Max(math.Log(0.05/c.Batch.share(c.Batch.Apart, mine, before)), -2), 2)
}

// share gives the part n of the units, but for the one in question where it is
// among them, starting from a belief.
func (b *Batch) share(n, own uint32, belief float64) float64 {
	others := max(b.Reached[0], 1) - 1
	return (float64(max(n, own)-own) + beliefUnits*belief) / (float64(others) + beliefUnits)
}
