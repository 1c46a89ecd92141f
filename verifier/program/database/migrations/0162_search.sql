-- Lots are looked for as people type them.

-- +goose Up
create index batch_lot_typed on ledger.batch (lower(lot) text_pattern_ops);

-- +goose Down
drop index ledger.batch_lot_typed;
