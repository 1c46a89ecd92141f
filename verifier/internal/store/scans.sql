-- Records a batch of scans and answers, for each, its unit's sum, in one
-- statement: what counts is inserted, what is inserted is summed. Rows are taken
-- in order, so that verifiers that write at once wait for each other in order.
with incoming as (
    select *
    from unnest($1::bytea[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::text[],
            $7::bytea[], $8::bytea[], $9::bytea[], $10::bytea[], $11::numeric[], $12::numeric[])
        with ordinality as t (nonce, gtin, lot, unit_index, at, place, network, device, network_before, device_before, lat, lon, position)
), asked as ( -- one of each device, under the name that it has now
    select distinct on (gtin, lot, unit_index, network, device) *
    from incoming i
    where length(device_before) = 0 or not exists (
        select 1 from scan.visit v
        where (v.gtin, v.lot, v.unit_index, v.network, v.device) = (i.gtin, i.lot, i.unit_index, i.network_before, i.device_before)
            and v.at > i.at - $13::interval)
    order by gtin, lot, unit_index, network, device, at
), visit as (
    -- A visit is new where its device has counted none for $13, and its network
    -- no $14 other devices within $15. The row tells whichever verifier comes second.
    insert into scan.visit as v (gtin, lot, unit_index, network, device, at)
    select gtin, lot, unit_index, network, device, at
    from (
        select a.*, row_number() over (partition by gtin, lot, unit_index, network order by at) + (
            select count(*) from scan.visit x
            where (x.gtin, x.lot, x.unit_index, x.network) = (a.gtin, a.lot, a.unit_index, a.network)
                and x.device <> a.device and x.at > a.at - $15::interval) as nth
        from asked a
    ) ranked
    where nth <= $14 or length(network) = 0
    order by gtin, lot, unit_index, network, device
    on conflict (gtin, lot, unit_index, network, device) do update set at = excluded.at
        where v.at <= excluded.at - $13::interval
    returning gtin, lot, unit_index, network, device
), inserted as (
    insert into scan.scan (nonce, gtin, lot, unit_index, at, device, place, lat, lon)
    select nonce, gtin, lot, unit_index, at, device, place, lat, lon
    from asked join visit using (gtin, lot, unit_index, network, device)
    order by nonce
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
)
select i.position, coalesce(c.count, u.count), coalesce(c.first_at, u.first_at), coalesce(c.last_at, u.last_at), coalesce(c.last_place, u.last_place)
from incoming i
left join counted c using (gtin, lot, unit_index)
left join lateral ( -- for those that changed nothing
    select * from scan.unit n
    where c.count is null and (n.gtin, n.lot, n.unit_index) = (i.gtin, i.lot, i.unit_index)
    offset 0
) u on true
where c.count is not null or u.count is not null
