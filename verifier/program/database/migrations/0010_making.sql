-- How batches were made out of others, and containers.

-- +goose Up

-- The SSCC of the innermost container that the units are in, empty for loose ones.
alter table ledger.holding add column container text not null default '';
create index on ledger.holding (container) where container <> '';

create table ledger.transformation (
    gtin  text not null,
    lot   text not null,
    maker text not null,
    doc   jsonb not null,
    tx_id text not null,
    primary key (gtin, lot)
);

-- Units [start, stop) of batch (gtin, lot) went into batch (into_gtin, into_lot).
create table ledger.transformation_input (
    into_gtin text not null,
    into_lot  text not null,
    gtin      text not null,
    lot       text not null,
    start     bigint not null,
    stop      bigint not null check (stop > start),
    primary key (into_gtin, into_lot, gtin, lot, start)
);
create index on ledger.transformation_input (gtin, lot);

-- holder is a party or, on the way, a shipment.
create table ledger.container (
    sscc        text primary key,
    holder      text not null,
    packed_by   text not null,
    unpacked_at timestamptz,
    doc         jsonb not null,
    tx_id       text not null
);
create index on ledger.container (holder, sscc);
create index on ledger.container (packed_by, sscc);

-- +goose Down
drop table ledger.container, ledger.transformation_input, ledger.transformation;
alter table ledger.holding drop column container;
