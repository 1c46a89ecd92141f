-- What the read model and the ledger said of a unit where they did not agree (decision 90), with both sides as JSON.
-- The ledger's is null where it could not be read.

-- +goose Up
create table scan.disputed_facts (
    id         bigint generated always as identity primary key,
    at         timestamptz not null default now(),
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    records    jsonb not null,
    ledger     jsonb
);
create index on scan.disputed_facts (at);

-- +goose Down
drop table scan.disputed_facts;
