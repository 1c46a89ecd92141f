package projector

import (
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// recordKey names the record of a producer in a category, ackKey an
// acknowledgement of a recall.
type (
	recordKey struct{ producer, category string }
	ackKey    struct{ recall, party string }
)

// quality are the objects of inspection, and of the recalls' holders.
type quality struct {
	standards       latest[string, trace.Standard]
	inspections     latest[string, trace.Inspection]
	qualities       latest[batchKey, trace.Quality]
	records         latest[recordKey, trace.Record]
	acknowledgement latest[ackKey, trace.Acknowledgement]
}

func (q *quality) objects(b record.Block, tx record.Tx) {
	if x := tx.Event.Standard; x != nil {
		q.standards.put(x.ID, record.Written[trace.Standard]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Inspection; x != nil {
		q.inspections.put(x.ID, record.Written[trace.Inspection]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Quality; x != nil {
		q.qualities.put(batchKey{x.GTIN, x.Lot}, record.Written[trace.Quality]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Record; x != nil {
		q.records.put(recordKey{x.Producer, x.Category}, record.Written[trace.Record]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
	if x := tx.Event.Acknowledgement; x != nil {
		q.acknowledgement.put(ackKey{x.Recall, x.Party}, record.Written[trace.Acknowledgement]{Doc: *x, TxID: tx.ID, Block: b.Number})
	}
}

func (q *quality) changes(out *record.Changes) {
	out.Standards, out.Inspections, out.Qualities = q.standards.all, q.inspections.all, q.qualities.all
	out.Records, out.Acknowledgements = q.records.all, q.acknowledgement.all
}
