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
func Plan(blocks []record.Block, held []record.Run) (record.Changes, error) {
	p := planner{held: newHoldings(held)}
	for b, tx := range events(blocks) {
		if err := p.apply(b, tx); err != nil {
			return record.Changes{}, fmt.Errorf("block %d, transaction %s: %w", b.Number, tx.ID, err)
		}
	}
	return p.changes(blocks, held), nil
}

type planner struct {
	held       holdings
	out        record.Changes
	parties    latest[string, trace.Party]
	products   latest[string, trace.Product]
	batches    latest[batchKey, trace.Batch]
	shipments  latest[string, trace.Shipment]
	recalls    latest[string, trace.Recall]
	made       latest[batchKey, trace.Transformation]
	containers latest[string, trace.Container]
	complaints latest[string, trace.Complaint]
	terms      latest[struct{}, trace.ComplaintTerms]
	anchors    latest[anchorKey, trace.Anchor]
	checks     latest[string, trace.ComplianceCheck]
	flags      latest[unitKey, trace.UnitFlag]
	owned      latest[unitKey, trace.OwnedUnit]
	cases      latest[string, trace.Case]
	custody    latest[struct{}, trace.CustodyTerms]
	quality    quality
}

func (p *planner) apply(b record.Block, tx record.Tx) error {
	p.objects(b, tx)
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
		p.out.Lines = append(p.out.Lines, record.EventLine{Line: l, Block: b.Number, Position: tx.Position, TxID: tx.ID})
		if tx.Event.Type == trace.EventRecalled && tx.Event.Recall != nil {
			p.out.Recalled = append(p.out.Recalled, record.RecalledUnits{Recall: tx.Event.Recall.ID, Line: l})
		}
	}
	return nil
}

func (p *planner) objects(b record.Block, tx record.Tx) {
	if x := tx.Event.Party; x != nil {
		p.parties.put(x.ID, record.Written[trace.Party]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Product; x != nil {
		p.products.put(x.GTIN, record.Written[trace.Product]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Batch; x != nil {
		p.batches.put(batchKey{x.GTIN, x.Lot}, record.Written[trace.Batch]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Shipment; x != nil {
		p.shipments.put(x.ID, record.Written[trace.Shipment]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Recall; x != nil {
		p.recalls.put(x.ID, record.Written[trace.Recall]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Check; x != nil {
		p.checks.put(x.ID, record.Written[trace.ComplianceCheck]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Flag; x != nil {
		p.flags.put(unitKey{batchKey{x.GTIN, x.Lot}, x.Index}, record.Written[trace.UnitFlag]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Unit; x != nil {
		p.owned.put(unitKey{batchKey{x.GTIN, x.Lot}, x.Index}, record.Written[trace.OwnedUnit]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	for _, x := range tx.Event.AllCases() {
		p.cases.put(x.ID, record.Written[trace.Case]{Doc: x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.CustodyTerms; x != nil {
		p.custody.put(struct{}{}, record.Written[trace.CustodyTerms]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	p.making(b, tx)
	p.quality.objects(b, tx)
	p.complaint(b, tx)
}

// making takes up transformations and containers.
func (p *planner) making(b record.Block, tx record.Tx) {
	if x := tx.Event.Transformation; x != nil {
		p.made.put(batchKey{x.GTIN, x.Lot}, record.Written[trace.Transformation]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	for _, x := range tx.Event.Containers {
		p.containers.put(x.SSCC, record.Written[trace.Container]{Doc: x, TxID: tx.ID, Block: b.Number})
	}
}

// complaint takes up complaints, their terms, and anchors.
func (p *planner) complaint(b record.Block, tx record.Tx) {
	if x := tx.Event.Complaint; x != nil {
		p.complaints.put(x.ID, record.Written[trace.Complaint]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Terms; x != nil {
		p.terms.put(struct{}{}, record.Written[trace.ComplaintTerms]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Anchor; x != nil {
		p.anchors.put(anchorKey{x.Log, x.From}, record.Written[trace.Anchor]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
}

// unitKey names a unit.
type unitKey struct {
	batchKey
	index int64
}

// anchorKey names an anchor.
type anchorKey struct {
	log  string
	from int64
}

func (p *planner) changes(blocks []record.Block, read []record.Run) record.Changes {
	p.out.Blocks = blocks
	p.out.Parties, p.out.Products, p.out.Batches = p.parties.all, p.products.all, p.batches.all
	p.out.Shipments, p.out.Recalls = p.shipments.all, p.recalls.all
	p.out.Complaints, p.out.Terms, p.out.Anchors = p.complaints.all, p.terms.all, p.anchors.all
	p.out.Checks, p.out.Flags, p.out.Owned = p.checks.all, p.flags.all, p.owned.all
	p.out.Cases, p.out.CustodyTerms = p.cases.all, p.custody.all
	p.quality.changes(&p.out)
	p.out.Made, p.out.Containers = p.made.all, p.containers.all
	p.out.Gone, p.out.Runs = p.held.changed(read)
	return p.out
}

// latest is objects as they were last written, in the order in which they
// first were.
type latest[K comparable, T any] struct {
	all []record.Written[T]
	at  map[K]int
}

// put adds an object, or replaces it and keeps the transaction that wrote it first.
func (l *latest[K, T]) put(k K, w record.Written[T]) {
	w.LastTxID, w.LastBlock = w.TxID, w.Block
	if i, ok := l.at[k]; ok {
		w.TxID, w.Block = l.all[i].TxID, l.all[i].Block
		l.all[i] = w
		return
	}
	if l.at == nil {
		l.at = map[K]int{}
	}
	l.at[k] = len(l.all)
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
