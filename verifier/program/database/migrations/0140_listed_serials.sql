-- Serials that a factory printed before its batch was registered, by the root
-- of the batch's tree, as app.unit_tree. read is the serial as people may type
-- it (see verifier/rules/seal, Normalise): no two units of a batch may look alike. A
-- list whose batch was refused is harmless.

-- +goose Up
create table app.listed_serial (
    units_root bytea not null check (length(units_root) = 32),
    unit_index bigint not null check (unit_index >= 0),
    serial     text not null,
    read       text not null,
    primary key (units_root, unit_index),
    unique (units_root, read)
);
create index on app.listed_serial (units_root, right(read, 6));
create index batch_listed on ledger.batch (gtin, lot) where doc ? 'listed';

-- +goose Down
drop index ledger.batch_listed;
drop table app.listed_serial;
