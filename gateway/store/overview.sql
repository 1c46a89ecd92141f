-- What waits for party $1 in role $2 on day $3: of each kind the count and the $4 most urgent.
with task(kind, subject, gtin, lot, party, detail, due, at, whole) as (
    select 'complaint_answer', id, gtin, lot, null, null, next_due, opened_at, null::jsonb
    from ledger.complaint where respondent = $1 and status = 'open' and next_due > now()
    union all
    select 'complaint_appeal', id, gtin, lot, null, outcome, next_due, opened_at, null
    from ledger.complaint where respondent = $1 and status = 'decided' and outcome = 'counterfeit_confirmed' and next_due > now()
    union all
    select 'complaint_decide', id, gtin, lot, respondent, status, next_due, opened_at, null
    from ledger.complaint where $2 = 'platform' and (status in ('answered', 'appealed') or (status = 'open' and next_due < now()))
    union all
    select 'recall_acknowledge', r.id, r.gtin, null, r.doc ->> 'by', r.doc ->> 'class', (r.doc ->> 'at')::timestamptz, (r.doc ->> 'at')::timestamptz, r.doc
    from ledger.recall r where r.closed_at is null
    and exists (select from ledger.recall_scope c join ledger.holding h on h.gtin = c.gtin and h.lot = c.lot and h.start < c.stop and h.stop > c.start
        where c.recall_id = r.id and h.holder = $1 and h.state = 'held')
    and not exists (select from ledger.acknowledgement a where a.recall_id = r.id and a.party = $1)
    union all
    select 'recall_open', id, gtin, null, null, doc ->> 'class', null, (doc ->> 'at')::timestamptz, null
    from ledger.recall where closed_at is null and doc ->> 'by' = $1
    union all
    select 'receive', id, null, null, sender, doc ->> 'reference', (doc ->> 'openUntil')::timestamptz, dispatched_at, null
    from ledger.shipment where receiver = $1 and received_at is null
    union all
    select 'under_way', id, null, null, receiver, doc ->> 'reference', (doc ->> 'openUntil')::timestamptz, dispatched_at, null
    from ledger.shipment where sender = $1 and received_at is null
    union all
    select 'amendment', id, null, null, doc #>> '{amendment,by}', doc ->> 'reference', (doc #>> '{amendment,until}')::timestamptz,
        (doc #>> '{amendment,at}')::timestamptz, null
    from ledger.shipment where $1 in (sender, receiver) and doc ? 'amendment' and doc #>> '{amendment,by}' <> $1
        and (doc #>> '{amendment,until}')::timestamptz > now()
    union all
    select 'case_answer', id, null, null, opener, doc ->> 'cause', next_due, opened_at, null
    from ledger.exception where counter = $1 and status = 'open' and next_due > now()
    union all
    select 'case_decide', id, null, null, opener, doc ->> 'cause', next_due, opened_at, null
    from ledger.exception where $2 = 'platform' and (status = 'disputed' or status = 'open' and (counter = '' or next_due <= now()))
    union all
    select 'correction', b.lot, b.gtin, b.lot, b.producer, null, null, (b.doc #>> '{correcting,at}')::timestamptz, null
    from ledger.batch b where $2 = 'platform' and b.doc ? 'correcting'
    union all
    select 'approval', b.lot, b.gtin, b.lot, b.producer, b.quantity::text, null, b.registered_at, null
    from ledger.batch b where $2 = 'platform' and b.status = 'awaiting_approval'
    union all
    select 'inspection', b.lot, b.gtin, b.lot, b.producer, null, null, b.registered_at, null
    from ledger.batch b join ledger.product p using (gtin)
    where (b.producer = $1 or $2 = 'inspector') and (p.doc ->> 'inspectionRequired')::boolean and b.expires_on >= $3
    and not exists (select from ledger.quality q where q.gtin = b.gtin and q.lot = b.lot and q.doc ? 'inspection')
    union all
    select 'application', id, null, null, id, doc #>> '{name,zh-CN}', null, (doc #>> '{application,submittedAt}')::timestamptz, null
    from ledger.party where $2 = 'platform' and doc #>> '{application,status}' = 'submitted'
    union all
    select 'report', c.id, null, null, null, c.code, null, max(r.created_at), null
    from scan.reported_code c join scan.report r on r.code_id = c.id and r.closed_at is null
    where $2 = 'platform' group by c.id, c.code
    union all
    select 'job', id, null, null, null, kind || ' ' || status, null, created_at, null
    from app.job where party = $1 and (status in ('queued', 'running') or (status = 'failed' and finished_at > now() - interval '3 days'))
    union all
    select 'message', id::text, null, null, null, kind, null, at, jsonb_build_object('id', id, 'party', party, 'kind', kind, 'subject', subject, 'detail', detail, 'at', at)
    from app.notice where party = $1 and read_at is null
), ranked as (
    select t.*, count(*) over (partition by kind) as n, row_number() over (partition by kind order by due nulls last, at desc, subject) as nth from task t
)
select r.n, jsonb_strip_nulls(jsonb_build_object('kind', r.kind, 'subject', r.subject, 'gtin', r.gtin, 'lot', r.lot, 'name', p.doc -> 'name',
    'party', r.party, 'detail', r.detail, 'due', r.due, 'at', r.at)), r.whole
from ranked r left join ledger.product p on p.gtin = r.gtin
where r.nth <= $4 order by r.kind, r.nth
