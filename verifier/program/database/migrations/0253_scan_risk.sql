-- What the scans say of each unit, made of the log of scans by verifier/internal/watch.

-- +goose Up

-- States are built in generations: a new one begins with the log's first entry
-- when the states' meaning has changed (version) or somebody asks for it; the one
-- before is read until the new one has come level with the log. next_seq is the
-- log's next entry to be taken.
create table scan.generation (
    id       bigint generated always as identity primary key,
    version  integer not null,
    next_seq bigint not null default 0,
    level_at timestamptz
);

-- state and since are verifier/internal/watch's History. settled means that the ledger
-- has nothing more to add to state. seq is the unit's last entry that was taken,
-- scanned_at its newest scan among those.
create table scan.unit_risk (
    generation bigint not null,
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    state      jsonb not null,
    since      jsonb,
    since_seq  bigint,
    seq        bigint not null,
    scanned_at timestamptz,
    settled    boolean not null,
    primary key (generation, gtin, lot, unit_index)
);

-- What is usual for a batch; for all goods together gtin and lot are empty.
create table scan.batch_usual (
    generation bigint not null,
    gtin       text not null,
    lot        text not null,
    state      jsonb not null,
    primary key (generation, gtin, lot)
);

-- How many units a device has asked about.
create table scan.device_habit (
    generation bigint not null,
    device     bigint not null,
    state      jsonb not null,
    primary key (generation, device)
);

-- +goose Down
drop table scan.device_habit, scan.batch_usual, scan.unit_risk, scan.generation;
