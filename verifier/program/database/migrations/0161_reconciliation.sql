-- What the comparisons of the read model with a rebuild from block 0 gave, and
-- the ways from a shipment and a container to their transactions and batches.

-- +goose Up
create table app.reconciliation (
    id          bigint generated always as identity primary key,
    at          timestamptz not null default now(),
    blocks      bigint not null,
    fingerprint text not null,
    equal       boolean not null
);

create index shipment_lines on ledger.shipment using gin ((doc -> 'lines') jsonb_path_ops);
create index container_lines on ledger.container using gin ((doc -> 'lines') jsonb_path_ops);
create index tx_shipment on ledger.tx ((event #>> '{shipment,id}'), block, position) where event ? 'shipment';

-- +goose Down
drop index ledger.tx_shipment, ledger.container_lines, ledger.shipment_lines;
drop table app.reconciliation;
