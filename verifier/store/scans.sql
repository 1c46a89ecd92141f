-- Records a batch of scans and answers, for each, its unit's sum: what is new
-- is inserted, what is inserted is counted, in one statement. Rows are taken in
-- order, so that verifiers that write at once wait for each other in order.
with incoming as (
    select *
    from unnest($1::bytea[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::bytea[], $7::text[], $8::numeric[], $9::numeric[])
        with ordinality as t (nonce, gtin, lot, unit_index, at, device, place, lat, lon, position)
), fresh as (
    select distinct on (gtin, lot, unit_index, device) *
    from incoming i
    where not exists (
        select 1 from scan.scan s
        where s.gtin = i.gtin and s.lot = i.lot and s.unit_index = i.unit_index and s.device = i.device
            and s.at > i.at - interval '30 minutes')
    order by gtin, lot, unit_index, device, at
), inserted as (
    insert into scan.scan (nonce, gtin, lot, unit_index, at, device, place, lat, lon)
    select nonce, gtin, lot, unit_index, at, device, place, lat, lon from fresh order by nonce
    on conflict (nonce) do nothing
    returning gtin, lot, unit_index, at, place
), counted as (
    insert into scan.unit as u (gtin, lot, unit_index, count, first_at, last_at, last_place)
    select gtin, lot, unit_index, count(*), min(at), max(at), (array_agg(place order by at desc))[1]
    from inserted
    group by gtin, lot, unit_index
    order by gtin, lot, unit_index
    on conflict (gtin, lot, unit_index) do update set
        count = u.count + excluded.count,
        first_at = least(u.first_at, excluded.first_at),
        last_place = case when excluded.last_at >= u.last_at then excluded.last_place else u.last_place end,
        last_at = greatest(u.last_at, excluded.last_at)
    returning gtin, lot, unit_index, count, first_at, last_at, last_place
), summed as (
    select * from counted
    union all
    select u.gtin, u.lot, u.unit_index, u.count, u.first_at, u.last_at, u.last_place
    from scan.unit u
    where (gtin, lot, unit_index) in (select gtin, lot, unit_index from incoming)
        and (gtin, lot, unit_index) not in (select gtin, lot, unit_index from counted)
)
select i.position, s.count, s.first_at, s.last_at, s.last_place
from incoming i
join summed s using (gtin, lot, unit_index)
