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
		func() error { return writeObjects(ctx, tx, c.Objects) },
		func() error { return exec(ctx, tx, rowsOf(c.Recalled, recalledRow), insertRecalled) },
		func() error { return exec(ctx, tx, rowsOf(c.Units, unitRow), insertUnits) },
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

const insertRecalled = `insert into ledger.recall_scope (recall_id, gtin, lot, start, stop)
	select recall_id, gtin, lot, start, stop
	from json_to_recordset($1) as t(recall_id text, gtin text, lot text, start bigint, stop bigint)`

const insertUnits = `insert into ledger.unit_event (gtin, lot, unit_index, type, at, tx_id)
	select gtin, lot, start, type, at, tx_id
	from json_to_recordset($1) as t(gtin text, lot text, start bigint, type text, at timestamptz, tx_id text)`

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
