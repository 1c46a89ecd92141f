-- Scans of before, which another system kept: when they were brought in. Null
-- for those that were confirmed here.

-- +goose Up
alter table scan.scan add column imported_at timestamptz;
alter table scan.pin_entry add column imported_at timestamptz;

-- +goose Down
alter table scan.pin_entry drop column imported_at;
alter table scan.scan drop column imported_at;
