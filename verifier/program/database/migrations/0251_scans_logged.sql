-- Confirmed scans are a log whose entries are anchored on the ledger; the
-- function and the log itself are the gateway's (schema app).

-- +goose Up
create trigger logged after insert on scan.scan for each row execute function app.log_row('scans', 'scan', 'nonce');

-- +goose Down
drop trigger logged on scan.scan;
