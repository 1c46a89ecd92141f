package store

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Shipment gives a shipment; false where there is none.
func (s *Store) Shipment(ctx context.Context, id string) (trace.Shipment, bool, error) {
	return readDoc[trace.Shipment](ctx, s, `select doc from ledger.shipment where id = $1`, id)
}

// Shipments lists shipments, the newest first: everybody's where party is
// empty, else those that the party sent or was sent.
func (s *Store) Shipments(ctx context.Context, party string, openOnly bool, p record.Paging) (record.Page[trace.Shipment], error) {
	k, err := splitCursor(p.After, 2)
	if err != nil {
		return record.Page[trace.Shipment]{}, err
	}
	return readPage[trace.Shipment](ctx, s, p.Limit, `select dispatched_at || '|' || id, doc from ledger.shipment
		where ($1 = '' or sender = $1 or receiver = $1) and (not $2 or received_at is null)
		and (dispatched_at, id) < ($3::timestamptz, $4) order by dispatched_at desc, id desc limit $5`,
		party, openOnly, k[0], k[1], p.Limit+1)
}

// Recalls lists recalls by id.
func (s *Store) Recalls(ctx context.Context, gtin string, openOnly bool, p record.Paging) (record.Page[trace.Recall], error) {
	return readPage[trace.Recall](ctx, s, p.Limit, `select id, doc from ledger.recall
		where id > $1 and ($2 = '' or gtin = $2) and (not $3 or closed_at is null) order by id limit $4`,
		p.After, gtin, openOnly, p.Limit+1)
}

// Party gives a party as the ledger has it; false where there is none.
func (s *Store) Party(ctx context.Context, id string) (trace.Party, bool, error) {
	return readDoc[trace.Party](ctx, s, `select doc from ledger.party where id = $1`, id)
}

// Parties lists parties by id.
func (s *Store) Parties(ctx context.Context, p record.Paging) (record.Page[trace.Party], error) {
	return readPage[trace.Party](ctx, s, p.Limit, `select id, doc from ledger.party where id > $1 order by id limit $2`,
		p.After, p.Limit+1)
}
