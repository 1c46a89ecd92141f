-- Shipments of which a part has not arrived yet, which is few of all.

-- +goose Up
create index shipment_open on ledger.shipment (id) where received_at is null and doc ? 'openUntil';

-- +goose Down
drop index ledger.shipment_open;
