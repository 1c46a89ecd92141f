-- What is known about badge $1 now, as one document: see verdict.BadgeRecords.
select jsonb_build_object(
    'badge', jsonb_strip_nulls(jsonb_build_object('id', b.id, 'gtin', b.gtin, 'lot', b.lot, 'host', b.host, 'seller', b.seller, 'issuer', b.issuer,
        'issuedAt', b.issued_at, 'expiresAt', b.expires_at, 'revokedAt', b.revoked_at)),
    'ledger', (
        select jsonb_build_object('height', next_block, 'checkedAt', checked_at, 'halted', coalesce(halted, ''))
        from ledger.checkpoint),
    'product', p.doc,
    'batch', (select doc from ledger.batch where gtin = b.gtin and lot = b.lot),
    'quality', (select doc from ledger.quality where gtin = b.gtin and lot = b.lot),
    'recalls', (
        select coalesce(jsonb_agg(r.doc order by r.id), '[]') from ledger.recall r
        where r.closed_at is null and r.id in (
            select recall_id from ledger.recall_scope s where s.gtin = b.gtin and (b.lot = '' or s.lot = b.lot))),
    'parties', (
        select coalesce(jsonb_object_agg(x.id, x.doc - array['application', 'history', 'statusReason', 'identity', 'msp']), '{}')
        from ledger.party x where x.id in (b.seller, b.issuer, p.owner)))
from app.badge b left join ledger.product p using (gtin)
where b.id = $1
