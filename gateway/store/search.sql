-- Finds what a text names, for party $1 or, where it is empty, for those who see
-- all. $2 is the text in small letters, $3 its GTIN, $4 its SSCC ('' where it is
-- none), $5 the text as the beginning of a LIKE pattern.
(select jsonb_build_object('kind', 'batch', 'id', b.gtin || '/' || b.lot, 'gtin', b.gtin, 'lot', b.lot, 'name', p.doc -> 'name',
        'quantity', b.quantity, 'party', b.producer, 'status', b.doc ->> 'status', 'at', b.registered_at)
    from ledger.batch b left join ledger.product p on p.gtin = b.gtin
    where (b.gtin = $3 or $2 <> '' and lower(b.lot) like $5) and ($1 = '' or (b.gtin, b.lot) in ({seenBy}))
    order by lower(b.lot) <> $2, b.registered_at desc, b.gtin, b.lot limit 10)
union all
(select jsonb_build_object('kind', 'product', 'id', gtin, 'gtin', gtin, 'name', doc -> 'name', 'party', owner)
    from ledger.product where gtin = $3 or length($2) > 1 and strpos(lower(doc ->> 'name'), $2) > 0
    order by gtin limit 10)
union all
(select jsonb_build_object('kind', 'container', 'id', c.sscc, 'party', c.holder, 'at', c.doc ->> 'packedAt')
    from ledger.container c where c.sscc = $4 and ($1 = '' or {handledBy}))
union all
(select jsonb_build_object('kind', 'shipment', 'id', id, 'party', sender, 'to', receiver, 'at', dispatched_at,
        'status', case when received_at is null then 'in_transit' else 'received' end)
    from ledger.shipment where id = upper($2) and ($1 = '' or $1 in (sender, receiver)))
union all
(select jsonb_build_object('kind', 'recall', 'id', id, 'gtin', gtin, 'at', doc ->> 'at', 'status', case when closed_at is null then 'open' else 'closed' end)
    from ledger.recall where id = upper($2))
union all
(select jsonb_build_object('kind', 'party', 'id', id, 'name', doc -> 'name', 'status', doc ->> 'status')
    from ledger.party where ($1 = '' or id = $1) and length($2) > 1 and strpos(lower(id || ' ' || (doc ->> 'name')), $2) > 0
    order by id <> $2, id limit 10)
