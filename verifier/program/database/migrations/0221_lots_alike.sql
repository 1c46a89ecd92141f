-- Lots are carried in other letters, and O and 0 are taken for each other. The
-- lots of a product that are alike are found by the plain one; those that are
-- not plain are read by the verifiers, which keep them.

-- +goose Up

create index batch_lot_plain on ledger.batch (gtin, translate(upper(lot), 'O', '0'));
create index batch_lot_odd on ledger.batch (block) where translate(upper(lot), 'O', '0') <> lot;

-- +goose Down

drop index ledger.batch_lot_odd;
drop index ledger.batch_lot_plain;
