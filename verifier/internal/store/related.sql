-- Products of the same brand or kind as any of $1, none of them among these,
-- that are presented with a picture, have left their maker's hands and have no
-- open recall: at most $2, those of the same brand first. Each row is a gtin.
with seen as (
    select distinct doc ->> 'brand' as brand, doc ->> 'category' as category from ledger.product where gtin = any($1)
)
select p.gtin
from ledger.product p
join lateral (select version from app.publication u where u.gtin = p.gtin order by u.id desc limit 1) u on u.version is not null
join app.presentation v on v.gtin = p.gtin and v.version = u.version and v.party = p.owner and jsonb_array_length(v.doc -> 'pictures') > 0
cross join lateral (
    select max(case when s.brand = p.doc ->> 'brand' then 2 when s.category = p.doc ->> 'category' and s.category <> '' then 1 else 0 end) as near from seen s) near
where near.near > 0 and not p.gtin = any($1)
    and exists (select 1 from ledger.holding h where h.gtin = p.gtin and h.holder <> p.owner and h.state <> 'removed')
    and not exists (select 1 from ledger.recall_scope s join ledger.recall r on r.id = s.recall_id and r.closed_at is null where s.gtin = p.gtin)
order by near.near desc, p.gtin
limit $2
