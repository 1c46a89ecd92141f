-- Inspection standards and results, holds, and acknowledgements of recalls.

-- +goose Up
create table ledger.standard (
    id       text primary key,
    category text not null,
    doc      jsonb not null,
    tx_id    text not null
);
create index on ledger.standard (category, id);

create table ledger.inspection (
    id    text primary key,
    gtin  text not null,
    lot   text not null,
    at    timestamptz not null,
    doc   jsonb not null,
    tx_id text not null
);
create index on ledger.inspection (gtin, lot, at desc);

create table ledger.quality (
    gtin  text not null,
    lot   text not null,
    doc   jsonb not null,
    tx_id text not null,
    primary key (gtin, lot)
);

-- How a producer's batches in a category have fared: the switching rules.
create table ledger.inspection_record (
    producer text not null,
    category text not null,
    doc      jsonb not null,
    tx_id    text not null,
    primary key (producer, category)
);

create table ledger.acknowledgement (
    recall_id text not null,
    party     text not null,
    at        timestamptz not null,
    doc       jsonb not null,
    tx_id     text not null,
    primary key (recall_id, party)
);

-- +goose Down
drop table ledger.acknowledgement, ledger.inspection_record, ledger.quality, ledger.inspection, ledger.standard;
