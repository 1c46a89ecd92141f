package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// readDoc reads one document of the read model; false where there is none.
func readDoc[T any](ctx context.Context, s *Store, query string, args ...any) (T, bool, error) {
	var v T
	var doc []byte
	err := s.db.QueryRowContext(ctx, query, args...).Scan(&doc)
	if errors.Is(err, sql.ErrNoRows) {
		return v, false, nil
	}
	if err != nil {
		return v, false, err
	}
	return v, true, json.Unmarshal(doc, &v)
}

// Product gives a product; false where it is not registered.
func (s *Store) Product(ctx context.Context, gtin string) (trace.Product, bool, error) {
	return readDoc[trace.Product](ctx, s, `select doc from ledger.product where gtin = $1`, gtin)
}

// Products lists products by GTIN, only the owner's where owner is not empty.
func (s *Store) Products(ctx context.Context, owner string, p record.Paging) (record.Page[trace.Product], error) {
	return readPage[trace.Product](ctx, s, p.Limit, `select gtin, doc from ledger.product
		where gtin > $1 and ($2 = '' or owner = $2) order by gtin limit $3`, p.After, owner, p.Limit+1)
}

// Batch gives a batch; false where it is not registered.
func (s *Store) Batch(ctx context.Context, gtin, lot string) (trace.Batch, bool, error) {
	return readDoc[trace.Batch](ctx, s, `select doc from ledger.batch where gtin = $1 and lot = $2`, gtin, lot)
}

// seenBy is true for the batches b that party $1 made, has, had, or is being sent.
const seenBy = `(b.producer = $1
	or exists (select 1 from ledger.holding h where h.gtin = b.gtin and h.lot = b.lot and h.holder = $1)
	or exists (select 1 from ledger.holding h join ledger.shipment s on s.id = h.holder
		where h.gtin = b.gtin and h.lot = b.lot and h.state = 'in_transit' and s.receiver = $1)
	or exists (select 1 from ledger.event_line e join ledger.tx t on t.tx_id = e.tx_id
		where e.gtin = b.gtin and e.lot = b.lot and t.party = $1
		and t.event->>'type' in ('dispatched', 'received', 'sold', 'returned', 'decommissioned')))`

// Batches lists batches, the newest first.
func (s *Store) Batches(ctx context.Context, f record.BatchFilter, p record.Paging) (record.Page[trace.Batch], error) {
	k, err := splitCursor(p.After, 3)
	if err != nil {
		return record.Page[trace.Batch]{}, err
	}
	return readPage[trace.Batch](ctx, s, p.Limit, `select b.registered_at || '|' || b.gtin || '|' || b.lot, b.doc
		from ledger.batch b where ($1 = '' or `+seenBy+`) and ($2 = '' or b.gtin = $2) and ($3 = '' or b.producer = $3)
		and ($4 = '' or b.doc->>'status' = $4) and (b.registered_at, b.gtin, b.lot) < ($5::timestamptz, $6, $7)
		order by b.registered_at desc, b.gtin desc, b.lot desc limit $8`,
		f.SeenBy, f.GTIN, f.Producer, f.Status, k[0], k[1], k[2], p.Limit+1)
}

// BatchSeenBy reports whether a party made a batch, or has or had units of it.
func (s *Store) BatchSeenBy(ctx context.Context, party, gtin, lot string) (bool, error) {
	var seen bool
	err := s.db.QueryRowContext(ctx, `select exists (select 1 from ledger.batch b
		where b.gtin = $2 and b.lot = $3 and `+seenBy+`)`, party, gtin, lot).Scan(&seen)
	return seen, err
}
