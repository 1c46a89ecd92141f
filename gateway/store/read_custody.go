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

var shipments = list{
	from:  "ledger.shipment s",
	doc:   "s.doc",
	key:   []column{{"s.id", "text"}},
	order: "-dispatchedAt",
	sorts: map[string]column{
		"dispatchedAt": {"s.dispatched_at", "timestamptz"},
		"units":        {"s.units", "bigint"},
		"id":           {"s.id", "text"},
	},
	match: found("s.words", "", "s.sender", "s.receiver"),
}

// Shipments lists shipments, the newest first where nothing else is asked for.
func (s *Store) Shipments(
	ctx context.Context, f record.ShipmentFilter, p record.Paging,
) (record.Page[trace.Shipment], error) {
	var w where
	if f.Party != "" {
		w.add("s.sender = ? or s.receiver = ?", f.Party, f.Party)
	}
	w.given(f.Sender, "s.sender = ?")
	w.given(f.Receiver, "s.receiver = ?")
	if f.OpenOnly {
		w.add("s.received_at is null")
	}
	return listPage[trace.Shipment](ctx, s, shipments, w, p)
}

var recalls = list{
	from: "ledger.recall r", doc: "r.doc", key: []column{{"r.id", "text"}}, order: "-at",
	sorts: map[string]column{"at": {"r.at", "timestamptz"}, "id": {"r.id", "text"}, "gtin": {"r.gtin", "text"}},
	match: found("r.words", "r.gtin"),
}

// Recalls lists recalls, the newest first where nothing else is asked for.
func (s *Store) Recalls(
	ctx context.Context, f record.RecallFilter, p record.Paging,
) (record.Page[trace.Recall], error) {
	var w where
	w.given(f.GTIN, "r.gtin = ?")
	w.given(string(f.Class), "r.doc ->> 'class' = ?")
	if f.OpenOnly {
		w.add("r.closed_at is null")
	}
	return listPage[trace.Recall](ctx, s, recalls, w, p)
}

// Party gives a party as the ledger has it; false where there is none.
func (s *Store) Party(ctx context.Context, id string) (trace.Party, bool, error) {
	return readDoc[trace.Party](ctx, s, `select doc from ledger.party where id = $1`, id)
}

var parties = list{
	from: "ledger.party p", doc: "p.doc", key: []column{{"p.id", "text"}}, order: "id",
	sorts: map[string]column{
		"id": {"p.id", "text"}, "name": {"p.name", "text"}, "lapsesOn": {"p.lapses_on", "text"},
	},
	match: found("p.words", ""),
}

// Parties lists parties, by id where nothing else is asked for.
func (s *Store) Parties(ctx context.Context, p record.Paging) (record.Page[trace.Party], error) {
	return listPage[trace.Party](ctx, s, parties, where{}, p)
}
