-- Which links of a product's page were opened: one row for a link, day and device that had scanned the unit. device is
-- the keyed hash of scan.scan, which changes monthly. Not in the log of scans: it says nothing of a unit.

-- +goose Up
create table scan.click (
    gtin   text not null,
    link   bytea not null, -- the first 8 bytes of the SHA-256 of url
    day    date not null, -- in China
    device bytea not null,
    kind   text not null check (kind in ('buy', 'creator')),
    by     text not null, -- the party that sells there, or the creator's handle
    url    text not null,
    primary key (gtin, link, day, device)
);
create index on scan.click (day);
create index on scan.click (by, day);

-- +goose Down
drop table scan.click;
