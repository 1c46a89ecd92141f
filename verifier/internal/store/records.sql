-- Everything about unit $3 of batch ($1, $2), as one document: see verdict.Records.
-- A line that holds the unit is looked for by its length, as the index on
-- ledger.event_line has it. The offset keeps the planner from unfolding that.
with line as materialized (
    select l.* from generate_series(1, 7) digits
    cross join lateral (
        select block, position, tx_id
        from ledger.event_line
        where gtin = $1 and lot = $2 and length(to_hex(stop - start)) = digits
            and start > $3 - (1::bigint << (4 * digits)) and start <= $3 and stop > $3
        offset 0
    ) l
), story as (
    select t.block, t.position, t.tx_id, t.at, t.event
    from (select distinct block, position, tx_id from line order by block desc, position desc limit 200) latest
    join ledger.tx t using (tx_id)
    where t.event is not null
), steps as (
    select block, position, event ->> 'by' as by, event #>> '{shipment,from}' as sender, event #>> '{shipment,to}' as receiver,
        jsonb_strip_nulls(jsonb_build_object(
            'type', event -> 'type', 'at', event -> 'at', 'by', event -> 'by',
            'from', event #> '{shipment,from}', 'to', event #> '{shipment,to}', 'txId', tx_id, 'block', block,
            'place', ( -- as the party's last event before had it
                select p.event #> '{party,place}' from ledger.tx p
                where p.event ? 'party' and p.event #>> '{party,id}' = story.event ->> 'by' and (p.block, p.position) <= (story.block, story.position)
                order by p.block desc, p.position desc limit 1),
            'target', ( -- the last, for who counts a case takes units out of it first
                select m -> 'target'
                from jsonb_path_query(event, '$.moves[*]') with ordinality as moves(m, nth)
                where m ->> 'gtin' = $1 and m ->> 'lot' = $2
                    and (m ->> 'from')::bigint <= $3 and (m ->> 'from')::bigint + (m ->> 'count')::bigint > $3
                order by nth desc limit 1))) as step
    from story
), holding as (
    -- The run that begins last at or before the unit; runs never overlap.
    select jsonb_build_object('holder', holder, 'state', state, 'reason', reason, 'container', container) as place, holder
    from (
        select * from ledger.holding
        where gtin = $1 and lot = $2 and start <= $3
        order by start desc
        limit 1
    ) run
    where stop > $3
), quality as (
    select doc from ledger.quality where gtin = $1 and lot = $2
), inspection as (
    select i.doc - 'results' as doc from ledger.inspection i join quality q on i.id = q.doc ->> 'inspection'
), risk as (
    select state -> 'reasons' as reasons, scanned_at from scan.unit_risk
    where generation = (select max(id) from scan.generation where level_at is not null)
        and gtin = $1 and lot = $2 and unit_index = $3
), dismissed as (
    select d.outcome = 'dismissed' as now
    from scan.alert a join app.alert_decision d on d.alert_id = a.id
    where a.gtin = $1 and a.lot = $2 and a.unit_index = $3
    order by d.number desc limit 1
), flag as (
    select doc from ledger.unit_flag where gtin = $1 and lot = $2 and unit_index = $3
), parties as (
    select producer as id from ledger.batch where gtin = $1 and lot = $2
    union select holder from holding
    union select doc ->> 'by' from inspection
    union select doc #>> '{rulings,-1,by}' from flag
    union select h ->> 'by' from quality, jsonb_path_query(doc, '$.holds[*]') h
    union select unnest(array[by, sender, receiver]) from steps
)
select jsonb_build_object(
    'ledger', (
        select jsonb_build_object('height', next_block, 'checkedAt', checked_at, 'halted', coalesce(halted, ''))
        from ledger.checkpoint),
    'batch', (select doc from ledger.batch where gtin = $1 and lot = $2),
    'batchTx', (select tx_id from ledger.batch where gtin = $1 and lot = $2),
    'product', (select doc from ledger.product where gtin = $1),
    'holding', (select place from holding),
    'left', (
        select case
            when h.holder <> b.producer or h.place ->> 'state' = 'sold' then true
            else exists (
                select 1 from (select distinct tx_id from line) l join ledger.tx t using (tx_id), jsonb_path_query(t.event, '$.moves[*]') m
                where m ->> 'gtin' = $1 and m ->> 'lot' = $2
                    and (m ->> 'from')::bigint <= $3 and (m ->> 'from')::bigint + (m ->> 'count')::bigint > $3
                    and (m #>> '{target,holder}' <> b.producer or m #>> '{target,state}' = 'sold'))
            end
        from holding h, ledger.batch b where b.gtin = $1 and b.lot = $2),
    'rulings', (
        select coalesce(jsonb_agg(jsonb_build_object('complaint', c.id, 'index', unit_index, 'outcome', outcome, 'appealed', status = 'appealed')), '[]')
        from (
            select * from ledger.complaint where gtin = $1 and lot = $2 and unit_index = $3 and status in ('decided', 'appealed')
            union all
            select * from (
                select * from ledger.complaint where gtin = $1 and lot = $2 and unit_index <> $3 and status in ('decided', 'appealed')
                order by outcome = 'counterfeit_confirmed' desc, opened_at desc, id collate "C" limit 1) worst
            where outcome = 'counterfeit_confirmed') c),
    'recalls', (
        -- Of this product, or of what the unit was made from.
        select coalesce(jsonb_agg(r.doc - 'derived' order by r.id), '[]')
        from ledger.recall r
        where r.closed_at is null and r.id in (
            select s.recall_id from ledger.recall_scope s
            where s.gtin = $1 and s.lot = $2 and s.start <= $3 and s.stop > $3)),
    'complaints', (
        select coalesce(jsonb_agg(c.doc order by c.id), '[]')
        from (select * from (
                (select * from ledger.complaint where gtin = $1 and lot = $2 and unit_index = $3
                    order by outcome = 'counterfeit_confirmed' desc, opened_at desc limit 200)
                union all
                (select * from ledger.complaint where gtin = $1 and lot = $2 and unit_index <> $3 and status in ('decided', 'appealed')
                    order by outcome = 'counterfeit_confirmed' desc, opened_at desc limit 200)) either
            order by unit_index = $3 desc, outcome = 'counterfeit_confirmed' desc, opened_at desc limit 200) c),
    'weighed', (
        select coalesce(jsonb_agg(k.id), '[]') from ledger.complaint k
        where k.gtin = $1 and k.lot = $2 and k.unit_index = $3
            and exists (select from app.complaint_ground where complaint = k.id union all select from scan.complaint_pin where complaint = k.id)),
    'decided', ( -- of every party: which of them is the seller is not known here
        select coalesce(jsonb_object_agg(respondent, outcomes), '{}')
        from (select respondent, jsonb_object_agg(outcome, n) as outcomes
            from (select respondent, outcome, count(*) as n from ledger.complaint
                where respondent in (select id from parties) and status in ('decided', 'appealed')
                group by respondent, outcome) c
            group by respondent) d),
    'quality', (select doc from quality),
    'inspection', (select doc from inspection),
    'standard', coalesce((select s.doc -> 'name' from ledger.standard s join inspection i on s.id = i.doc ->> 'standard'), '{}'),
    'activatedAt', (
        select min(at) from ledger.unit_event
        where gtin = $1 and lot = $2 and unit_index = $3 and type = 'activated'),
    'owned', (select doc from ledger.owned_unit where gtin = $1 and lot = $2 and unit_index = $3),
    'pins', (
        select case when bool_and(made = 'without') then 'without' when bool_or(made = 'with') and not bool_or(made = 'without') then 'with' else '' end
        from app.label_print where gtin = $1 and lot = $2 and units @> $3::bigint),
    'since', ( -- scans after the activation, the latest; a thousand say as much as more
        select jsonb_build_object('count', count(*), 'last', max(at), 'lastPlace', coalesce((array_agg(place order by at desc))[1], ''))
        from (
            select s.at, s.place from scan.scan s
            where s.gtin = $1 and s.lot = $2 and s.unit_index = $3 and s.at > (
                select min(at) from ledger.unit_event
                where gtin = $1 and lot = $2 and unit_index = $3 and type = 'activated')
            order by s.at desc limit 1000) later),
    'events', (select coalesce(jsonb_agg(step order by block, position), '[]') from steps),
    'parties', (
        select coalesce(jsonb_object_agg(p.id, p.doc - array['application', 'history', 'statusReason', 'identity', 'msp'] || jsonb_build_object(
            'history', (select coalesce(jsonb_agg(jsonb_build_object('status', h -> 'status', 'at', h -> 'at') order by nth), '[]')
                from jsonb_array_elements(p.doc -> 'history') with ordinality as rulings(h, nth)))), '{}')
        from ledger.party p where p.id in (select id from parties)),
    'pattern', jsonb_build_object(
        'flag', (select doc from flag),
        'reasons', (select reasons from risk where not coalesce((select now from dismissed), false)),
        'unscoredSince', (
            select min(coalesce(imported_at, at)) from scan.scan
            where gtin = $1 and lot = $2 and unit_index = $3 and at > coalesce((select scanned_at from risk), '-infinity'))),
    'scans', (
        select jsonb_build_object('count', count, 'first', first_at, 'last', last_at, 'lastPlace', last_place)
        from scan.unit where gtin = $1 and lot = $2 and unit_index = $3))
