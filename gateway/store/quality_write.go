package store

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
