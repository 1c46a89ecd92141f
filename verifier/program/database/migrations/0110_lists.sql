-- Lists of goods: where each stands on the ledger, what it is ordered by, and
-- what it is found by.

-- +goose Up

-- title is what a product is found by, folded as searches are. Trigrams would
-- miss words of two characters, which most Chinese words are, so it is scanned:
-- some 40 ms for 100,000 products. Chinese is ordered by its sounds.
alter table ledger.product
    add block         bigint not null default 0,
    add changed_tx_id text not null default '',
    add changed_block bigint not null default 0,
    add registered_at timestamptz not null default '-infinity',
    add name          text collate "zh-x-icu" not null generated always as (left(doc #>> '{name,zh-CN}', 40)) stored,
    add brand         text collate "zh-x-icu" not null generated always as (doc ->> 'brand') stored,
    add category      text not null generated always as (coalesce(doc ->> 'category', '')) stored,
    add title         text not null generated always as (lower(normalize(coalesce(doc #>> '{name,zh-CN}', '') || ' ' ||
        coalesce(doc #>> '{name,en}', '') || ' ' || coalesce(doc ->> 'brand', '') || ' ' || coalesce(doc ->> 'specification', ''), nfkc))) stored;
update ledger.product p set block = t.block, registered_at = t.at, changed_tx_id = l.tx_id, changed_block = l.block
    from ledger.tx t, (select distinct on (event #>> '{product,gtin}') event #>> '{product,gtin}' as gtin, tx_id, block
        from ledger.tx where event ? 'product' order by 1, block desc, position desc) l
    where t.tx_id = p.tx_id and l.gtin = p.gtin;
create index on ledger.product (owner, registered_at, gtin);
create index on ledger.product (registered_at, gtin);
create index on ledger.product (owner, name, gtin);
create index on ledger.product (name, gtin);
create index on ledger.product (owner, brand, gtin);
create index on ledger.product (brand, gtin);

alter table ledger.batch
    add changed_tx_id text not null default '',
    add changed_block bigint not null default 0,
    add produced_on   text not null generated always as (coalesce(doc ->> 'producedOn', '')) stored,
    add expires_on    text not null generated always as (coalesce(doc ->> 'expiresOn', '9999-12-31')) stored,
    add status        text not null generated always as (coalesce(doc ->> 'status', '')) stored;
update ledger.batch b set changed_tx_id = l.tx_id, changed_block = l.block
    from (select distinct on (event #>> '{batch,gtin}', event #>> '{batch,lot}') event #>> '{batch,gtin}' as gtin,
            event #>> '{batch,lot}' as lot, tx_id, block
        from ledger.tx where event ? 'batch' order by 1, 2, block desc, position desc) l
    where l.gtin = b.gtin and l.lot = b.lot;
create index on ledger.batch (registered_at, gtin, lot);
create index on ledger.batch (producer, registered_at, gtin, lot);
create index on ledger.batch (producer, expires_on, gtin, lot);
create index on ledger.batch (upper(lot) text_pattern_ops);
drop index ledger.batch_producer_registered_at_idx;

-- Which batches a party made, has or had in hand, or did something to.
create table ledger.handled (
    party text not null,
    gtin  text not null,
    lot   text not null,
    primary key (party, gtin, lot)
);
insert into ledger.handled (party, gtin, lot)
    select t.party, e.gtin, e.lot from ledger.event_line e join ledger.tx t using (tx_id)
    where t.event ->> 'type' in ('dispatched', 'received', 'sold', 'returned', 'decommissioned')
    union select holder, gtin, lot from ledger.holding where state <> 'in_transit'
    union select producer, gtin, lot from ledger.batch;
create index on ledger.holding (holder, gtin, lot) where state = 'in_transit';

-- How somebody likes to look at a list: the query of its address, by name.
create table app.saved_view (
    id         text primary key,
    account    text not null,
    party      text not null,
    list       text not null,
    name       text not null,
    query      text not null,
    created_at timestamptz not null default now(),
    unique (account, party, list, name)
);

-- +goose Down
drop table app.saved_view;
drop table ledger.handled;
drop index ledger.holding_holder_gtin_lot_idx;
create index on ledger.batch (producer, registered_at desc);
alter table ledger.batch drop changed_tx_id, drop changed_block, drop produced_on, drop expires_on, drop status;
alter table ledger.product drop block, drop changed_tx_id, drop changed_block, drop registered_at,
    drop name, drop brand, drop category, drop title;
