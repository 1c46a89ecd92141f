-- Units that have been claimed: who owns them is a public key in doc.

-- +goose Up
create table ledger.owned_unit (
    gtin       text not null,
    lot        text not null,
    unit_index bigint not null,
    doc        jsonb not null,
    tx_id      text not null,
    primary key (gtin, lot, unit_index)
);

-- +goose Down
drop table ledger.owned_unit;
