-- Entries of the log of scans from number $1 on, $2 at most, in order; where a
-- row is gone, its entry's number alone.
select e.seq,
    case when s.nonce is not null then 'scan' when p.accepted then 'activate' when p.id is not null then 'pin_failed' else '' end,
    coalesce(s.gtin, p.gtin, ''), coalesce(s.lot, p.lot, ''), coalesce(s.unit_index, p.unit_index, 0),
    coalesce(s.at, p.at, 'epoch'), coalesce(s.device, p.device, ''), coalesce(s.place, p.place, ''),
    coalesce(s.lat, p.lat, 0), coalesce(s.lon, p.lon, 0)
from (select * from app.log_entry where log = 'scans' and seq >= $1 order by seq limit $2) e
left join lateral (
    select * from scan.scan where nonce = case when e.ref like 'scan/%' then decode(substr(e.ref, 8), 'hex') end limit 1
) s on true
left join lateral (
    select * from scan.pin_entry where id = case when e.ref like 'pin/%' then substr(e.ref, 5)::uuid end limit 1
) p on true
order by e.seq
