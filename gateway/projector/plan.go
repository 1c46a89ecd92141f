package projector

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// moved gives the units that the blocks move, which is what Plan needs to know
// the holdings of.
func moved(blocks []record.Block) []trace.Line {
	var lines []trace.Line
	for _, tx := range events(blocks) {
		for _, m := range tx.Event.Moves {
			lines = append(lines, m.Line)
		}
	}
	return lines
}

// events goes through the transactions that the contract took, in order.
func events(blocks []record.Block) iter.Seq2[record.Block, record.Tx] {
	return func(yield func(record.Block, record.Tx) bool) {
		for _, b := range blocks {
			for _, tx := range b.Txs {
				if tx.Event != nil && !yield(b, tx) {
					return
				}
			}
		}
	}
}

// Plan works out what blocks change, given every run that touches the units
// they move. It is pure: the same blocks in any grouping lead to the same read model.
func Plan(blocks []record.Block, held []record.Placed) (record.Changes, error) {
	p := planner{held: newHoldings(held)}
	for b, tx := range events(blocks) {
		if err := p.apply(b, tx); err != nil {
			return record.Changes{}, fmt.Errorf("block %d, transaction %s: %w", b.Number, tx.ID, err)
		}
	}
	return p.changes(blocks, held), nil
}

type planner struct {
	held    holdings
	out     record.Changes
	objects latest
}

func (p *planner) apply(b record.Block, tx record.Tx) error {
	for _, o := range tx.Event.Objects() {
		p.objects.put(record.ObjectVersion{Object: o, TxID: tx.ID, Block: b.Number})
	}
	for _, m := range tx.Event.Moves {
		if err := p.held.move(m, tx.ID); err != nil {
			return err
		}
	}
	p.out.Notices = append(p.out.Notices, noticesOf(b, tx)...)
	for _, u := range tx.Event.Units {
		p.out.Units = append(p.out.Units, record.UnitFact{UnitEvent: u, TxID: tx.ID})
	}
	for _, l := range joined(tx.Event.Lines) {
		p.out.Lines = append(
			p.out.Lines, record.EventLine{Line: l, Block: b.Number, Position: tx.Position, TxID: tx.ID},
		)
		if tx.Event.Type == trace.EventRecalled && tx.Event.Recall != nil {
			p.out.Recalled = append(p.out.Recalled, record.RecalledUnits{Recall: tx.Event.Recall.ID, Line: l})
		}
	}
	return nil
}

func (p *planner) changes(blocks []record.Block, read []record.Placed) record.Changes {
	p.out.Blocks, p.out.Objects = blocks, p.objects.all
	p.out.Gone, p.out.Runs = p.held.changed(read)
	return p.out
}

// latest is objects as they were last written, in the order in which they
// first were.
type latest struct {
	all []record.ObjectVersion
	at  map[objectName]int
}

type objectName struct {
	kind trace.Kind
	key  string
}

// put adds an object, or replaces it and keeps the transaction that wrote it first.
func (l *latest) put(w record.ObjectVersion) {
	w.LastTxID, w.LastBlock = w.TxID, w.Block
	name := objectName{w.Kind, w.Key}
	if i, ok := l.at[name]; ok {
		w.TxID, w.Block = l.all[i].TxID, l.all[i].Block
		l.all[i] = w
		return
	}
	if l.at == nil {
		l.at = map[objectName]int{}
	}
	l.at[name] = len(l.all)
	l.all = append(l.all, w)
}

// joined sorts lines and joins those that overlap or follow each other.
func joined(lines []trace.Line) []trace.Line {
	sorted := slices.SortedFunc(slices.Values(lines), func(a, b trace.Line) int {
		return cmp.Or(cmp.Compare(a.GTIN, b.GTIN), cmp.Compare(a.Lot, b.Lot), cmp.Compare(a.From, b.From))
	})
	var out []trace.Line
	for _, l := range sorted {
		if n := len(out); n > 0 && out[n-1].GTIN == l.GTIN && out[n-1].Lot == l.Lot && l.From <= out[n-1].To() {
			out[n-1].Count = max(out[n-1].To(), l.To()) - out[n-1].From
			continue
		}
		out = append(out, l)
	}
	return out
}
