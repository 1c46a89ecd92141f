package store

import (
	"context"
	"database/sql"

	"github.com/touchstone-trace/touchstone/gateway/record"
)

func writeChanges(ctx context.Context, tx *sql.Tx, c record.Changes) error {
	heads, txs := blockRows(c.Blocks)
	for _, write := range []func() error{
		func() error { return exec(ctx, tx, heads, insertBlocks) },
		func() error { return exec(ctx, tx, txs, insertTxs) },
		func() error { return writeDocs(ctx, tx, c.Parties, upsertParties) },
		func() error { return writeDocs(ctx, tx, c.Products, upsertProducts) },
		func() error { return writeDocs(ctx, tx, c.Batches, upsertBatches) },
		func() error { return writeDocs(ctx, tx, c.Batches, insertHandledByMaker) },
		func() error { return writeDocs(ctx, tx, c.Shipments, upsertShipments) },
		func() error { return writeDocs(ctx, tx, c.Recalls, upsertRecalls) },
		func() error { return exec(ctx, tx, rowsOf(c.Recalled, recalledRow), insertRecalled) },
		func() error { return writeDocs(ctx, tx, c.Made, insertMade) },
		func() error { return writeDocs(ctx, tx, c.Made, insertInputs) },
		func() error { return writeDocs(ctx, tx, c.Containers, upsertContainers) },
		func() error { return writeDocs(ctx, tx, c.Complaints, upsertComplaints) },
		func() error { return writeDocs(ctx, tx, c.Terms, upsertTerms) },
		func() error { return writeDocs(ctx, tx, c.Anchors, insertAnchors) },
		func() error { return writeDocs(ctx, tx, c.Checks, upsertChecks) },
		func() error { return writeDocs(ctx, tx, c.Standards, upsertStandards) },
		func() error { return writeDocs(ctx, tx, c.Inspections, insertInspections) },
		func() error { return writeDocs(ctx, tx, c.Qualities, upsertQualities) },
		func() error { return writeDocs(ctx, tx, c.Records, upsertRecords) },
		func() error { return writeDocs(ctx, tx, c.Acknowledgements, insertAcknowledgements) },
		func() error { return writeDocs(ctx, tx, c.Flags, upsertFlags) },
		func() error { return writeDocs(ctx, tx, c.Cases, upsertCases) },
		func() error { return writeDocs(ctx, tx, c.CustodyTerms, upsertCustodyTerms) },
		func() error { return exec(ctx, tx, rowsOf(c.Units, unitRow), insertUnits) },
		func() error { return writeDocs(ctx, tx, c.Owned, upsertOwned) },
		func() error { return exec(ctx, tx, rowsOf(c.Lines, eventLineRow), insertLines) },
		func() error { return exec(ctx, tx, rowsOf(c.Lines, eventLineRow), insertHandledByLines) },
		func() error { return exec(ctx, tx, rowsOf(c.Lines, eventLineRow), insertHandledByMoves) },
		func() error { return exec(ctx, tx, rowsOf(c.Gone, runRow), deleteRuns) },
		func() error { return exec(ctx, tx, rowsOf(c.Runs, runRow), insertRuns) },
		func() error { return writeNotices(ctx, tx, c.Blocks, c.Notices) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

func writeDocs[T any](ctx context.Context, tx *sql.Tx, written []record.Written[T], statement string) error {
	rows, err := docRows(written)
	if err != nil {
		return err
	}
	return exec(ctx, tx, rows, statement)
}

const insertBlocks = `insert into ledger.block (number, hash, prev_hash, data_hash, tx_count)
	select number, hash, prev_hash, data_hash, tx_count
	from json_to_recordset($1) as t(number bigint, hash bytea, prev_hash bytea, data_hash bytea, tx_count integer)`

// A transaction id belongs to its valid transaction, or else to the first that
// claims it. Every other one, and one without an id, is kept as ID@BLOCK/POSITION.
const insertTxs = `with t as (
		select *, row_number() over (partition by tx_id order by block, code <> 'VALID', position) as nth
		from json_to_recordset($1) as r(tx_id text, block bigint, position integer, code text, function text,
			party text, msp text, identity text, endorsers text[], at timestamptz, event jsonb))
	insert into ledger.tx (tx_id, block, position, code, function, party, msp, identity, endorsers, at, event)
	select case when tx_id = '' or nth > 1 or exists (select 1 from ledger.tx x where x.tx_id = t.tx_id)
			then tx_id || '@' || block || '/' || position else tx_id end,
		block, position, code, function, party, msp, identity, endorsers, at, event
	from t`

const docs = ` from json_to_recordset($1) as t(doc jsonb, tx_id text, block bigint, last_tx_id text, last_block bigint) `

const upsertParties = `insert into ledger.party (id, msp, identity, doc, tx_id)
	select doc->>'id', doc->>'msp', doc->>'identity', doc, tx_id` + docs + `
	on conflict (id) do update set msp = excluded.msp, identity = excluded.identity, doc = excluded.doc`

const upsertProducts = `insert into ledger.product (gtin, owner, doc, tx_id, block, registered_at, changed_tx_id, changed_block)
	select doc->>'gtin', doc->>'owner', doc, tx_id, block, (select at from ledger.tx x where x.tx_id = t.tx_id), last_tx_id, last_block` + docs + `
	on conflict (gtin) do update set owner = excluded.owner, doc = excluded.doc,
		changed_tx_id = excluded.changed_tx_id, changed_block = excluded.changed_block`

const upsertBatches = `insert into ledger.batch (gtin, lot, quantity, units_root, producer, registered_at, doc, tx_id, block,
		changed_tx_id, changed_block)
	select doc->>'gtin', doc->>'lot', (doc->>'quantity')::bigint, decode(doc->>'unitsRoot', 'hex'), doc->>'producer',
		(doc->>'registeredAt')::timestamptz, doc, tx_id, block, last_tx_id, last_block` + docs + `
	on conflict (gtin, lot) do update set doc = excluded.doc,
		changed_tx_id = excluded.changed_tx_id, changed_block = excluded.changed_block`

const upsertShipments = `insert into ledger.shipment (id, sender, receiver, dispatched_at, received_at, doc, tx_id)
	select doc->>'id', doc->>'from', doc->>'to', (doc->>'dispatchedAt')::timestamptz,
		coalesce(doc->>'receivedAt', doc->>'cancelledAt')::timestamptz,
		doc, tx_id` + docs + `
	on conflict (id) do update set received_at = excluded.received_at, doc = excluded.doc`

const upsertRecalls = `insert into ledger.recall (id, gtin, closed_at, doc, tx_id)
	select doc->>'id', doc->>'gtin', (doc->>'closedAt')::timestamptz, doc, tx_id` + docs + `
	on conflict (id) do update set closed_at = excluded.closed_at, doc = excluded.doc`

const insertMade = `insert into ledger.transformation (gtin, lot, maker, doc, tx_id)
	select doc->>'gtin', doc->>'lot', doc->>'by', doc, tx_id` + docs

const insertInputs = `insert into ledger.transformation_input (into_gtin, into_lot, gtin, lot, start, stop)
	select doc->>'gtin', doc->>'lot', i->>'gtin', i->>'lot', (i->>'from')::bigint, (i->>'from')::bigint + (i->>'count')::bigint` + docs + `
	cross join lateral jsonb_array_elements(doc->'inputs') i`

const upsertContainers = `insert into ledger.container (sscc, holder, packed_by, unpacked_at, doc, tx_id)
	select doc->>'sscc', doc->>'holder', doc->>'packedBy', (doc->>'unpackedAt')::timestamptz, doc, tx_id` + docs + `
	on conflict (sscc) do update set holder = excluded.holder, unpacked_at = excluded.unpacked_at, doc = excluded.doc`

const upsertComplaints = `insert into ledger.complaint (id, gtin, lot, unit_index, respondent, status, outcome, next_due, opened_at, doc, tx_id)
	select doc->>'id', doc->>'gtin', doc->>'lot', (doc->>'index')::bigint, doc->>'respondent', doc->>'status',
		case doc->>'status' when 'withdrawn' then 'withdrawn' else doc->'decisions'->-1->>'outcome' end,
		(case doc->>'status' when 'open' then doc->>'answerBy' when 'answered' then doc->>'decideBy'
			when 'appealed' then doc#>>'{appeal,decideBy}' end)::timestamptz,
		(doc->>'openedAt')::timestamptz, doc, tx_id` + docs + `
	on conflict (id) do update set status = excluded.status, outcome = excluded.outcome, next_due = excluded.next_due, doc = excluded.doc`

const upsertTerms = `insert into ledger.complaint_terms (doc, tx_id) select doc, tx_id` + docs + `
	on conflict (only_one) do update set doc = excluded.doc`

const insertAnchors = `insert into ledger.anchor (log, from_seq, to_seq, root, doc, tx_id, block)
	select doc->>'log', (doc->>'from')::bigint, (doc->>'to')::bigint, decode(doc->>'root', 'hex'), doc, tx_id, block` + docs

const upsertFlags = `insert into ledger.unit_flag (gtin, lot, unit_index, copied, doc, tx_id)
	select doc->>'gtin', doc->>'lot', (doc->>'index')::bigint, (doc->'rulings'->-1->>'copied')::boolean, doc, tx_id` + docs + `
	on conflict (gtin, lot, unit_index) do update set copied = excluded.copied, doc = excluded.doc`

const insertRecalled = `insert into ledger.recall_scope (recall_id, gtin, lot, start, stop)
	select recall_id, gtin, lot, start, stop
	from json_to_recordset($1) as t(recall_id text, gtin text, lot text, start bigint, stop bigint)`

const insertUnits = `insert into ledger.unit_event (gtin, lot, unit_index, type, at, tx_id)
	select gtin, lot, start, type, at, tx_id
	from json_to_recordset($1) as t(gtin text, lot text, start bigint, type text, at timestamptz, tx_id text)`

const upsertOwned = `insert into ledger.owned_unit (gtin, lot, unit_index, doc, tx_id)
	select doc->>'gtin', doc->>'lot', (doc->>'index')::bigint, doc, tx_id` + docs + `
	on conflict (gtin, lot, unit_index) do update set doc = excluded.doc`

const insertLines = `insert into ledger.event_line (gtin, lot, start, stop, block, position, tx_id)
	select gtin, lot, start, stop, block, position, tx_id
	from json_to_recordset($1) as t(gtin text, lot text, start bigint, stop bigint, block bigint, position integer, tx_id text)`

const deleteRuns = `delete from ledger.holding h
	using json_to_recordset($1) as t(gtin text, lot text, start bigint)
	where h.gtin = t.gtin and h.lot = t.lot and h.start = t.start`

const insertRuns = `insert into ledger.holding (gtin, lot, start, stop, holder, state, reason, container, tx_id)
	select gtin, lot, start, stop, holder, state, reason, container, tx_id
	from json_to_recordset($1) as t(gtin text, lot text, start bigint, stop bigint, holder text, state text, reason text,
		container text, tx_id text)`

const insertHandledByMaker = `insert into ledger.handled (party, gtin, lot)
	select doc->>'producer', doc->>'gtin', doc->>'lot'` + docs + `
	on conflict do nothing`

const insertHandledByLines = `insert into ledger.handled (party, gtin, lot)
	select distinct x.party, t.gtin, t.lot
	from json_to_recordset($1) as t(gtin text, lot text, tx_id text) join ledger.tx x using (tx_id)
	where x.event ->> 'type' in ('dispatched', 'received', 'sold', 'returned', 'decommissioned')
	on conflict do nothing`

// By each event's moves, not by the runs that are left: of blocks projected together only the last runs are written.
const insertHandledByMoves = `insert into ledger.handled (party, gtin, lot)
	select distinct m #>> '{target,holder}', m ->> 'gtin', m ->> 'lot'
	from (select distinct tx_id from json_to_recordset($1) as t(tx_id text)) t join ledger.tx x using (tx_id),
		jsonb_array_elements(x.event -> 'moves') m
	where m #>> '{target,state}' <> 'in_transit'
	on conflict do nothing`
