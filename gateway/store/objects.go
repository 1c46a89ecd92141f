package store

import (
	"context"
	"database/sql"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

// kept says of each kind of object which tables of the read model hold it, and by which statements
// over docRows it is written. The statements run in this order.
var kept = []struct {
	kind       trace.Kind
	tables     []string
	statements []string
}{
	{"party", []string{"party"}, []string{upsertParties}},
	{"product", []string{"product"}, []string{upsertProducts}},
	{"batch", []string{"batch", "handled"}, []string{upsertBatches, insertHandledByMaker}},
	{"shipment", []string{"shipment"}, []string{upsertShipments}},
	{"recall", []string{"recall", "recall_scope"}, []string{upsertRecalls}},
	{"transformation", []string{"transformation", "transformation_input"}, []string{insertMade, insertInputs}},
	{"container", []string{"container"}, []string{upsertContainers}},
	{"complaint", []string{"complaint"}, []string{upsertComplaints}},
	{"complaint_terms", []string{"complaint_terms"}, []string{upsertTerms}},
	{"anchor", []string{"anchor"}, []string{insertAnchors}},
	{"compliance_check", []string{"compliance_check"}, []string{upsertChecks}},
	{"standard", []string{"standard"}, []string{upsertStandards}},
	{"inspection", []string{"inspection"}, []string{insertInspections}},
	{"quality", []string{"quality"}, []string{upsertQualities}},
	{"inspection_record", []string{"inspection_record"}, []string{upsertRecords}},
	{"acknowledgement", []string{"acknowledgement"}, []string{insertAcknowledgements}},
	{"unit_flag", []string{"unit_flag"}, []string{upsertFlags}},
	{"case", []string{"exception"}, []string{upsertCases}},
	{"custody_terms", []string{"custody_terms"}, []string{upsertCustodyTerms}},
	{"owned_unit", []string{"owned_unit"}, []string{upsertOwned}},
}

func writeObjects(ctx context.Context, tx *sql.Tx, written []record.ObjectVersion) error {
	rows := map[trace.Kind][]docRow{}
	for _, w := range written {
		doc, err := trace.Marshal(w.Doc)
		if err != nil {
			return err
		}
		rows[w.Kind] = append(rows[w.Kind], docRow{doc, w.TxID, w.Block, w.LastTxID, w.LastBlock})
	}
	for _, k := range kept {
		for _, statement := range k.statements {
			if err := exec(ctx, tx, rows[k.kind], statement); err != nil {
				return err
			}
		}
	}
	return nil
}

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

const upsertOwned = `insert into ledger.owned_unit (gtin, lot, unit_index, doc, tx_id)
	select doc->>'gtin', doc->>'lot', (doc->>'index')::bigint, doc, tx_id` + docs + `
	on conflict (gtin, lot, unit_index) do update set doc = excluded.doc`

const insertHandledByMaker = `insert into ledger.handled (party, gtin, lot)
	select doc->>'producer', doc->>'gtin', doc->>'lot'` + docs + `
	on conflict do nothing`

const upsertStandards = `insert into ledger.standard (id, category, doc, tx_id)
	select doc->>'id', doc->>'category', doc, tx_id` + docs + `
	on conflict (id) do update set category = excluded.category, doc = excluded.doc`

const insertInspections = `insert into ledger.inspection (id, gtin, lot, at, doc, tx_id)
	select doc->>'id', doc->>'gtin', doc->>'lot', (doc->>'at')::timestamptz, doc, tx_id` + docs

const upsertQualities = `insert into ledger.quality (gtin, lot, doc, tx_id)
	select doc->>'gtin', doc->>'lot', doc, tx_id` + docs + `
	on conflict (gtin, lot) do update set doc = excluded.doc`

const upsertRecords = `insert into ledger.inspection_record (producer, category, doc, tx_id)
	select doc->>'producer', doc->>'category', doc, tx_id` + docs + `
	on conflict (producer, category) do update set doc = excluded.doc`

const insertAcknowledgements = `insert into ledger.acknowledgement (recall_id, party, at, doc, tx_id)
	select doc->>'recall', doc->>'party', (doc->>'at')::timestamptz, doc, tx_id` + docs
