-- +goose Up
-- The PIN commitments of a batch's units in runs of 4096 (see verifier/rules/seal, Batch.Commitments), by the root of the
-- batch's tree, as app.unit_tree. The programs that check codes cannot make them; nobody can make a PIN of one. They are
-- hashes, so they are not compressed, and a part is read alone.
create table app.unit_commitment (
    units_root  bytea not null check (length(units_root) = 32),
    first       bigint not null check (first >= 0),
    commitments bytea not null check (length(commitments) % 32 = 0),
    primary key (units_root, first)
);
alter table app.unit_commitment alter column commitments set storage external;

-- +goose Down
drop table app.unit_commitment;
