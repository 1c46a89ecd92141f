-- Everything that is shown beside product $1, as one document: see content.Shelf.
-- With the presentation that shoppers see where $2 is empty, else with the one whose
-- preview has that name.
-- Of endorsements those that stand, of creators who still have their account,
-- about units that nothing came up against; hidden ones only with the reason.
with product as (
    select doc, owner from ledger.product where gtin = $1
), shown as (
    select p.doc from app.presentation p
    join (select version from app.publication where gtin = $1 order by id desc limit 1) u on u.version = p.version
    where p.gtin = $1 and p.party = (select owner from product) and $2 = ''
    union all select doc from app.presentation where preview = $2 and gtin = $1
    union all select doc from app.presentation_look where preview = $2 and gtin = $1
), sellers as (
    select distinct on (party) party, links from app.buy_link where gtin = $1 order by party, id desc
), endorsements as (
    select e.*, c.name, c.url as home, x.reason, l.seq
    from scan.endorsement e
    join app.acting_creator c on c.handle = e.creator
    left join app.endorsement_end x on x.endorsement_id = e.id
    left join app.log_entry l on l.ref = 'endorsement/' || e.id
    where e.gtin = $1 and x.kind is distinct from 'withdrawn'
        and not exists (select 1 from ledger.complaint k
            where k.gtin = e.gtin and k.lot = e.lot and k.unit_index = e.unit_index and k.outcome = 'counterfeit_confirmed')
        and not exists (select 1 from ledger.recall_scope s join ledger.recall r on r.id = s.recall_id and r.closed_at is null
            where s.gtin = e.gtin and s.lot = e.lot and s.start <= e.unit_index and s.stop > e.unit_index)
        and not exists (select 1 from ledger.unit_flag f
            where f.gtin = e.gtin and f.lot = e.lot and f.unit_index = e.unit_index and f.copied)
    order by e.created_at desc limit 6
), parties as (
    select owner as id from product
    union select party from sellers
    union select b ->> 'seller' from shown, jsonb_path_query(doc, '$.buy[*]') b
)
select jsonb_build_object(
    'product', product.doc,
    'presentation', (select doc from shown),
    'sizes', (
        select coalesce(jsonb_object_agg(encode(i.id, 'hex'), jsonb_build_object('width', i.width, 'height', i.height)), '{}')
        from app.picture i where i.id in (select decode(x ->> 'id', 'hex') from shown, jsonb_path_query(doc, '$.pictures[*]') x)),
    'sellers', (select coalesce(jsonb_agg(jsonb_build_object('party', party, 'links', links) order by party), '[]') from sellers),
    'endorsements', (
        select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', id, 'creator', jsonb_build_object('handle', creator, 'name', name, 'url', home),
            'scannedAt', scanned_at, 'at', created_at, 'hidden', reason, 'seq', seq)) ||
            case when reason is null then jsonb_build_object('lot', lot, 'index', unit_index, 'text', jsonb_build_object('zh-CN', text_zh, 'en', text_en),
                'url', url, 'sponsored', sponsored, 'sponsor', sponsor) else '{}' end order by created_at desc), '[]')
        from endorsements),
    'parties', (
        select coalesce(jsonb_object_agg(p.id, p.doc - array['application', 'history', 'statusReason', 'identity', 'msp']), '{}')
        from ledger.party p where p.id in (select id from parties)))
from product
