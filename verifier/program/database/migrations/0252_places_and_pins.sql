-- A city's point beside its name, and the PINs that were entered.

-- +goose Up

-- In degrees, to a tenth: about 11 km, so that it says no more than the city's
-- name does. Null where it is not known.
alter table scan.scan add column lat numeric(3, 1), add column lon numeric(4, 1);

-- Every PIN that was compared. Wrong ones from many devices are a sign of
-- copies; a right one is its owner's, whatever else he mistyped.
create table scan.pin_entry (
    id         uuid primary key default gen_random_uuid(),
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    at         timestamptz not null,
    device     bytea not null,
    place      text not null default '',
    lat        numeric(3, 1),
    lon        numeric(4, 1),
    accepted   boolean not null
);
create index on scan.pin_entry (gtin, lot, unit_index, at);
create trigger logged after insert on scan.pin_entry for each row execute function app.log_row('scans', 'pin', 'id');

-- +goose Down
drop table scan.pin_entry;
alter table scan.scan drop column lat, drop column lon;
