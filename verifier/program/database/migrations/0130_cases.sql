-- What did not fit between two parties, and the terms of custody.

-- +goose Up

-- next_due is the deadline that the case waits for, 'infinity' for none.
create table ledger.exception (
    id        text primary key,
    opener    text not null,
    counter   text not null,
    shipment  text not null,
    status    text not null,
    next_due  timestamptz not null,
    opened_at timestamptz not null,
    doc       jsonb not null,
    tx_id     text not null
);
create index on ledger.exception (opener, next_due);
create index on ledger.exception (counter, next_due);
create index on ledger.exception (next_due, id);

create table ledger.custody_terms (
    only_one boolean primary key default true check (only_one),
    doc      jsonb not null,
    tx_id    text not null
);

-- +goose Down
drop table ledger.exception, ledger.custody_terms;
