-- Those of the units $3 of lot $2 of product $1 that are voided, or may be soon.
-- A voiding that was begun is over where its transaction certainly failed, or is
-- in the read model; or where none was journalled within $4, for its gateway died.
select coalesce(range_agg(units), '{}') * $3::int8multirange
from (
    select int8range(start, stop) as units from ledger.holding
    where gtin = $1 and lot = $2 and state = 'removed' and reason = 'voided'
    union all
    select v.units from app.voiding v
    left join lateral (
        select code, block from app.submission s where s.ref = v.ref order by prepared_at desc limit 1
    ) sent on true
    where v.gtin = $1 and v.lot = $2 and case
        when sent is null then v.begun_at > now() - $4::interval
        when sent.code is null then true
        else sent.code = 'VALID' and sent.block >= coalesce((select next_block from ledger.checkpoint), 0) end
) u
