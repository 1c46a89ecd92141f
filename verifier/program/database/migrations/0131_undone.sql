-- The way from a lot to what was undone or taken back of it, and from a booking
-- to what has undone it.

-- +goose Up
create index tx_undone_lines on ledger.tx using gin ((event -> 'lines') jsonb_path_ops) where event ->> 'type' in ('undone', 'shipment_cancelled');
create index tx_undone on ledger.tx ((event #>> '{undoes,txId}')) where event ->> 'type' = 'undone';

-- +goose Down
drop index ledger.tx_undone_lines, ledger.tx_undone;
