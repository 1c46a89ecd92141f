package store

import (
	"context"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// awaitingInspection are batches b of products p that must be inspected, can
// still be on day $1, and have not been. overview.sql counts the same.
const awaitingInspection = `(p.doc ->> 'inspectionRequired')::boolean and b.expires_on >= $1
	and not exists (select from ledger.quality q where q.gtin = b.gtin and q.lot = b.lot and q.doc ? 'inspection')`

// AwaitingInspection lists batches that must be inspected and have not been; a
// producer's only, where one is given.
func (s *Store) AwaitingInspection(
	ctx context.Context, producer string, on trace.Date, p record.Paging,
) (record.Page[record.Batch], error) {
	var w where
	w.conditions = append(w.conditions, strings.Replace(awaitingInspection, "$1", w.arg(on), 1))
	w.given(producer, "b.producer = ?")
	if p.Sort == "" {
		p.Sort = "registeredAt"
	}
	return listPage[record.Batch](ctx, s, batches, w, p)
}
