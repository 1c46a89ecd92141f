package store

import (
	"context"
	"encoding/json"

	"github.com/lib/pq"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// naming finds rows s of a table whose document's lines name units of $1.
const naming = ` s.doc -> 'lines' @> jsonb_build_array(jsonb_build_object('gtin', m.gtin, 'lot', m.lot))
	and exists (select 1 from jsonb_to_recordset(s.doc -> 'lines') as l(gtin text, lot text, "from" bigint, count bigint)
		where l.gtin = m.gtin and l.lot = m.lot and coalesce(l."from", 0) < m.stop and coalesce(l."from", 0) + l.count > m.start)`

const wanted = ` from json_to_recordset($1) as m(gtin text, lot text, start bigint, stop bigint) `

// ShipmentsOf gives the shipments of units, the earliest first, at most so many,
// each with its transactions: those from or to a party, all for "".
func (s *Store) ShipmentsOf(
	ctx context.Context, party string, units []trace.Line, most int,
) ([]record.Proved[trace.Shipment], error) {
	return proved[trace.Shipment](
		ctx,
		s,
		units,
		most,
		`select f.doc, coalesce((select array_agg(t.tx_id order by t.block, t.position) from ledger.tx t
			where t.event ? 'shipment' and t.event #>> '{shipment,id}' = f.id), '{}')
		from (select distinct on (x.dispatched_at, x.id) x.*`+wanted+` cross join lateral (
			select s.id, s.dispatched_at, s.doc from ledger.shipment s where`+naming+` and ($3 = '' or $3 in (s.sender, s.receiver)) order by s.dispatched_at, s.id limit $2) x
			order by x.dispatched_at, x.id limit $2) f order by f.dispatched_at, f.id`,
		party,
	)
}

// ContainersOf gives the containers that units are or were last in, and those
// that these are or were in, what is inside before what is around it, at most so many.
func (s *Store) ContainersOf(
	ctx context.Context, units []trace.Line, most int,
) ([]record.Proved[trace.Container], error) {
	return proved[trace.Container](ctx, s, units, most, `with recursive inner_ones as (
			select distinct x.sscc`+wanted+` cross join lateral (select s.sscc from ledger.container s where`+naming+` order by s.sscc limit $2) x limit $2
		), outer_ones as (
			select sscc from inner_ones
			union select c.sscc from outer_ones o join ledger.container c on c.doc -> 'containers' ? o.sscc
		) select c.doc, array[c.tx_id] from ledger.container c join outer_ones o on o.sscc = c.sscc order by (c.doc ->> 'depth')::int, c.sscc limit $2`)
}

func proved[T any](
	ctx context.Context, s *Store, units []trace.Line, most int, query string, more ...any,
) ([]record.Proved[T], error) {
	lines, err := json.Marshal(lineRows(units))
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, query, append([]any{lines, most}, more...)...)
	if err != nil {
		return nil, err
	}
	return collect(rows, scanProved[T])
}

func scanProved[T any](row scanner) (p record.Proved[T], err error) {
	var doc []byte
	if err := row.Scan(&doc, pq.Array(&p.TxIDs)); err != nil {
		return p, err
	}
	return p, json.Unmarshal(doc, &p.Doc)
}

// BatchesNamed gives batches by name, each with the transaction that registered it.
func (s *Store) BatchesNamed(ctx context.Context, names []record.BatchName) ([]record.Proved[trace.Batch], error) {
	gtins, lots := make([]string, len(names)), make([]string, len(names))
	for i, n := range names {
		gtins[i], lots[i] = n.GTIN, n.Lot
	}
	rows, err := s.db.QueryContext(
		ctx,
		`select b.doc, array[b.tx_id] from unnest($1::text[], $2::text[]) as n(gtin, lot)
		join ledger.batch b using (gtin, lot)`,
		pq.Array(gtins),
		pq.Array(lots),
	)
	if err != nil {
		return nil, err
	}
	return collect(rows, scanProved[trace.Batch])
}

// HoldingCounts counts who has the units now, in which state; units on their way
// stand with their sender.
func (s *Store) HoldingCounts(ctx context.Context, units []trace.Line) ([]record.GraphHolding, error) {
	lines, err := json.Marshal(lineRows(units))
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `select h.gtin, h.lot, coalesce(s.sender, h.holder), h.state,
			sum(least(h.stop, m.stop) - greatest(h.start, m.start))`+wanted+`
		join ledger.holding h on h.gtin = m.gtin and h.lot = m.lot and h.start < m.stop and h.stop > m.start
		left join ledger.shipment s on h.state = 'in_transit' and s.id = h.holder group by 1, 2, 3, 4 order by 1, 2, 3, 4`, lines)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (h record.GraphHolding, err error) {
		return h, row.Scan(&h.GTIN, &h.Lot, &h.Party, &h.State, &h.Count)
	})
}

// Names gives the names of products by GTIN and of parties by id.
func (s *Store) Names(ctx context.Context, gtins, parties []string) (map[string]trace.Text, error) {
	rows, err := s.db.QueryContext(ctx, `select gtin, doc -> 'name' from ledger.product where gtin = any($1)
		union all select id, doc -> 'name' from ledger.party where id = any($2)`, pq.Array(gtins), pq.Array(parties))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := map[string]trace.Text{}
	for rows.Next() {
		var id string
		var doc []byte
		var name trace.Text
		if err := rows.Scan(&id, &doc); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(doc, &name); err != nil {
			return nil, err
		}
		names[id] = name
	}
	return names, rows.Err()
}
