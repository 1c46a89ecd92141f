-- Who asked about which unit within the last day, so that a visit counts once
-- and one network counts for little. Kept for a day, unlike scans. Scans come
-- in batches, and are entered into their log as such.

-- +goose Up
create table scan.visit (
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    network    bytea not null, -- keyed hash of the address, or of an IPv6 subscriber's prefix
    device     bytea not null,
    at         timestamptz not null, -- of the device's last scan that counted
    primary key (gtin, lot, unit_index, network, device)
) with (fillfactor = 80);

drop trigger logged on scan.scan;
create trigger logged after insert on scan.scan referencing new table as added
    for each statement execute function app.log_rows('scans', 'scan', 'nonce');

-- +goose Down
drop trigger logged on scan.scan;
create trigger logged after insert on scan.scan for each row execute function app.log_row('scans', 'scan', 'nonce');
drop table scan.visit;
