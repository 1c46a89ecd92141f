package projector

import (
	"fmt"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// batchKey names a batch.
type batchKey struct{ gtin, lot string }

// holdings are the runs of some stretches of some batches: all that touch the
// units about to move, so that neighbours can be merged.
type holdings map[batchKey][]record.Placed

func newHoldings(runs []record.Placed) holdings {
	h := holdings{}
	for _, r := range runs {
		k := batchKey{r.GTIN, r.Lot}
		h[k] = append(h[k], r)
	}
	for _, runs := range h {
		slices.SortFunc(runs, func(a, b record.Placed) int { return int(a.Start - b.Start) })
	}
	return h
}

// move applies one move. Units that are not where the move takes them from mean
// that the read model or the ledger is corrupt.
func (h holdings) move(m trace.Move, txID string) error {
	k := batchKey{m.GTIN, m.Lot}
	if m.From < 0 || m.Count < 1 || m.To() < m.From {
		return fmt.Errorf("a move of no units: %+v", m)
	}
	kept, covered := cut(h[k], m)
	want := m.Count
	if m.Source == (trace.Place{}) {
		want = 0
	}
	if covered != want || overlaps(kept, m.Line) {
		return fmt.Errorf("units %d to %d of lot %s (%s) are not where the ledger moves them from, %+v",
			m.From, m.To()-1, m.Lot, m.GTIN, m.Source)
	}
	moved := record.Placed{GTIN: m.GTIN, Lot: m.Lot, Start: m.From, Stop: m.To(), Place: m.Target, TxID: txID}
	h[k] = merge(kept, moved)
	return nil
}

// cut takes the moved units out of the runs at the move's source and counts them.
func cut(runs []record.Placed, m trace.Move) (kept []record.Placed, covered int64) {
	for _, r := range runs {
		from, to := max(r.Start, m.From), min(r.Stop, m.To())
		if from >= to || r.Place != m.Source {
			kept = append(kept, r)
			continue
		}
		covered += to - from
		if left := r; left.Start < from {
			left.Stop = from
			kept = append(kept, left)
		}
		if right := r; right.Stop > to {
			right.Start = to
			kept = append(kept, right)
		}
	}
	return kept, covered
}

func overlaps(runs []record.Placed, l trace.Line) bool {
	return slices.ContainsFunc(runs, func(r record.Placed) bool { return r.Start < l.To() && l.From < r.Stop })
}

// merge puts a run among others and joins it with neighbours in the same
// place. The joined run bears the newest transaction, the mover's.
func merge(runs []record.Placed, moved record.Placed) []record.Placed {
	out := make([]record.Placed, 0, len(runs)+1)
	for _, r := range runs {
		switch {
		case r.Place == moved.Place && r.Stop == moved.Start:
			moved.Start = r.Start
		case r.Place == moved.Place && r.Start == moved.Stop:
			moved.Stop = r.Stop
		default:
			out = append(out, r)
		}
	}
	at, _ := slices.BinarySearchFunc(
		out, moved.Start, func(r record.Placed, start int64) int { return int(r.Start - start) },
	)
	return slices.Insert(out, at, moved)
}

// changed compares with the runs as they were read: which are gone, which are new.
func (h holdings) changed(read []record.Placed) (gone, added []record.Placed) {
	before := map[record.Placed]bool{}
	for _, r := range read {
		before[r] = true
	}
	for _, runs := range h {
		for _, r := range runs {
			if !before[r] {
				added = append(added, r)
			}
			delete(before, r)
		}
	}
	for r := range before {
		gone = append(gone, r)
	}
	return gone, added
}
