-- The states of units $2, $3, $4 in generation $1, with what the ledger and the
-- analysts have said of them. A unit's lines are found as in records.sql. Each
-- unit is looked up by itself, whatever the planner knows of tables that grow.
select u.gtin, u.lot, u.unit_index, r.state, r.since, coalesce(r.since_seq, 0), coalesce(r.seq, 0), r.scanned_at,
    a.id is not null, case when d.outcome = 'dismissed' then d.seq end, c.shipped, c.sold
from (select distinct * from unnest($2::text[], $3::text[], $4::bigint[]) as t (gtin, lot, unit_index)) u
left join lateral (
    select * from scan.unit_risk x
    where x.generation = $1 and x.gtin = u.gtin and x.lot = u.lot and x.unit_index = u.unit_index
    offset 0
) r on true
left join lateral (
    select id from app.alert x where x.gtin = u.gtin and x.lot = u.lot and x.unit_index = u.unit_index offset 0
) a on true
left join lateral (
    select outcome, seq from app.alert_decision x where x.alert_id = a.id order by number desc limit 1
) d on true
left join lateral (
    select min(t.at) filter (where t.event ->> 'type' = 'dispatched') as shipped, min(t.at) filter (where t.event ->> 'type' = 'sold') as sold
    from generate_series(1, 7) digits
    cross join lateral (
        select l.tx_id from ledger.event_line l
        where l.gtin = u.gtin and l.lot = u.lot and length(to_hex(l.stop - l.start)) = digits
            and l.start > u.unit_index - (1::bigint << (4 * digits)) and l.start <= u.unit_index and l.stop > u.unit_index
        offset 0
    ) line
    join ledger.tx t using (tx_id)
    where r.settled is not true
) c on true
