-- +goose Up
-- Tries of a unit's PIN are counted for each who tries, so that a stranger
-- cannot lock its owner out: by device, and more of them by network. A row is of
-- a unit and of one of the two, as keyed hashes.
drop table scan.pin_tries;
create table scan.pin_tries (
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    who        bytea not null,
    tries      integer not null,
    last_at    timestamptz not null,
    primary key (gtin, lot, unit_index, who)
);
create index on scan.pin_tries (last_at);

-- +goose Down
drop table scan.pin_tries;
create table scan.pin_tries (
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    tries      integer not null,
    last_at    timestamptz not null,
    primary key (gtin, lot, unit_index)
);
