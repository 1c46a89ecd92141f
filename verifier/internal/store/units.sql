-- The states of units $2, $3, $4 in generation $1, with what the ledger and the
-- analysts have said of them. A unit's lines are found as in records.sql. Each
-- unit is looked up by itself, whatever the planner knows of tables that grow.
select u.gtin, u.lot, u.unit_index, r.state, r.since, coalesce(r.since_seq, 0), coalesce(r.seq, 0), r.scanned_at,
    a.id is not null, case when d.outcome = 'dismissed' then d.seq end, c.shipped, c.sold, corrected.it
from (select distinct * from unnest($2::text[], $3::text[], $4::bigint[]) as t (gtin, lot, unit_index)) u
left join lateral (
    select * from scan.unit_risk x
    where x.generation = $1 and x.gtin = u.gtin and x.lot = u.lot and x.unit_index = u.unit_index
    offset 0
) r on true
left join lateral (
    select id from scan.alert x where x.gtin = u.gtin and x.lot = u.lot and x.unit_index = u.unit_index offset 0
) a on true
left join lateral (
    select outcome, seq from app.alert_decision x where x.alert_id = a.id order by number desc limit 1
) d on true
left join lateral (
    select exists (select 1 from ledger.tx x where x.event ->> 'type' in ('undone', 'shipment_cancelled')
        and x.event -> 'lines' @> jsonb_build_array(jsonb_build_object('gtin', u.gtin, 'lot', u.lot))) as it
) corrected on true
left join lateral (
    -- What was taken back or undone since has not happened.
    select min(t.at) filter (where t.event ->> 'type' = 'dispatched' and not exists (select 1 from ledger.shipment s
            where s.id = t.event #>> '{shipment,id}' and s.doc ? 'cancelledAt')) as shipped,
        min(t.at) filter (where t.event ->> 'type' = 'sold' and not exists (select 1 from ledger.tx x, jsonb_array_elements(x.event -> 'lines') l
            where x.event ->> 'type' = 'undone' and x.event #>> '{undoes,txId}' = t.tx_id and l ->> 'gtin' = u.gtin and l ->> 'lot' = u.lot
            and (l ->> 'from')::bigint <= u.unit_index and (l ->> 'from')::bigint + (l ->> 'count')::bigint > u.unit_index)) as sold
    from generate_series(1, 7) digits
    cross join lateral (
        select l.tx_id from ledger.event_line l
        where l.gtin = u.gtin and l.lot = u.lot and length(to_hex(l.stop - l.start)) = digits
            and l.start > u.unit_index - (1::bigint << (4 * digits)) and l.start <= u.unit_index and l.stop > u.unit_index
        offset 0
    ) line
    join ledger.tx t using (tx_id)
    where r.settled is not true or corrected.it
) c on true
