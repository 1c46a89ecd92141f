-- What only the verifier knows: who asked about which unit, and who tried its
-- PIN. No address is ever stored; device is a keyed hash that changes monthly,
-- place is a city. Databases of before numbers 250 to 258 have run them in a stream
-- of the verifier's own, and are not asked to run them again.

-- +goose Up

create schema if not exists scan;

-- Confirmed scans. The nonce names one view of the page: the same nonce is the same scan.
create table scan.scan (
    nonce      bytea primary key,
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    at         timestamptz not null,
    device     bytea not null,
    place      text not null default ''
);
create index on scan.scan (gtin, lot, unit_index, at);

-- The sum of a unit's scans, changed in the statement that records them.
create table scan.unit (
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    count      bigint not null,
    first_at   timestamptz not null,
    last_at    timestamptz not null,
    last_place text not null default '',
    primary key (gtin, lot, unit_index)
);

-- Pages shown, whether or not a person saw them: one row for a unit and day.
create table scan.seen (
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    day        date not null,
    count      bigint not null,
    primary key (gtin, lot, unit_index, day)
);

-- Tries of a unit's PIN since the last right one. Counted before the PIN is
-- compared, so that guessing at once does not help.
create table scan.pin_tries (
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    tries      integer not null,
    last_at    timestamptz not null,
    primary key (gtin, lot, unit_index)
);

-- +goose Down
drop table scan.pin_tries, scan.seen, scan.unit, scan.scan;
