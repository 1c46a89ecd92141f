-- The way from a container to those that hold or, before they were opened, held it.

-- +goose Up
create index container_contents on ledger.container using gin ((doc -> 'containers'));

-- +goose Down
drop index ledger.container_contents;
