package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// Standard gives a standard in its latest version; false where there is none.
func (s *Store) Standard(ctx context.Context, id string) (trace.Standard, bool, error) {
	return readDoc[trace.Standard](ctx, s, `select doc from ledger.standard where id = $1`, id)
}

// Standards lists standards by id, only those of a category where it is not empty.
func (s *Store) Standards(ctx context.Context, category string, p record.Paging) (record.Page[trace.Standard], error) {
	var w where
	w.given(category, "s.category = ?")
	return listPage[trace.Standard](ctx, s, standards, w, p)
}

var standards = list{
	from:  "ledger.standard s",
	doc:   "s.doc",
	key:   []column{{"s.id", "text"}},
	order: "id",
	sorts: map[string]column{
		"id":       {"s.id", "text"},
		"category": {"s.category", "text"},
		"at":       {"(s.doc ->> 'at')::timestamptz", "timestamptz"},
	},
	match: found("s.words", ""),
}

// Quality gives what is kept of a batch's quality; false where there is nothing.
func (s *Store) Quality(ctx context.Context, gtin, lot string) (trace.Quality, bool, error) {
	return readDoc[trace.Quality](ctx, s, `select doc from ledger.quality where gtin = $1 and lot = $2`, gtin, lot)
}

// maxInspections bounds the inspections of one batch that are told.
const maxInspections = 200

// Inspections gives a batch's inspections, the latest first.
func (s *Store) Inspections(ctx context.Context, gtin, lot string) ([]trace.Inspection, error) {
	return readDocs[trace.Inspection](ctx, s, `select i.doc from ledger.inspection i
		join ledger.tx t on t.tx_id = i.tx_id where i.gtin = $1 and i.lot = $2
		order by t.block desc, t.position desc limit $3`, gtin, lot, maxInspections)
}

var inspections = list{
	from: "ledger.inspection i", doc: "i.doc", key: []column{{"i.id", "text"}}, order: "-at",
	sorts: map[string]column{"at": {"i.at", "timestamptz"}, "lot": {"i.lot", "text"}},
	match: found("i.words", "i.gtin", "i.doc ->> 'by'"),
}

// AllInspections lists inspections, the newest first where nothing else is asked for.
func (s *Store) AllInspections(
	ctx context.Context, f record.InspectionFilter, p record.Paging,
) (record.Page[trace.Inspection], error) {
	var w where
	if f.SeenBy != "" {
		w.add(
			"i.doc ->> 'by' = ? or (i.gtin, i.lot) in ("+strings.ReplaceAll(seenBy, "$1", w.arg(f.SeenBy))+")",
			f.SeenBy,
		)
	}
	w.given(f.Outcome, "case when (i.doc ->> 'accepted')::boolean then 'passed' else 'failed' end = ?")
	return listPage[trace.Inspection](ctx, s, inspections, w, p)
}

// InspectionRecord gives how a producer's batches in a category have fared;
// false where none was inspected.
func (s *Store) InspectionRecord(ctx context.Context, producer, category string) (trace.Record, bool, error) {
	return readDoc[trace.Record](
		ctx,
		s,
		`select doc from ledger.inspection_record where producer = $1 and category = $2`,
		producer,
		category,
	)
}

// Recall gives a recall; false where there is none.
func (s *Store) Recall(ctx context.Context, id string) (trace.Recall, bool, error) {
	return readDoc[trace.Recall](ctx, s, `select doc from ledger.recall where id = $1`, id)
}

// RecallHolders adds up the units of a recall, and of what was made from them,
// by the party that answers for them, those with most first.
func (s *Store) RecallHolders(ctx context.Context, id string) ([]record.RecallHolder, error) {
	return s.holders(ctx, `select gtin, lot, start, stop from ledger.recall_scope where recall_id = $1`, id, id)
}

// HoldersOf adds up units as RecallHolders does, of a recall that has not begun.
func (s *Store) HoldersOf(ctx context.Context, units []trace.Line) ([]record.RecallHolder, error) {
	scope, err := json.Marshal(lineRows(units))
	if err != nil {
		return nil, err
	}
	return s.holders(
		ctx,
		`select gtin, lot, start, stop from json_to_recordset($1::json) as m(gtin text, lot text, start bigint, stop bigint)`,
		string(scope),
		"",
	)
}

// holders adds up the units that a query of one argument gives as runs, with
// what their holders have acknowledged of a recall.
func (s *Store) holders(ctx context.Context, scope, of, recall string) ([]record.RecallHolder, error) {
	rows, err := s.db.QueryContext(ctx, `with scope as (`+scope+`), unit as (
			select coalesce(x.sender, h.holder) as party, h.state, h.reason,
				least(h.stop, r.stop) - greatest(h.start, r.start) as n
			from scope r
			join ledger.holding h on h.gtin = r.gtin and h.lot = r.lot and h.start < r.stop and h.stop > r.start
			left join ledger.shipment x on x.id = h.holder)
		select u.party, coalesce(sum(n) filter (where state = 'held'), 0),
			coalesce(sum(n) filter (where state = 'in_transit'), 0), coalesce(sum(n) filter (where state = 'sold'), 0),
			coalesce(sum(n) filter (where reason in ('missing', 'stolen')), 0), coalesce(sum(n) filter (where reason = 'exported'), 0),
			coalesce(sum(n) filter (where state = 'removed' and reason not in ('missing', 'stolen', 'exported')), 0),
			coalesce(sum(n) filter (where state = 'consumed'), 0),
			a.at, coalesce((a.doc->>'late')::boolean, false)
		from unit u left join ledger.acknowledgement a on a.recall_id = $2 and a.party = u.party
		group by u.party, a.at, a.doc order by sum(u.n) desc, u.party`, of, recall)
	if err != nil {
		return nil, err
	}
	return collect(rows, scanHolder)
}

func scanHolder(row scanner) (h record.RecallHolder, err error) {
	var at sql.NullTime
	err = row.Scan(
		&h.Party, &h.Held, &h.InTransit, &h.Sold, &h.Lost, &h.Exported, &h.Removed, &h.Consumed, &at, &h.Late,
	)
	if at.Valid {
		t := at.Time.UTC()
		h.AcknowledgedAt = &t
	}
	return h, err
}
